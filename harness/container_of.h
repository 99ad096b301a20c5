/* SPDX-License-Identifier: MIT */
#ifndef HARNESS_CONTAINER_OF_H
#define HARNESS_CONTAINER_OF_H

#include <stddef.h>

/* Pointer to the structure of `type` whose `member` is at `ptr`. */
#define container_of(ptr, type, member) ((type *)((char *)(ptr)-offsetof(type, member)))

#endif
