/* SPDX-License-Identifier: MIT */
#include "harness/record/merge.h"
