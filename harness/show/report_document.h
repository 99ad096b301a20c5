/* SPDX-License-Identifier: MIT */
/* Reading a report document (report.json; results/README.md describes it), which is only shown. */
#ifndef HARNESS_SHOW_REPORT_DOCUMENT_H
#define HARNESS_SHOW_REPORT_DOCUMENT_H

#include <jansson.h>
#include <stdbool.h>

#include "harness/error.h"
#include "harness/files/json_file.h"

/*
 * Checks that a document has every member that the shows read, and that its references resolve.
 * Returns 0, or -1 with an error that names the member. Everything below expects a checked
 * document.
 */
int document_check(const json_t *report, struct error *err);

/* The text or the interval of a measure; "" where the measure or its interval is null. */
const char *measure_text(const json_t *measure);
const char *measure_interval(const json_t *measure);

/* The sweep's family and machine, and the family's description of an implementation (or NULL). */
const json_t *document_family(const json_t *report, const json_t *sweep);
const json_t *document_machine(const json_t *report, const json_t *sweep);
const json_t *document_implementation(const json_t *family, const char *name);

/* NULL: the sweep has none of that id. */
const json_t *document_point(const json_t *sweep, const char *id);

/* Whether the document is of several machines. */
bool document_is_of_several(const json_t *report);

/* The class of a design that does everything right: the family's first. */
const char *right_class(const json_t *family);

/* The point of a sweep's headline, or else its first; NULL if the sweep has none. */
const json_t *headline_point(const json_t *sweep);

/* A point's fastest design of the right class ("best_class") or of any ranked one ("any_class"). */
const json_t *point_fastest(const json_t *point, const char *of);

/* A point's result of an implementation; NULL if it has none. */
const json_t *point_result(const json_t *point, const char *implementation);

bool result_failed(const json_t *result);
/* Why a result failed, without the implementation's name before it. */
const char *result_reason(const json_t *result);

bool result_is_baseline(const json_t *point, const json_t *result);

/* Whether a result missed the precision that the sweep aimed at. */
bool result_is_imprecise(const json_t *result);

/*
 * Whether a column of the family's (key of a result's metrics) says something of this point: some
 * result has a value there other than 0.
 */
bool point_has_metric(const json_t *point, const char *key);

/* The text of a result's metric; "" if it has none. */
const char *result_metric(const json_t *result, const char *key);

/* Whether a result's class was not found, but is as the design declares it. */
bool class_is_declared(const json_t *result);

/* "pairs/s"; of times, which have their units with them, "time". */
const char *value_heading(const json_t *point);

#endif
