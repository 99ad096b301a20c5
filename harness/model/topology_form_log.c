/* SPDX-License-Identifier: MIT */
#include "harness/model/topology_form.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "harness/model/topology_stamp.h"
#include "harness/model/topology_word.h"

/* Reads a group's number at the end of the line. Only a note may follow it. */
static bool read_last_group(const char *text, struct topology_line *line)
{
	line->kind = TOPOLOGY_LINE_BAD_GROUP;
	if (!word_read_group(&text, &line->group))
		return false;
	return !*text || (strchr(WORD_BLANK, *text) && word_is_note(text));
}

/* Returns whether the text up to `end` may be a driver's name. It may have blanks, but no colon. */
static bool is_driver(const char *text, const char *end)
{
	return text + strcspn(text, ":[") >= end;
}

/* Reads "pci 0000:00:1f.0: Adding to iommu group 13". */
static bool read_event(const char *text, struct topology_line *line)
{
	static const struct {
		const char *phrase;
		enum topology_line_kind kind;
	} events[] = {
	    {": Adding to iommu group ", TOPOLOGY_LINE_DEVICE},
	    {": Removing from iommu group ", TOPOLOGY_LINE_REMOVED},
	};

	for (size_t i = 0; i < sizeof(events) / sizeof(events[0]); i++) {
		const char *end = strstr(text, events[i].phrase), *name;

		if (!end)
			continue;
		name = word_before(text, end);
		if (is_driver(text, name) && word_read_device(name, (size_t)(end - name), line) &&
		    read_last_group(end + strlen(events[i].phrase), line))
			line->kind = events[i].kind;
		return true;
	}
	return false;
}

/* Reads the format before Linux 5.3: "iommu: Adding device 0000:00:1f.0 to group 13". */
static bool read_old_event(const char *text, struct topology_line *line)
{
	static const struct {
		const char *phrase, *link;
		enum topology_line_kind kind;
	} events[] = {
	    {"Adding device ", " to group ", TOPOLOGY_LINE_DEVICE},
	    {"Removing device ", " from group ", TOPOLOGY_LINE_REMOVED},
	};
	const char *message = word_after(text, "iommu: ");

	message = message ? message : text;
	for (size_t i = 0; i < sizeof(events) / sizeof(events[0]); i++) {
		const char *name = word_after(message, events[i].phrase), *rest;
		size_t len;

		if (!name)
			continue;
		len = word_length(name);
		rest = word_after(name + len, events[i].link);
		if (!rest)
			continue;
		if (word_read_device(name, len, line) && read_last_group(rest, line))
			line->kind = events[i].kind;
		return true;
	}
	return false;
}

/* Returns whether the text begins like a message of dev_printk(): "pci 0000:00:02.0: " or "arm-smmu
 * 5000000.iommu: ". */
static bool is_about_device(const char *text)
{
	const char *name = text + word_length(text);
	struct topology_line line;
	size_t len;

	if (*name++ != ' ')
		return false;
	len = word_length(name);
	if (len < 2 || name[len - 1] != ':' || name[len] != ' ')
		return false;
	return word_is_platform_name(name, len - 1) && word_read_device(name, len - 1, &line);
}

/* Returns whether the text is a kernel message without a time stamp, as dmesg -t prints it. */
static bool is_bare_message(const char *text)
{
	static const char *const origins[] = {
	    "iommu: ", "DMAR: ", "DMAR-IR: ", "AMD-Vi: ", "perf/amd_iommu: ", "AMD IOMMUv2 ",
	    "Command line: ", "Kernel command line: ", "ACPI: ", "Linux version ",
	    "PCI-DMA: ", "software IO TLB: ", NULL};

	return word_begins_with(text, origins) || is_about_device(text);
}

/* Returns whether the line ends in the middle of an event, as a truncated file does. */
static bool is_cut_event(const char *text)
{
	static const char event[] = "Adding to iommu group ";
	const char *last = text;

	for (const char *p = text; (p = strstr(p, ": ")); p += 2)
		last = p + 2;
	return *last && strncmp(last, event, strlen(last)) == 0;
}

/* Returns whether the text has words of an event. As it could not be read as an event, it was
 * probably edited or damaged. */
static bool is_spoilt_event(const char *text)
{
	static const char *const signs[] = {"Adding to", "Removing from", "iommu: Adding",
	    "iommu: Removing", "iommu group", " to group ", " from group "};

	if (strstr(text, "Failed to")) /* "... add device 0000:00:1f.0 to group 13: -19" */
		return false;
	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
		if (strstr(text, signs[i]))
			return true;
	return is_cut_event(text);
}

/* Returns whether the message reports that others were lost. They may have been events. */
static bool is_loss(const char *text)
{
	return !text[strspn(text, "[(.)]" WORD_BLANK)] || strstr(text, "printk messages dropped") ||
	       (strstr(text, "Missed ") && strstr(text, " kernel messages"));
}

/* Classifies messages that are not events: those of the kernel that a grep for iommu also finds,
 * and those of other programs. */
static void read_other_message(const struct topology_stamp *stamp, struct topology_line *line)
{
	line->kind = TOPOLOGY_LINE_OTHER;
	line->ends_scope = true;
	line->begins_boot = word_after(stamp->message, "Linux version ");
	if (is_loss(stamp->message))
		line->kind = TOPOLOGY_LINE_LEFT_OUT;
	else if (!stamp->other_program && is_spoilt_event(stamp->message))
		line->kind = TOPOLOGY_LINE_UNKNOWN;
}

/* Reads lines that journalctl adds: "-- Boot 0123abcd --", "-- Reboot --", or explanations of a
 * message, such as "-- Subject: ...". */
static bool read_journal_line(const char *text, struct topology_line *line)
{
	static const char *const boots[] = {"-- Boot ", "-- Reboot --", NULL};
	static const char *const others[] = {"-- Logs begin ", "-- Journal begins ", "-- Subject: ",
	    "-- Defined-By: ", "-- Support: ", "-- Documentation: ", "-- No entries --",
	    "\xe2\x96\x91\xe2\x96\x91", NULL};

	line->begins_boot = word_begins_with(text, boots);
	if (!line->begins_boot && !word_begins_with(text, others) && strcmp(text, "--") != 0)
		return false;
	line->kind = TOPOLOGY_LINE_OTHER;
	line->ends_scope = true;
	return true;
}

bool topology_form_log(const char *text, struct topology_line *line)
{
	struct topology_stamp stamp;

	if (read_journal_line(text, line))
		return true;
	topology_stamp_read(text, &stamp, line);
	if (read_event(stamp.message, line) || read_old_event(stamp.message, line))
		return true;
	if (!stamp.found && !is_bare_message(stamp.message))
		return false;
	read_other_message(&stamp, line);
	return true;
}
