/* SPDX-License-Identifier: MIT */
/* All claims, in the order in which they run and print. */
#include "bench/claims/claim.h"

extern const struct claim claim_c1, claim_c2, claim_c3, claim_c4, claim_c5, claim_c6, claim_c7,
    claim_c8, claim_c9, claim_c10, claim_c11, claim_c12, claim_c13, claim_c14, claim_c15, claim_c16,
    claim_c17, claim_c18;

const struct claim *const claims[] = {
    &claim_c1,
    &claim_c2,
    &claim_c3,
    &claim_c4,
    &claim_c5,
    &claim_c6,
    &claim_c7,
    &claim_c8,
    &claim_c9,
    &claim_c10,
    &claim_c11,
    &claim_c12,
    &claim_c13,
    &claim_c14,
    &claim_c15,
    &claim_c16,
    &claim_c17,
    &claim_c18,
};
const size_t nr_claims = sizeof(claims) / sizeof(claims[0]);
