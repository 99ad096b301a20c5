/* SPDX-License-Identifier: MIT */
/* Describes this program's build: its sources, compiler and flags. */
#ifndef BENCH_VERSION_BUILD_INFO_H
#define BENCH_VERSION_BUILD_INFO_H

#include "harness/env/env.h"

const struct env_build *build_info(void);

#endif
