/* SPDX-License-Identifier: MIT */
#ifndef HARNESS_INLINE_H
#define HARNESS_INLINE_H

/* For functions whose constant arguments select a variant: when such a function is inlined, the
 * compiler drops the code that the variant does not use. A sanitizer build measures nothing, so all
 * variants share one copy that is not inlined, which compiles three times as fast. */
#ifdef OWNBENCH_SANITIZED
#define INLINE static inline
#else
#define INLINE __attribute__((always_inline)) static inline
#endif

#endif
