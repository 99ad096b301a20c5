/* SPDX-License-Identifier: MIT */
/* The GNU build ID of the running program: a hash that the linker computed over the whole
 * program. */
#ifndef BENCH_VERSION_BUILD_ID_H
#define BENCH_VERSION_BUILD_ID_H

enum { BUILD_ID_TEXT = 2 * 64 + 1 };

/* Stores the ID in hexadecimal, or "" if the linker wrote none. */
void build_id(char text[BUILD_ID_TEXT]);

#endif
