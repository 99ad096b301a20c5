/* SPDX-License-Identifier: MIT */
#ifndef HARNESS_KERNEL_STDLIB_H
#define HARNESS_KERNEL_STDLIB_H

#include "harness/kernel/memory.h"

#define calloc(n, size) memory_calloc(n, size)

#endif
