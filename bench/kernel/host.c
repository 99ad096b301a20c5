/* SPDX-License-Identifier: MIT */
#include "bench/kernel/host.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "harness/env/read.h"

#define LOCKDOWN "/sys/kernel/security/lockdown"
#define SIGNED_ONLY "/sys/module/module/parameters/sig_enforce"
#define MODULES_DISABLED "/proc/sys/kernel/modules_disabled"

enum { CAP_SYS_MODULE = 16 }; /* bit of the kernel's <linux/capability.h> */

/* Returns whether the file can be read and contains the text. */
static bool file_contains(const struct env_root *root, const char *path, const char *text)
{
	char *content = env_read(root, "%s", path);
	const bool found = content && strstr(content, text);

	free(content);
	return found;
}

static bool file_exists(const struct env_root *root, const char *path)
{
	return file_contains(root, path, "");
}

/* Returns whether this process is root and has the capability, which root in a container lacks. */
static bool may_load_modules(const struct env_root *root)
{
	char *status = env_read(root, "/proc/self/status");
	char *ids = env_value(status, "Uid"), *capabilities = env_value(status, "CapEff");
	const char *effective = ids ? strchr(ids, '\t') : NULL; /* follows the real user ID */
	const bool may = effective && !strtoul(effective, NULL, 10) && capabilities &&
	                 strtoull(capabilities, NULL, 16) >> CAP_SYS_MODULE & 1;

	free(capabilities);
	free(ids);
	free(status);
	return may;
}

static int check_release(const struct env_root *root, const char *release, struct error *err)
{
	char *running = env_read(root, "/proc/sys/kernel/osrelease");
	int ret = 0;

	if (release && (!running || strcmp(running, release)))
		ret = error_set(err, "--kernel=%s: with --host, must be the running kernel, %s",
		    release, running ? running : "which is unknown");
	free(running);
	return ret;
}

int kernel_host_check(const struct env_root *root, const char *release, struct error *err)
{
	static const struct env_root this_machine = {.prefix = ""};

	root = root ? root : &this_machine;
	if (!may_load_modules(root))
		return error_set(err, "--host: must be root, with the capability CAP_SYS_MODULE, "
				      "to load a module into this kernel");
	if (!file_exists(root, "/proc/modules"))
		return error_set(err, "--host: this kernel was built without loadable modules");
	if (file_contains(root, MODULES_DISABLED, "1"))
		return error_set(err,
		    "--host: loading of modules was disabled in this kernel, see " MODULES_DISABLED
		    "; reboot");
	/* The file has brackets around the active mode. */
	if (file_exists(root, LOCKDOWN) && !file_contains(root, LOCKDOWN, "[none]"))
		return error_set(err, "--host: this kernel loads only signed modules, see " LOCKDOWN
				      "; disable secure boot");
	if (file_contains(root, SIGNED_ONLY, "Y"))
		return error_set(err,
		    "--host: this kernel loads only signed modules, see " SIGNED_ONLY
		    "; boot without module.sig_enforce");
	if (!file_contains(root, "/proc/mounts", " /sys/kernel/debug debugfs "))
		return error_set(err,
		    "--host: debugfs is not mounted; run: mount -t debugfs debugfs "
		    "/sys/kernel/debug");
	return check_release(root, release, err);
}
