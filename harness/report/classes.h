/* SPDX-License-Identifier: MIT */
/* Which class each implementation is in, on what evidence, and what of it may be ranked. */
#ifndef HARNESS_REPORT_CLASSES_H
#define HARNESS_REPORT_CLASSES_H

#include <stdbool.h>

#include "harness/report/report_sweep.h"

/* As found by verify, else as declared, else "unknown". */
const char *class_of(const struct report_sweep *sweep, const char *implementation);

/* Whether verify.json has the implementation. */
bool class_is_found(const struct report_sweep *sweep, const char *implementation);

/* Whether verify found another class than the implementation declares. */
bool class_contradicts(const struct report_sweep *sweep, const char *implementation);

/* "design", "ceiling", "yardstick", "control", or "variant": a design over another lock. */
const char *class_role(const struct report_sweep *sweep, const char *implementation);

/* NULL: it may be ranked; else why not, as in "ceiling" or "unsafe". */
const char *class_why_unranked(const struct report_sweep *sweep, const char *implementation);

/* Whether the class is the best of the family: "exact" or "safe". */
bool class_is_best(const struct report_sweep *sweep, const char *implementation);

/* [{"class", "implementations": [..]}, ..] of what the sweep ran, the best class first. */
json_t *classes_json(const struct report_sweep *sweep);

/* What the classes are worth: {"controls": {"caught", "of", "escaped"} | null, "text"}. */
json_t *classes_evidence_json(const struct report_sweep *sweep);

#endif
