/* SPDX-License-Identifier: MIT */
/* Identifies the running build by its GNU build ID: the linker's hash over the whole program. */
#ifndef BENCH_VERSION_BUILD_ID_H
#define BENCH_VERSION_BUILD_ID_H

enum { BUILD_ID_TEXT = 2 * 64 + 1 };

/* Stores the ID in hexadecimal, or "" if the linker wrote none. */
void build_id(char text[BUILD_ID_TEXT]);

#endif
