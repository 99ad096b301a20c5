/* SPDX-License-Identifier: MIT */
/* Validates and reads a report document. results/FORMATS.md describes report.json. */
#ifndef HARNESS_SHOW_REPORT_DOCUMENT_H
#define HARNESS_SHOW_REPORT_DOCUMENT_H

#include <jansson.h>
#include <stdbool.h>

#include "harness/error.h"
#include "harness/files/json_file.h"

/* Checks that a document has every member that the show functions read, and that its references
 * resolve. Returns 0, or -1 with an error that names the member. The functions below require a
 * checked document and return borrowed references. */
int document_check(const json_t *report, struct error *err);

/* Return the text or the interval of a measure, or "" if there is none. */
const char *measure_text(const json_t *measure);
const char *measure_interval(const json_t *measure);

/* Return the family or the machine of a sweep, or the family's entry for an implementation. Return
 * NULL if there is none. */
const json_t *document_family(const json_t *report, const json_t *sweep);
const json_t *document_machine(const json_t *report, const json_t *sweep);
const json_t *document_implementation(const json_t *family, const char *name);

/* Returns the sweep's point with this id, or NULL if no point has it. */
const json_t *document_point(const json_t *sweep, const char *id);

/* Returns whether the document covers several machines. */
bool document_is_of_several(const json_t *report);

/* Returns the class of fully correct designs, which is the first class of the family. */
const char *right_class(const json_t *family);

/* Returns the point of the sweep's headline. If there is no headline, returns the first point, or
 * NULL if the sweep has no points. */
const json_t *headline_point(const json_t *sweep);

/* Returns a point's fastest design. `of` is "best_class", or "any_class" for any ranked class. */
const json_t *point_fastest(const json_t *point, const char *of);

/* Returns a point's result for an implementation, or NULL. */
const json_t *point_result(const json_t *point, const char *implementation);

bool result_failed(const json_t *result);

/* Returns why a result failed, without the prefix "IMPLEMENTATION: ". */
const char *result_reason(const json_t *result);

bool result_is_baseline(const json_t *point, const json_t *result);

/* Returns whether a result is less precise than the sweep's goal. */
bool result_is_imprecise(const json_t *result);

/* Returns whether the metric differs from 0 in any result of the point. */
bool point_has_metric(const json_t *point, const char *key);

/* Returns the text of a result's metric, or "". */
const char *result_metric(const json_t *result, const char *key);

/* Returns whether a result's class is declared by the design but not verified. */
bool class_is_declared(const json_t *result);

/* Returns the heading for values: the unit, such as "pairs/s", or "time" for times, whose text
 * contains the unit. */
const char *value_heading(const json_t *point);

#endif
