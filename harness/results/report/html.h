/* SPDX-License-Identifier: MIT */
/* HTML and SVG are written through this one function, so that nothing reaches a page unescaped. */
#ifndef HARNESS_RESULTS_REPORT_HTML_H
#define HARNESS_RESULTS_REPORT_HTML_H

#include <stdio.h>

/*
 * As fprintf(), but whatever a %s stands for is escaped: it can be text between tags or a value in
 * double quotes. What XML cannot hold becomes U+FFFD. Conversions: %s %c %d %u %zu, %g and %f
 * with a precision. A NULL string is empty.
 */
void html(FILE *out, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A name as part of an id or of an address's fragment: other characters become one '-'. */
void html_slug(FILE *out, const char *name);

#endif
