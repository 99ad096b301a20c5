/* SPDX-License-Identifier: MIT */
#ifndef HARNESS_ENV_ROOT_H
#define HARNESS_ENV_ROOT_H

/* The directory below which the environment's files are read. With a root set by a test, nothing is
 * read from the real machine. */
struct env_root {
	const char *prefix;       /* prepended to /proc and /sys; "": this machine */
	const char *topology;     /* hwloc's description of a synthetic topology; NULL: unknown */
	const char *architecture; /* as printed by uname -m; NULL: unknown */
};

#endif
