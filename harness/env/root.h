/* SPDX-License-Identifier: MIT */
#ifndef HARNESS_ENV_ROOT_H
#define HARNESS_ENV_ROOT_H

/* Where to look. A test gives a made tree; nothing of the live machine then shows through. */
struct env_root {
	const char *prefix;       /* goes before /proc and /sys; "" is the machine itself */
	const char *topology;     /* hwloc's synthetic description; NULL: unknown */
	const char *architecture; /* as uname -m says it; NULL: unknown */
};

#endif
