/* SPDX-License-Identifier: MIT */
/* An implementation without the family's loops, which takes a fraction of the time to compile. It
 * is enough for the walk, and for the explorer, which has an instance of its own. */
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
