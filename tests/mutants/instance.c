/* SPDX-License-Identifier: MIT */
/* An implementation without its family's measured loops, which compiles in a fraction of the time.
 * The walk and the explorer need no loops. */
#include IMPL_SOURCE

#include "harness/measure/worker.h"

extern const struct family MUTANT_FAMILY;
extern const struct instance INSTANCE;
const struct instance INSTANCE = {
    .name = INSTANCE_NAME,
    .file = INSTANCE_FILE,
    .family = &MUTANT_FAMILY,
    .about = &impl.about,
    .ops = &impl,
};
