/* SPDX-License-Identifier: MIT */
/* The claims of claims.json, as the document has them. */
#ifndef HARNESS_REPORT_CLAIMS_H
#define HARNESS_REPORT_CLAIMS_H

#include <jansson.h>

/* Each claim of claims.json, with a "verdict" in any case, and its "value" as a measure or null.
 * Null for NULL. A new reference. */
json_t *claims_json(const json_t *claims);

/* [["confirmed", 9], ..] of the verdicts that any has; null for NULL. A new reference. */
json_t *claim_counts_json(const json_t *claims);

#endif
