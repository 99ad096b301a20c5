/* SPDX-License-Identifier: MIT */
/* Detects whether the machine is a guest: on x86 by a CPU flag, elsewhere by names in the
 * firmware. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/env/read.h"
#include "harness/env/sections.h"

static int names_guest(const char *name)
{
	static const char *const guests[] = {"KVM", "QEMU", "Bochs", "VMware", "VirtualBox",
	    "Virtual Machine", "Xen", "Parallels", "BHYVE", "OpenStack", "Firecracker",
	    "dummy-virt", "Google Compute Engine", "Alibaba Cloud ECS"};

	/* The firmware of Amazon's bare-metal machines differs from that of guests only in this
	 * suffix. */
	if (strstr(name, "Amazon EC2"))
		return !strstr(name, ".metal");
	for (size_t i = 0; i < sizeof(guests) / sizeof(*guests); i++)
		if (strstr(name, guests[i]))
			return 1;
	return 0;
}

/* Returns the machine's name: from the firmware, such as "QEMU Standard PC", or from the device
 * tree, which small Arm and RISC-V machines have instead. The caller frees it. */
static char *firmware_name(const struct env_root *root)
{
	char *vendor = env_read(root, "/sys/class/dmi/id/sys_vendor");
	char *product = env_read(root, "/sys/class/dmi/id/product_name");
	char *name = NULL;

	if (vendor && product && asprintf(&name, "%s %s", vendor, product) < 0)
		name = NULL;
	free(vendor);
	free(product);
	return name ? name : env_read(root, "/proc/device-tree/compatible");
}

/* Returns 1 if the machine is a guest, 0 if it is not, -1 if unknown. */
static int is_guest(const struct env_root *root, const char *hypervisor, const char *firmware)
{
	char *cpuinfo = env_read(root, "/proc/cpuinfo");
	char *flags = env_is_x86(root->architecture) ? env_value(cpuinfo, "flags") : NULL;
	int guest = -1;

	if (hypervisor)
		guest = 1;
	else if (flags)
		guest = env_has_word(flags, "hypervisor");
	else if (firmware)
		guest = names_guest(firmware);
	free(flags);
	free(cpuinfo);
	return guest;
}

json_t *env_virtualization(const struct env_root *root)
{
	char *firmware = firmware_name(root);
	char *hypervisor = env_read(root, "/sys/hypervisor/type");
	json_t *virtualization = json_object();
	int guest;

	if (!hypervisor) /* Arm and RISC-V machines name the hypervisor in the device tree */
		hypervisor = env_read(root, "/proc/device-tree/hypervisor/compatible");
	guest = is_guest(root, hypervisor, firmware);
	env_put(virtualization, "guest", guest < 0 ? NULL : json_boolean(guest));
	env_put(virtualization, "hypervisor", env_string_own(hypervisor));
	env_put(virtualization, "machine", env_string_own(firmware));
	return virtualization;
}
