/* SPDX-License-Identifier: MIT */
#ifndef HARNESS_ENV_ROOT_H
#define HARNESS_ENV_ROOT_H

/* The root of the files that describe the environment. A test sets it to a made-up tree, and then
 * nothing is read from the real machine. */
struct env_root {
	const char *prefix;       /* prepended to /proc and /sys; "": this machine */
	const char *topology;     /* hwloc's description of a synthetic topology; NULL: unknown */
	const char *architecture; /* as printed by uname -m; NULL: unknown */
};

#endif
