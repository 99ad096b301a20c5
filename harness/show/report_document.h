/* SPDX-License-Identifier: MIT */
/* Validates and reads a report document. results/FORMATS.md describes report.json. */
#ifndef HARNESS_SHOW_REPORT_DOCUMENT_H
#define HARNESS_SHOW_REPORT_DOCUMENT_H

#include <jansson.h>
#include <stdbool.h>

#include "harness/error.h"
#include "harness/files/json_file.h"

/*
 * Checks that a document has every member that the show functions read, and that its references
 * resolve. Returns 0, or -1 with an error that names the member. All functions below require a
 * checked document, and return borrowed references.
 */
int document_check(const json_t *report, struct error *err);

/* Return the text or the interval of a measure, or "" if the measure or its interval is null. */
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

/* Returns the class of fully correct designs, which is the family's first. */
const char *right_class(const json_t *family);

/* Returns the point of a sweep's headline, else its first point, or NULL if it has no points. */
const json_t *headline_point(const json_t *sweep);

/* Returns a point's fastest design. `of` is "best_class" or "any_class", which means any ranked
 * class. */
const json_t *point_fastest(const json_t *point, const char *of);

/* Returns a point's result for an implementation, or NULL. */
const json_t *point_result(const json_t *point, const char *implementation);

bool result_failed(const json_t *result);

/* Returns why a result failed, without the prefix "IMPLEMENTATION: ". */
const char *result_reason(const json_t *result);

bool result_is_baseline(const json_t *point, const json_t *result);

/* Returns whether a result missed the precision that the sweep was asked for. */
bool result_is_imprecise(const json_t *result);

/* Returns whether any result of the point has a value other than 0 for the metric. */
bool point_has_metric(const json_t *point, const char *key);

/* Returns the text of a result's metric, or "". */
const char *result_metric(const json_t *result, const char *key);

/* Returns whether a result's class is only declared by the design and was not verified. */
bool class_is_declared(const json_t *result);

/* Returns the heading for values: the unit "pairs/s", or "time" for times, whose text contains the
 * unit. */
const char *value_heading(const json_t *point);

#endif
