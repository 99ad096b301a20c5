/* SPDX-License-Identifier: MIT */
/* What this program was built from and with. */
#ifndef BENCH_VERSION_BUILD_INFO_H
#define BENCH_VERSION_BUILD_INFO_H

#include "harness/env/env.h"

const struct env_build *build_info(void);

#endif
