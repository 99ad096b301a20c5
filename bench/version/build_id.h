/* SPDX-License-Identifier: MIT */
/* Which build of this program runs: the linker's hash over all that is in it. */
#ifndef BENCH_VERSION_BUILD_ID_H
#define BENCH_VERSION_BUILD_ID_H

enum { BUILD_ID_TEXT = 2 * 64 + 1 };

/* Hexadecimal; empty where the linker wrote none. */
void build_id(char text[BUILD_ID_TEXT]);

#endif
