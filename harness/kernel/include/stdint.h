/* SPDX-License-Identifier: MIT */
#ifndef HARNESS_KERNEL_STDINT_H
#define HARNESS_KERNEL_STDINT_H

#include <linux/limits.h>
#include <linux/types.h>

#define UINT16_MAX U16_MAX
#ifndef UINT32_MAX
#define UINT32_MAX U32_MAX
#endif
#define UINT64_C(c) c##ULL

#endif
