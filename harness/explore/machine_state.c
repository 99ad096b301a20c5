/* SPDX-License-Identifier: MIT */
#include "harness/explore/machine_state.h"

struct hook_context hook_context;
