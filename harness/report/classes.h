/* SPDX-License-Identifier: MIT */
/* The class of each implementation, the evidence for it, and whether it may be ranked. */
#ifndef HARNESS_REPORT_CLASSES_H
#define HARNESS_REPORT_CLASSES_H

#include <stdbool.h>

#include "harness/report/report_sweep.h"

/* Returns the class found by verify, else the declared one, else "unknown". */
const char *class_of(const struct report_sweep *sweep, const char *implementation);

/* Returns whether verify.json has a verdict on the implementation. */
bool class_is_found(const struct report_sweep *sweep, const char *implementation);

/* Returns whether verify found another class than the implementation declares. */
bool class_contradicts(const struct report_sweep *sweep, const char *implementation);

/* Returns the role: "design", "variant" (a design with another lock), "ceiling", "yardstick" or
 * "control". */
const char *class_role(const struct report_sweep *sweep, const char *implementation);

/* Returns NULL if the implementation may be ranked. Otherwise returns the reason why not, such as
 * "ceiling" or "unsafe". */
const char *class_why_unranked(const struct report_sweep *sweep, const char *implementation);

/* Returns whether the implementation's class is the family's best: "exact" or "safe". */
bool class_is_best(const struct report_sweep *sweep, const char *implementation);

/* Returns the implementations that the sweep ran by class, the best class first:
 * [{"class", "implementations": [..]}, ..]. A new reference. */
json_t *classes_json(const struct report_sweep *sweep);

/* Returns the evidence for the classes: {"controls": {"caught", "of", "escaped"} | null, "text"}. A
 * new reference. */
json_t *classes_evidence_json(const struct report_sweep *sweep);

#endif
