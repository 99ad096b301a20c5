/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <glob.h>
#include <jansson.h>

#include "harness/model/topology.h"

#define CASES SOURCE_DIR "/tests/cases"
#define LISTINGS SOURCE_DIR "/results/topologies"

static int parse_bytes(const char *text, size_t size, struct topology *t, struct error *err)
{
	FILE *f = fmemopen((void *)text, size, "r");
	int ret;

	assert_non_null(f);
	ret = topology_parse("dir/a.listing.txt", f, t, err);
	fclose(f);
	return ret;
}

static void parse_text(const char *text, struct topology *t)
{
	struct error err = {""};

	if (parse_bytes(text, strlen(text), t, &err))
		fail_msg("%s", err.text);
}

static void expect_error_of_bytes(const char *text, size_t size, const char *error)
{
	struct topology t;
	struct error err;

	assert_int_equal(parse_bytes(text, size, &t, &err), -1);
	assert_string_equal(err.text, error);
	topology_free(&t);
}

static void expect_error(const char *text, const char *error)
{
	expect_error_of_bytes(text, strlen(text), error);
}

/* Checks the parsed groups, given as e.g. "0: a b; 13: c". */
static void expect_groups(const char *text, const char *groups)
{
	char found[1024] = "";
	struct topology t;
	size_t len = 0;

	parse_text(text, &t);
	for (size_t g = 0; g < t.nr_groups; g++) {
		len += (size_t)snprintf(
		    found + len, sizeof(found) - len, "%s%u:", g ? "; " : "", t.groups[g].id);
		for (size_t d = 0; d < t.groups[g].nr_devices; d++)
			len += (size_t)snprintf(
			    found + len, sizeof(found) - len, " %s", t.groups[g].devices[d]);
	}
	topology_free(&t);
	assert_string_equal(found, groups);
}

struct row {
	char file[80];
	size_t groups, devices, largest;
};

/* Parses a row "| file | machine | groups | devices | largest | source |". Returns false for the
 * table's head. */
static int read_row(char *line, struct row *row)
{
	char *cells[6];

	for (size_t i = 0; i < 6; i++) {
		cells[i] = strtok_r(i ? NULL : line, "|", &line);
		if (!cells[i])
			return 0;
	}
	snprintf(
	    row->file, sizeof(row->file), "%.*s", (int)strcspn(cells[0] + 1, " "), cells[0] + 1);
	row->groups = strtoul(cells[2], NULL, 10);
	row->devices = strtoul(cells[3], NULL, 10);
	row->largest = strtoul(cells[4], NULL, 10);
	return row->groups > 0;
}

static void expect_listing(const struct row *row)
{
	char path[512], name[80];
	struct topology t;
	struct error err;

	snprintf(path, sizeof(path), LISTINGS "/%s", row->file);
	if (topology_load(path, &t, &err))
		fail_msg("%s", err.text);
	snprintf(name, sizeof(name), "%.*s", (int)strcspn(row->file, "."), row->file);
	assert_string_equal(t.name, name);
	assert_int_equal(t.nr_groups, row->groups);
	assert_int_equal(t.nr_devices, row->devices);
	assert_int_equal(t.largest, row->largest);
	for (size_t g = 1; g < t.nr_groups; g++)
		assert_true(t.groups[g - 1].id < t.groups[g].id);
	topology_free(&t);
}

static void listings_are_what_their_readme_says(void **state)
{
	FILE *readme = fopen(LISTINGS "/README.md", "re");
	char line[512];
	struct row row;
	size_t rows = 0;
	glob_t files;

	(void)state;
	assert_non_null(readme);
	while (fgets(line, sizeof(line), readme)) {
		if (!read_row(line, &row))
			continue;
		expect_listing(&row);
		rows++;
	}
	fclose(readme);
	assert_int_equal(glob(LISTINGS "/*.txt", 0, NULL, &files), 0);
	assert_int_equal(rows, files.gl_pathc);
	globfree(&files);
}

static void find_form(void **state)
{
	(void)state;
	expect_groups("/sys/kernel/iommu_groups/10/devices/0000:00:1f.3\n"
		      "/sys/kernel/iommu_groups/2/devices/0000:00:02.0\n"
		      "/sys/kernel/iommu_groups/10/devices/0000:00:1f.0",
	    "2: 0000:00:02.0; 10: 0000:00:1f.0 0000:00:1f.3");
	expect_groups("./7/devices/fe800000.ethernet\n7/devices/10000:e0:06.0\n",
	    "7: 10000:e0:06.0 fe800000.ethernet");
	/* output of find without -type l, and with -ls */
	expect_groups("/sys/kernel/iommu_groups\n/sys/kernel/iommu_groups/3\n"
		      "/sys/kernel/iommu_groups/3/devices\n/sys/kernel/iommu_groups/3/type\n"
		      " 99 0 lrwxrwxrwx 1 root root 0 Feb  4 10:29 "
		      "/sys/kernel/iommu_groups/3/devices/0000:00:14.0 -> ../../x/0000:00:14.0\n",
	    "3: 0000:00:14.0");
}

static void lsloop_form(void **state)
{
	(void)state;
	expect_groups("IOMMU Group 13 00:1f.0 ISA bridge [0601]: Intel (rev 05)\n"
		      "IOMMU group 13 0000:00:1F.2 SATA controller\n"
		      "Group 2:\t[8086:1901] [R] 00:01.0  PCI bridge\n"
		      "IOMMU Group 3 fe800000.ethernet\n",
	    "2: 0000:00:01.0; 3: fe800000.ethernet; 13: 0000:00:1f.0 0000:00:1f.2");
	expect_groups("IOMMU Group 13:\n"
		      "\t00:1f.0 ISA bridge [0601]: Intel\n"
		      "\t\tSubsystem: Acme Device [1043:8694]\n"
		      "\t\tKernel driver in use: lpc_ich\n"
		      "\t\tKernel modules: lpc_ich\n"
		      "\t[RESET] 0001:00:1f.2 SATA controller\n"
		      "IOMMU Group 4\n  00:19.0\n",
	    "4: 0000:00:19.0; 13: 0000:00:1f.0 0001:00:1f.2");
}

static void ls_form(void **state)
{
	(void)state;
	expect_groups("/sys/kernel/iommu_groups/10/devices:\ntotal 0\n"
		      "lrwxrwxrwx 1 root root 0 Feb 4 10:29 0000:00:1f.2 -> ../../x/0000:00:1f.2\n"
		      "lrwxrwxrwx. 1 root root 0 Feb 4 10:29 0000:00:1f.0 -> ../../x/0000:00:1f.0\n"
		      "\n1/devices/:\ntotal 0\n"
		      "drwxr-xr-x 2 root root 0 Feb 4 10:29 .\n"
		      "lrwxrwxrwx 1 root root 0 Feb 4 10:29 soc:pcie -> ../../x/soc:pcie\n"
		      "./2/devices:\n0000:00:02.0\n",
	    "1: soc:pcie; 2: 0000:00:02.0; 10: 0000:00:1f.0 0000:00:1f.2");
	expect_groups("lrwxrwxrwx 1 root root 0 Feb 4 10:29 "
		      "/sys/kernel/iommu_groups/5/devices/0000:00:1f.2 -> ../../x/0000:00:1f.2\n",
	    "5: 0000:00:1f.2");
}

static void dmesg_form(void **state)
{
	(void)state;
	expect_groups(
	    "[    0.748897] pci 0000:00:00.0: Adding to iommu group 0\n"
	    "[    0.748936][    T1] pci 0000:00:14.0: Adding to iommu group 1\n"
	    "> > vfio-pci 0000:01:00.0: Adding to iommu group 2\n"
	    "Jul  6 12:00:00 host kernel: [    0.7] pci 0000:02:00.0: Adding to iommu group 2\n"
	    "[Mon Jul  6 12:00:00 2020] arm-smmu 5000000.iommu: Adding to iommu group 3\n"
	    "dwmmc fe320000.mmc: Adding to iommu group 3\n",
	    "0: 0000:00:00.0; 1: 0000:00:14.0; 2: 0000:01:00.0 0000:02:00.0; "
	    "3: 5000000.iommu fe320000.mmc");
	expect_groups("iommu: Adding device 0000:00:00.0 to group 0\n"
		      "[    0.7] iommu: Adding device sound to group 18\n"
		      "Adding device 13e10000.host1x:ctx0 to group 22\n",
	    "0: 0000:00:00.0; 18: sound; 22: 13e10000.host1x:ctx0");
}

static void other_kernel_messages_are_ignored(void **state)
{
	(void)state;
	expect_groups("[    0.1] pci 0000:00:02.0: DMAR: Skip IOMMU disabling for graphics\n"
		      "[    0.2] DMAR: IOMMU enabled\n"
		      "[    0.3] iommu: Failed to add device 0000:00:03.0 to group 4: -19\n"
		      "DMAR: Intel(R) Virtualization Technology for Directed I/O\n"
		      "iommu: Default domain type: Translated\n"
		      "pci 0000:00:00.2: AMD-Vi: Found IOMMU cap 0x40\n"
		      "arm-smmu 5000000.iommu: probing hardware configuration...\n"
		      "[Mon Jul  6 12:00:00 2020] Adding 8388604k swap on /dev/sda2\n"
		      "2020-07-06T12:00:00,123456+02:00 DMAR: Host address width 39\n"
		      "pci 0000:00:02.0: Adding to iommu group 1\n",
	    "1: 0000:00:02.0");
}

static void hotplug_in_the_log_is_followed(void **state)
{
	(void)state;
	expect_groups("pci 0000:00:02.0: Adding to iommu group 1\n"
		      "pci 0000:01:00.0: Adding to iommu group 2\n"
		      "pci 0000:00:03.0: Adding to iommu group 3\n"
		      "vfio-pci 0000:01:00.0: Removing from iommu group 2\n"
		      "pci 0000:01:00.0: Adding to iommu group 1\n"
		      "iommu: Removing device 0000:00:03.0 from group 3\n",
	    "1: 0000:00:02.0 0000:01:00.0");
}

static void repetition_is_harmless(void **state)
{
	(void)state;
	expect_groups("pci 0000:00:02.0: Adding to iommu group 1\n"
		      "IOMMU Group 1 00:02.0 VGA\n"
		      "pci 0000:00:02.0: Adding to iommu group 1\n",
	    "1: 0000:00:02.0");
}

static void forms_may_be_mixed(void **state)
{
	(void)state;
	expect_groups(
	    "\xef\xbb\xbf# a comment\r\n\r\n"
	    "IOMMU Group 4 00:19.0 Ethernet \xc2\xae\r\n"
	    "> /sys/kernel/iommu_groups/4/devices/0000:00:1a.0\r\n"
	    "iommu: Adding device 0000:00:00.0 to group 0\r\n"
	    "[    0.74] pci 0000:00:01.0: Adding to iommu group 1\r\n"
	    "/sys/kernel/iommu_groups/1/devices:\r\ntotal 0\r\n"
	    "lrwxrwxrwx 1 root root 0 Feb 4 10:29 0000:00:01.1 -> ../../x/0000:00:01.1\r\n",
	    "0: 0000:00:00.0; 1: 0000:00:01.0 0000:00:01.1; 4: 0000:00:19.0 0000:00:1a.0");
}

static void group_numbers_reach_to_the_limit(void **state)
{
	(void)state;
	expect_groups("IOMMU Group 2147483647 00:00.0 x\n", "2147483647: 0000:00:00.0");
}

#define AT(line) "dir/a.listing.txt:" #line ": "
#define UNKNOWN "the line does not show a device and its group in a known format: "
#define BAD_GROUP "a group's number must be from 0 to 2147483647: "

static void unknown_lines_are_errors(void **state)
{
	static const char *const lines[] = {
	    "hello world",
	    "0000:00:1f.0: Adding to iommu grou",
	    "[    0.7] pci 0000:00:1f.0: Adding to iom",
	    "[    0.7] pci 0000:00:1f: Adding to iommu group 1",
	    "[    0.7] pci 0000:00:1f.0: A!ding to iommu group 1",
	    "[    0.7] pci 0000:00:1f.0: Adding to iommu!group 1",
	    "[    0.7] pci 0000:00:1f.0: A",
	    "pci 0000:00:1f.0: Removing from iomm",
	    "iommu: Adding device 0000:00:20.0 to group 1",
	    "[    0.7] iommu: Adding device 0000:00:1f.0 to",
	    "[    0.7",
	    "/sys/kernel/iommu_groups/0/devices/0000:00:1f",
	    "/sys/kernel/iommu_groups/0/devices/0000:00:1f.8",
	    "/sys/kernel/iommu_groups/0/devices/0000:00:1f.0 0000:00:1f.1",
	    "/sys/kernel/iommu_groups/0/devices/a.b/sys/kernel/iommu_groups/1/devices/c.d",
	    "/sys/kernel/iommu_groups/0/devic",
	    "/sys/bus/pci/devices/0000:00:1f.0/iommu_group -> ../kernel/iommu_groups/8",
	    "IOMMU Group 1 00:1g.0 ISA bridge",
	    "IOMMU Group 1 nothing",
	    "IOMMU Group 1 00:1f.0 ISA IOMMU Group 2 00:1f.1 x",
	    "IOMMU groups of my machine",
	    "lrwxrwxrwx 1 root root 0 Feb 4 10:29 0000:00:1f.0",
	    "-rwxrwxrwx 1 root root 0 Feb 4 10:29 0000:00:1f.0 -> ../0000:00:1f.0",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		char text[256], error[256];

		snprintf(text, sizeof(text), "IOMMU Group 0 00:00.0 x\n%s\n", lines[i]);
		snprintf(error, sizeof(error), AT(2) UNKNOWN "\"%.60s%s\"", lines[i],
		    strlen(lines[i]) > 60 ? "..." : "");
		expect_error(text, error);
	}
	expect_error("1/devices/sou\x80nd", AT(1) UNKNOWN "\"1/devices/sou?nd\"");
	expect_error("na\xc3\xafve\ttext", AT(1) UNKNOWN "\"na??ve?text\"");
}

static void bad_group_numbers_are_errors(void **state)
{
	static const char *const lines[] = {
	    "IOMMU Group 2147483648 00:1f.0 x",
	    "IOMMU Group 99999999999999999999999 00:1f.0 x",
	    "IOMMU Group x 00:1f.0 ISA bridge",
	    "IOMMU Group -1 00:1f.0 ISA bridge",
	    "IOMMU Group 1x 00:1f.0 ISA bridge",
	    "IOMMU Group",
	    "pci 0000:00:1f.0: Adding to iommu group ten",
	    "pci 0000:00:1f.0: Adding to iommu group 1 pci",
	    "pci 0000:00:1f.0: Adding to iommu group 4294967296",
	    "iommu: Adding device 0000:00:1f.0 to group -1",
	    "/sys/kernel/iommu_groups/x/devices/0000:00:1f.0",
	    "2147483648/devices/0000:00:1f.0",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		char error[256];

		snprintf(error, sizeof(error), AT(1) BAD_GROUP "\"%s\"", lines[i]);
		expect_error(lines[i], error);
	}
}

static void devices_need_a_heading(void **state)
{
	(void)state;
	expect_error("00:1f.0 ISA bridge\n",
	    AT(1) "no line above names the group of this device: \"00:1f.0 ISA bridge\"");
	/* A line that names its own group ends the previous heading's scope. */
	expect_error("IOMMU Group 1:\n00:1f.0\n2/devices/0000:00:02.0\n00:1f.1\n",
	    AT(4) "no line above names the group of this device: \"00:1f.1\"");
}

static void device_in_two_groups_is_an_error(void **state)
{
	(void)state;
	expect_error("IOMMU Group 2 00:1f.0 x\nIOMMU Group 3 00:02.0 y\n"
		     "pci 0000:00:1f.0: Adding to iommu group 4\n",
	    AT(3) "0000:00:1f.0 is in group 4, but line 1 has it in group 2");
	expect_error("pci 0000:00:1f.0: Adding to iommu group 4\n"
		     "pci 0000:00:1f.0: Removing from iommu group 5\n",
	    AT(2) "0000:00:1f.0 is in group 5, but line 1 has it in group 4");
}

static void empty_group_is_an_error(void **state)
{
	(void)state;
	expect_error("1/devices:\ntotal 0\n2/devices:\ntotal 0\n"
		     "lrwxrwxrwx 1 root root 0 Feb 4 10:29 0000:00:1f.0 -> ../../x/0000:00:1f.0\n",
	    AT(1) "group 1 has no devices");
	expect_error("IOMMU Group 1 00:00.0 x\n\nIOMMU Group 3\n", AT(3) "group 3 has no devices");
}

static void empty_listing_is_an_error(void **state)
{
	static const char error[] = "dir/a.listing.txt lists no groups: give the output of find "
				    "/sys/kernel/iommu_groups -type l";

	(void)state;
	expect_error("\n", error);
	expect_error("# nothing\n[    0.2] DMAR: IOMMU enabled\n", error);
	expect_error("pci 0000:00:1f.0: Adding to iommu group 4\n"
		     "pci 0000:00:1f.0: Removing from iommu group 4\n",
	    error);
}

static void wrappers_are_removed(void **state)
{
	static const char *const listings[] = {
	    "```text\nIOMMU Group 1:\n\t00:01.0 x\n```\n",
	    "> ~~~\n> IOMMU Group 1:\n> \t00:01.0 x\n> ~~~\n",
	    ">> IOMMU Group 1:\n>>    00:01.0 x\n",
	    "`IOMMU Group 1 00:01.0 x`\n",
	    "- IOMMU Group 1:\n  - 00:01.0 x\n",
	    "* **IOMMU Group 1**\n  * 00:01.0 x\n",
	    ("diff --git a/l b/l\nindex 12ab..34cd 100644\n--- a/l\n+++ b/l\n@@ -0,0 +1,2 @@\n"
	     "+IOMMU Group 1:\n+\t00:01.0 x\n"),
	    ("<details><summary>Groups</summary><pre><code>IOMMU Group 1:\n\t00:01.0 x\n"
	     "</code></pre></details>\n"),
	    "[code]\nIOMMU Group 1:\n\t00:01.0 x[/code]\n",
	    "IOMMU&nbsp;Group 1:\n\xc2\xa0 00:01.0 x -&gt; y\n",
	    "\x1b[01;31m\x1b[KIOMMU Group 1\x1b[m\x1b[K: 00:01.0 x\n",
	    "## My board\nIOMMU Group 1:\n# the bridge\n\t00:01.0 x\n",
	    "== IOMMU Group 1 ==\n00:01.0 x\n",
	    "$ ls /sys/kernel/iommu_groups/1/devices/\n0000:00:01.0@\n",
	    ("[root@host ~]# ls -l /sys/kernel/iommu_groups/1/devices\ninsgesamt 0\n"
	     "lrwxrwxrwx 1 root root 0 4. Feb 10:29 0000:00:01.0 -> ../../x/0000:00:01.0\n"),
	    "user@host:~$ ./list.sh\nIOMMU Group 1 00:01.0 x\nuser@host:~$\n",
	    ("#!/bin/bash\nshopt -s nullglob\nfor g in /sys/kernel/iommu_groups/*; do\n"
	     "    echo \"IOMMU Group ${g##*/}:\"\ndone;\nIOMMU Group 1:\n\t00:01.0 x\n"),
	    "IOMMU Group 1:\n\t[RESET] 00:01.0 x\n",
	    "IOMMU Group 1:\n\t[8086:1901] [R] 00:01.0 x\n",
	    "IOMMU Group 1:\n\t00:01.0 x\n\t\tIOMMU group: 1\n\t\tKernel driver in use: y\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(listings) / sizeof(listings[0]); i++)
		expect_groups(listings[i], "1: 0000:00:01.0");
}

static void tables_and_xml_are_read(void **state)
{
	(void)state;
	expect_groups("\xe2\x94\x8c\xe2\x94\x80\xe2\x94\x90\n"
		      "\xe2\x94\x82 class \xe2\x94\x82 id \xe2\x94\x82 iommugroup \xe2\x94\x82\n"
		      "\xe2\x94\x82 0x01 \xe2\x94\x82 0000:00:17.0 \xe2\x94\x82 6 \xe2\x94\x82\n"
		      "\xe2\x94\x82 0x02 \xe2\x94\x82 0000:00:18.0 \xe2\x94\x82 -1 \xe2\x94\x82\n",
	    "6: 0000:00:17.0");
	expect_groups("<device>\n  <name>pci_0000_01_00_0</name>\n  <iommuGroup number='1'>\n"
		      "    <address domain='0x0000' bus='0x01' slot='0x00' function='0x1'/>\n"
		      "  </iommuGroup>\n</device>\n",
	    "1: 0000:01:00.1");
	expect_error(
	    "| id | iommugroup |\n| 0000:00:17.0 | |\n", AT(2) BAD_GROUP "\"| 0000:00:17.0 | |\"");
}

static void time_stamps_are_removed(void **state)
{
	static const char *const stamps[] = {
	    "[    0.740039] ",
	    "[    0.740039 <    0.000001>] ",
	    "[<    0.000001>] ",
	    "[  +0.000001] ",
	    "[Jul 6 12:00] ",
	    "[Jul16 12:00] ",
	    "[Mon Jul  6 12:00:00 2020] ",
	    "[Mon Jul  6 12:00:00 2020 <    0.000001>] ",
	    "<6>[    0.740039] ",
	    "<6>",
	    "kern  :info  : ",
	    "kern  :notice: [    0.740039] ",
	    "[    0.740039][    T1] ",
	    "[    0.740039] [   C10] ",
	    "2020-07-06T12:00:00,123456+02:00 ",
	    "2020-07-06T12:00:00.123456+02:00 host kernel: ",
	    "2020-07-06T12:00:00+0200 host kernel: ",
	    "2020-07-06T10:00:00Z host kernel: [    0.740039] ",
	    "Mon 2020-07-06 12:00:00 CEST host kernel: ",
	    "Jul 06 12:00:00 host kernel: ",
	    "Jul 06 12:00:00 kernel: ",
	    "Jul  6 12:00:00.123456 host kernel: ",
	    "July 6 12:00:00 ####-desktop kernel: ",
	    "[    0.740039] host kernel: ",
	    "1594029600.123456 host kernel: ",
	    "> > [    0.740039] ",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(stamps) / sizeof(stamps[0]); i++) {
		char text[512];

		snprintf(text, sizeof(text),
		    "%sDMAR: Host address width 39\n%spci 0000:00:01.0: Adding to iommu group 1\n"
		    "%siommu: Adding device 0000:00:02.0 to group 1\n",
		    stamps[i], stamps[i], stamps[i]);
		expect_groups(text, "1: 0000:00:01.0 0000:00:02.0");
	}
}

static void all_names_of_a_line_are_devices(void **state)
{
	(void)state;
	expect_groups("/sys/kernel/iommu_groups/1/devices:\n0000:00:01.0  0000:00:01.1\tsoc:pcie\n"
		      "/sys/kernel/iommu_groups/2/devices:\n0000:00:02.0\n",
	    "1: 0000:00:01.0 0000:00:01.1 soc:pcie; 2: 0000:00:02.0");
	expect_groups("IOMMU Group 1: 0000:00:01.0 01:00.0\n\t02:00.0 03:00.0\n",
	    "1: 0000:00:01.0 0000:01:00.0 0000:02:00.0 0000:03:00.0");
}

static void nothing_is_added_to_the_group_of_another_heading(void **state)
{
	static const char *const between[] = {
	    "### Grp 2 ###",
	    "$ cat list",
	    "user@host:~$ ls devices",
	    "[    0.1] usb 1-1: new device",
	    "--- a/list",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(between) / sizeof(between[0]); i++) {
		char text[256];

		snprintf(
		    text, sizeof(text), "IOMMU Group 1:\n\t00:01.0 x\n%s\n00:02.0 y\n", between[i]);
		expect_error(
		    text, AT(4) "no line above names the group of this device: \"00:02.0 y\"");
	}
	/* A line without a colon is not a heading, so the lines below it belong to no group. */
	expect_error("IOMMU Group 1 00:01.0 x\n00:02.0 y\n",
	    AT(2) "no line above names the group of this device: \"00:02.0 y\"");
	expect_error("/sys/kernel/iommu_groups/1/devices:\n0000:00:01.0 sound\n",
	    AT(2) "no line above names the group of this device: \"0000:00:01.0 sound\"");
	expect_error("IOMMU Group 1:\n\t00:01.0 x\n\t\tIOMMU group: 2\n",
	    AT(3) "the heading puts the device above into another group: "
		  "\"??IOMMU "
		  "group: 2\"");
}

static void a_cut_listing_is_an_error(void **state)
{
	static const char *const lines[] = {
	    "[...]",
	    "...",
	    "[...lots of output...]",
	    "# [snip]",
	    "-- snip --",
	    "--- 8< ---",
	    "<snip>",
	    "\xe2\x80\xa6",
	    "(truncated)",
	    "[    0.7] ** 12 printk messages dropped **",
	    "Jul  6 12:00:00 host systemd-journald[3]: Missed 7 kernel messages",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct topology t;
		struct error err;
		char text[256];

		snprintf(text, sizeof(text), "IOMMU Group 1 00:01.0 x\n%s\n", lines[i]);
		assert_int_equal(parse_bytes(text, strlen(text), &t, &err), -1);
		if (!strstr(err.text, AT(2) "a part of the listing was left out here: "))
			fail_msg("%s: %s", lines[i], err.text);
	}
}

static void diff_of_two_listings_is_an_error(void **state)
{
	(void)state;
	expect_error("+IOMMU Group 1 00:01.0 x\n- IOMMU Group 2 00:02.0 x\n",
	    AT(2) "some lines are marked + and others -: give a listing, not a diff: "
		  "\"- IOMMU Group 2 00:02.0 x\"");
	expect_error(" IOMMU Group 1 00:01.0 x\n-IOMMU Group 2 00:02.0 x\n",
	    AT(2) UNKNOWN "\"-IOMMU Group 2 00:02.0 x\"");
}

static void logs_are_read_in_the_order_of_their_times(void **state)
{
	static const char oldest_first[] =
	    "Jul 06 12:00:00 host kernel: pci 0000:00:01.0: Adding to iommu group 1\n"
	    "Jul 06 12:00:00 host kernel: pci 0000:00:02.0: Adding to iommu group 2\n"
	    "Jul 06 12:30:00 host kernel: pci 0000:00:02.0: Removing from iommu group 2\n"
	    "Jul 06 12:40:00 host kernel: pci 0000:00:02.0: Adding to iommu group 3\n";
	static const char newest_first[] = "[ 12.5] pci 0000:00:02.0: Adding to iommu group 3\n"
					   "[ 11.5] pci 0000:00:02.0: Removing from iommu group 2\n"
					   "[  0.5] pci 0000:00:02.0: Adding to iommu group 2\n"
					   "[  0.5] pci 0000:00:01.0: Adding to iommu group 1\n";

	(void)state;
	expect_groups(oldest_first, "1: 0000:00:01.0; 3: 0000:00:02.0");
	expect_groups(newest_first, "1: 0000:00:01.0; 3: 0000:00:02.0");
	expect_error("pci 0000:00:02.0: Removing from iommu group 2\n"
		     "pci 0000:00:02.0: Adding to iommu group 2\n",
	    AT(1) "0000:00:02.0 leaves group 2 before it joins one: give a log with time stamps, "
		  "which show what came first");
}

static void two_boots_are_an_error(void **state)
{
	(void)state;
	expect_error("[    0.7] pci 0000:00:01.0: Adding to iommu group 1\n"
		     "-- Boot 0123456789abcdef --\n"
		     "[    0.7] pci 0000:00:02.0: Adding to iommu group 2\n",
	    AT(3) "this event and earlier ones are from different boots: give the log of one boot");
	expect_error("[    0.7] pci 0000:00:01.0: Adding to iommu group 1\n"
		     "[    5.1] pci 0000:00:02.0: Adding to iommu group 2\n"
		     "[    5.2] pci 0000:00:03.0: Adding to iommu group 3\n"
		     "[    0.7] pci 0000:00:01.0: Adding to iommu group 1\n",
	    AT(4) "the time stamp contradicts the order of the lines above: give the log of one "
		  "boot");
}

static void skipped_lines_are_counted(void **state)
{
	struct topology t;

	(void)state;
	parse_text("\nIOMMU Group 1:\n\t00:01.0 x\n\t\tKernel driver in use: y\n", &t);
	assert_int_equal(t.skipped, 0);
	topology_free(&t);
	parse_text("\n```\nIOMMU Group 1:\n\t00:01.0 x\n```\n# end\n", &t);
	assert_int_equal(t.skipped, 3);
	assert_int_equal(t.first_skipped, 2);
	topology_free(&t);
}

static void written_listing_is_read_back(void **state)
{
	static const char text[] = "IOMMU Group 1: 00:01.0\nIOMMU Group 3: soc:pcie 00:02.0\n";
	char *written;
	struct topology t;
	size_t size;
	FILE *out = open_memstream(&written, &size);

	(void)state;
	parse_text(text, &t);
	assert_int_equal(topology_write(out, &t), 0);
	fclose(out);
	topology_free(&t);
	expect_groups(written, "1: 0000:00:01.0; 3: 0000:00:02.0 soc:pcie");
	free(written);
}

/* tests/cases/expected.json gives the groups of each listing in tests/cases/topologies. */
static void expect_case(const char *name, const json_t *expected)
{
	char path[512];
	struct topology t;
	struct error err;
	const char *line;

	snprintf(path, sizeof(path), CASES "/topologies/%s.txt", name);
	if (topology_load(path, &t, &err)) {
		line = err.text + strlen(path);
		if (!json_is_true(json_object_get(expected, "error")) &&
		    !json_is_true(json_object_get(expected, "or_error")))
			fail_msg("%s", err.text);
		if (strncmp(err.text, path, strlen(path)) != 0 || line[0] != ':' ||
		    strtoul(line + 1, NULL, 10) == 0)
			fail_msg("no line is named: %s", err.text);
		return;
	}
	if (json_is_true(json_object_get(expected, "error")))
		fail_msg("%s: not refused", name);
	if (t.nr_groups != (size_t)json_integer_value(json_object_get(expected, "groups")) ||
	    t.nr_devices != (size_t)json_integer_value(json_object_get(expected, "devices")))
		fail_msg("%s: %zu groups, %zu devices", name, t.nr_groups, t.nr_devices);
	topology_free(&t);
}

static void cases_match_expected_json(void **state)
{
	json_error_t error;
	json_t *all = json_load_file(CASES "/expected.json", 0, &error);
	const char *name;
	json_t *expected;
	glob_t files;

	(void)state;
	assert_non_null(all);
	json_object_foreach (json_object_get(all, "topologies"), name, expected)
		expect_case(name, expected);
	assert_int_equal(glob(CASES "/topologies/*.txt", 0, NULL, &files), 0);
	assert_int_equal(json_object_size(json_object_get(all, "topologies")), files.gl_pathc);
	globfree(&files);
	json_decref(all);
}

static void binary_is_an_error(void **state)
{
	(void)state;
	expect_error_of_bytes("IOMMU Group 2\n00:1f.0\0 x\n", 24,
	    AT(2) "byte 0x00 is not text: give a plain-text listing");
	expect_error("\x7f"
		     "ELF\n",
	    AT(1) "byte 0x7f is not text: give a plain-text listing");
	expect_error("\x1b[2JIOMMU Group 2 00:1f.0\n",
	    AT(1) "byte 0x1b is not text: give a plain-text listing");
}

static void over_long_line_is_an_error(void **state)
{
	char text[4200] = "IOMMU Group 1 00:1f.0 ";

	(void)state;
	memset(text + strlen(text), 'x', 4097 - strlen(text));
	expect_error(text, AT(1) "the line is longer than 4096 bytes: give one device per line");
	text[4096] = '\0';
	expect_groups(text, "1: 0000:00:1f.0");
}

static void unreadable_files_are_errors(void **state)
{
	struct topology t;
	struct error err;

	(void)state;
	assert_int_equal(topology_load("/nowhere/at.all", &t, &err), -1);
	assert_string_equal(err.text, "cannot read /nowhere/at.all: No such file or directory");
	assert_int_equal(topology_load("/tmp", &t, &err), -1);
	assert_string_equal(err.text, "/tmp is a directory: give a file with a listing, or sysfs "
				      "for this machine's groups");
	assert_int_equal(topology_load("/dev/zero", &t, &err), -1);
	assert_string_equal(
	    err.text, "/dev/zero:1: byte 0x00 is not text: give a plain-text listing");
}

static void names_come_from_files(void **state)
{
	static const char *const names[][2] = {
	    {"x/amd-x570.find.txt", "amd-x570"}, {"plain", "plain"}, {"x/.hidden", ".hidden"}};
	static const char text[] = "IOMMU Group 1 00:1f.0 x\n";

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		FILE *f = fmemopen((void *)text, strlen(text), "r");
		struct topology t;
		struct error err;

		assert_int_equal(topology_parse(names[i][0], f, &t, &err), 0);
		assert_string_equal(t.name, names[i][1]);
		topology_free(&t);
		fclose(f);
	}
}

/* Device d is in group d % groups. Multiplying each index by a prime scatters the devices'
 * order. */
static char *large_listing(size_t devices, size_t groups, size_t *size)
{
	FILE *f;
	char *text;

	f = open_memstream(&text, size);
	assert_non_null(f);
	for (size_t i = 0; i < devices; i++) {
		size_t d = i * 7919 % devices;

		fprintf(f, "pci %04zx:%02zx:%02zx.%zx: Adding to iommu group %zu\n", d >> 16,
		    d >> 8 & 0xff, d >> 3 & 0x1f, d & 7, d % groups);
	}
	fclose(f);
	return text;
}

static void large_listing_is_sorted(void **state)
{
	const size_t devices = 200000, groups = 1000;
	size_t size;
	char *text = large_listing(devices, groups, &size);
	struct topology t;
	struct error err;

	(void)state;
	assert_int_equal(parse_bytes(text, size, &t, &err), 0);
	assert_int_equal(t.nr_groups, groups);
	assert_int_equal(t.nr_devices, devices);
	assert_int_equal(t.largest, devices / groups);
	for (size_t g = 0; g < t.nr_groups; g++) {
		assert_int_equal(t.groups[g].id, g);
		for (size_t d = 1; d < t.groups[g].nr_devices; d++)
			assert_true(strcmp(t.groups[g].devices[d - 1], t.groups[g].devices[d]) < 0);
	}
	topology_free(&t);
	free(text);
}

/* A tree like sysfs. Devices are dangling links, as a reader of sysfs may find them. */
struct tree {
	char root[40];
	char *paths[16];
	size_t nr;
};

static void make_path(struct tree *tree, const char *path, int is_link)
{
	char *full;

	assert_true(asprintf(&full, "%s%s", tree->root, path) > 0);
	assert_int_equal(is_link ? symlink("nowhere", full) : mkdir(full, 0755), 0);
	tree->paths[tree->nr++] = full;
}

static void setup_tree(struct tree *tree)
{
	tree->nr = 0;
	strcpy(tree->root, "/tmp/ownbench-topology-XXXXXX");
	assert_non_null(mkdtemp(tree->root));
	make_path(tree, "/10", 0);
	make_path(tree, "/10/type", 0);
	make_path(tree, "/10/devices", 0);
	make_path(tree, "/10/devices/0000:00:1f.2", 1);
	make_path(tree, "/10/devices/0000:00:1f.0", 1);
	make_path(tree, "/9", 0);
	make_path(tree, "/9/devices", 0);
	make_path(tree, "/9/devices/fe800000.ethernet", 1);
}

static void remove_tree(struct tree *tree)
{
	while (tree->nr > 0) {
		remove(tree->paths[--tree->nr]);
		free(tree->paths[tree->nr]);
	}
	assert_int_equal(rmdir(tree->root), 0);
}

static void sysfs_is_read(void **state)
{
	struct topology t;
	struct tree tree;
	struct error err;
	int ret;

	(void)state;
	setup_tree(&tree);
	ret = topology_from_sysfs(tree.root, &t, &err);
	remove_tree(&tree);
	assert_int_equal(ret, 0);
	assert_string_equal(t.name, "sysfs");
	assert_int_equal(t.nr_groups, 2);
	assert_int_equal(t.nr_devices, 3);
	assert_int_equal(t.largest, 2);
	assert_int_equal(t.groups[0].id, 9);
	assert_string_equal(t.groups[0].devices[0], "fe800000.ethernet");
	assert_int_equal(t.groups[1].id, 10);
	assert_string_equal(t.groups[1].devices[0], "0000:00:1f.0");
	assert_string_equal(t.groups[1].devices[1], "0000:00:1f.2");
	topology_free(&t);
}

/* Checks that the error consists of `before`, the tree's root, and `after`. Removes the tree. */
static void expect_tree_error(struct tree *tree, const char *before, const char *after)
{
	struct topology t;
	struct error err;
	char error[256];
	int ret = topology_from_sysfs(tree->root, &t, &err);

	snprintf(error, sizeof(error), "%s%s%s", before, tree->root, after);
	remove_tree(tree);
	assert_int_equal(ret, -1);
	assert_string_equal(err.text, error);
}

static void spoilt_sysfs_is_an_error(void **state)
{
	struct tree tree;

	(void)state;
	setup_tree(&tree);
	make_path(&tree, "/11", 0);
	expect_tree_error(&tree, "cannot read ", "/11/devices: No such file or directory");
	setup_tree(&tree);
	make_path(&tree, "/11", 0);
	make_path(&tree, "/11/devices", 0);
	expect_tree_error(&tree, "", ": group 11 has no devices");
	setup_tree(&tree);
	make_path(&tree, "/2147483648", 0);
	expect_tree_error(&tree, "", "/2147483648: a group's number must be from 0 to 2147483647");
	setup_tree(&tree);
	make_path(&tree, "/10x", 0);
	expect_tree_error(&tree, "", "/10x: a group's number must be from 0 to 2147483647");
	setup_tree(&tree);
	make_path(&tree, "/9/devices/0000:00:1f.2", 1);
	expect_tree_error(&tree, "", ": 0000:00:1f.2 is in group 9 and in group 10");
}

static void sysfs_without_groups_is_an_error(void **state)
{
	static const char hint[] = ": boot with intel_iommu=on or amd_iommu=on, or give "
				   "--topology=FILE";
	struct tree tree = {.root = "/tmp/ownbench-topology-XXXXXX"};
	struct topology t;
	struct error err;
	char error[256];

	(void)state;
	assert_non_null(mkdtemp(tree.root));
	expect_tree_error(&tree, "no IOMMU groups in ", hint);
	assert_int_equal(topology_from_sysfs("/nowhere/at/all", &t, &err), -1);
	snprintf(error, sizeof(error), "no IOMMU groups in /nowhere/at/all%s", hint);
	assert_string_equal(err.text, error);
}

static void uniform_has_the_shape_asked_for(void **state)
{
	struct topology t;
	struct error err;

	(void)state;
	assert_int_equal(topology_uniform(3, 5, &t, &err), 0);
	assert_string_equal(t.name, "uniform");
	assert_int_equal(t.nr_groups, 3);
	assert_int_equal(t.nr_devices, 15);
	assert_int_equal(t.largest, 5);
	assert_int_equal(t.groups[2].id, 2);
	assert_int_equal(t.groups[2].nr_devices, 5);
	assert_null(t.groups[2].devices);
	topology_free(&t);
	assert_int_equal(topology_uniform(0, 5, &t, &err), -1);
	assert_string_equal(
	    err.text, "0 groups of 5 devices: at least one group and one device are needed");
	assert_int_equal(topology_uniform(2, SIZE_MAX, &t, &err), -1);
	assert_string_equal(err.text, "2 groups of 18446744073709551615 devices: too many");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(listings_are_what_their_readme_says),
	    cmocka_unit_test(find_form),
	    cmocka_unit_test(lsloop_form),
	    cmocka_unit_test(ls_form),
	    cmocka_unit_test(dmesg_form),
	    cmocka_unit_test(other_kernel_messages_are_ignored),
	    cmocka_unit_test(hotplug_in_the_log_is_followed),
	    cmocka_unit_test(repetition_is_harmless),
	    cmocka_unit_test(forms_may_be_mixed),
	    cmocka_unit_test(group_numbers_reach_to_the_limit),
	    cmocka_unit_test(unknown_lines_are_errors),
	    cmocka_unit_test(bad_group_numbers_are_errors),
	    cmocka_unit_test(devices_need_a_heading),
	    cmocka_unit_test(device_in_two_groups_is_an_error),
	    cmocka_unit_test(empty_group_is_an_error),
	    cmocka_unit_test(empty_listing_is_an_error),
	    cmocka_unit_test(wrappers_are_removed),
	    cmocka_unit_test(tables_and_xml_are_read),
	    cmocka_unit_test(time_stamps_are_removed),
	    cmocka_unit_test(all_names_of_a_line_are_devices),
	    cmocka_unit_test(nothing_is_added_to_the_group_of_another_heading),
	    cmocka_unit_test(a_cut_listing_is_an_error),
	    cmocka_unit_test(diff_of_two_listings_is_an_error),
	    cmocka_unit_test(logs_are_read_in_the_order_of_their_times),
	    cmocka_unit_test(two_boots_are_an_error),
	    cmocka_unit_test(skipped_lines_are_counted),
	    cmocka_unit_test(written_listing_is_read_back),
	    cmocka_unit_test(cases_match_expected_json),
	    cmocka_unit_test(binary_is_an_error),
	    cmocka_unit_test(over_long_line_is_an_error),
	    cmocka_unit_test(unreadable_files_are_errors),
	    cmocka_unit_test(names_come_from_files),
	    cmocka_unit_test(large_listing_is_sorted),
	    cmocka_unit_test(sysfs_is_read),
	    cmocka_unit_test(spoilt_sysfs_is_an_error),
	    cmocka_unit_test(sysfs_without_groups_is_an_error),
	    cmocka_unit_test(uniform_has_the_shape_asked_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
