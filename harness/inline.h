/* SPDX-License-Identifier: MIT */
#ifndef HARNESS_INLINE_H
#define HARNESS_INLINE_H

/*
 * For functions whose constant arguments select a variant: the compiler drops what a variant does
 * not ask for. In a sanitizer's build, which measures nothing, one copy serves all variants and
 * compiles in a third of the time.
 */
#ifdef OWNBENCH_SANITIZED
#define INLINE static inline
#else
#define INLINE __attribute__((always_inline)) static inline
#endif

#endif
