/* SPDX-License-Identifier: MIT */
#ifndef HARNESS_ENV_ROOT_H
#define HARNESS_ENV_ROOT_H

/* Where to read the environment from. A test reads it from a made-up tree instead, and nothing from
 * the real machine. */
struct env_root {
	const char *prefix;       /* prepended to /proc and /sys; "": this machine */
	const char *topology;     /* hwloc's description of a synthetic topology; NULL: unknown */
	const char *architecture; /* as printed by uname -m; NULL: unknown */
};

#endif
