/* SPDX-License-Identifier: MIT */
#include "harness/model/topology_form.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "harness/model/topology_word.h"

/* Ends the line. */
static bool read_last_group(const char *text, struct topology_line *line)
{
	line->kind = TOPOLOGY_LINE_BAD_GROUP;
	return word_read_group(&text, &line->group) && !*text;
}

/* "pci 0000:00:1f.0: Adding to iommu group 13" */
bool topology_form_event(const char *text, struct topology_line *line)
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
		if (word_read_device(name, (size_t)(end - name), line) &&
		    read_last_group(end + strlen(events[i].phrase), line))
			line->kind = events[i].kind;
		return true;
	}
	return false;
}

/* "iommu: Adding device 0000:00:1f.0 to group 13", before Linux 5.3 */
bool topology_form_old_event(const char *text, struct topology_line *line)
{
	static const struct {
		const char *phrase, *link;
		enum topology_line_kind kind;
	} events[] = {
	    {"Adding device ", " to group ", TOPOLOGY_LINE_DEVICE},
	    {"Removing device ", " from group ", TOPOLOGY_LINE_REMOVED},
	};

	for (size_t i = 0; i < sizeof(events) / sizeof(events[0]); i++) {
		const char *name = strstr(text, events[i].phrase), *rest;
		size_t len;

		if (!name)
			continue;
		name += strlen(events[i].phrase);
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

/* "pci 0000:00:02.0: " or "arm-smmu 5000000.iommu: ", as dev_printk() begins. */
static bool is_about_device(const char *text)
{
	const char *name = text + word_length(text);
	struct topology_line line;
	char word[64];
	size_t len;

	if (*name++ != ' ')
		return false;
	len = word_length(name);
	if (len < 2 || len > sizeof(word) || name[len - 1] != ':' || name[len] != ' ')
		return false;
	snprintf(word, sizeof(word), "%.*s", (int)len - 1, name);
	return word_is_platform_name(word) && word_read_device(word, len - 1, &line);
}

/* As dmesg prints it, also with -T and --time-format iso, or as syslog does. */
static bool is_stamped(const char *text)
{
	struct tm ignored;
	int length = 0;

	sscanf(text, "[%*u.%*u]%n", &length);
	return length || strptime(text, "[%a %b %d %H:%M:%S %Y]", &ignored) ||
	       strptime(text, "%Y-%m-%dT%H:%M:%S", &ignored) || strstr(text, " kernel: ");
}

/* A message of the kernel: stamped, or of a well-known origin. */
static bool is_log(const char *text)
{
	static const char *const origins[] = {"iommu: ", "DMAR: ", "DMAR-IR: ", "AMD-Vi: "};

	if (is_stamped(text))
		return true;
	for (size_t i = 0; i < sizeof(origins) / sizeof(origins[0]); i++)
		if (word_after(text, origins[i]))
			return true;
	return is_about_device(text);
}

/* The line ends within the event, as the last line of a file that was cut does. */
static bool is_cut_event(const char *text)
{
	static const char event[] = "Adding to iommu group ";
	const char *last = text;

	for (const char *p = text; (p = strstr(p, ": ")); p += 2)
		last = p + 2;
	return *last && strncmp(last, event, strlen(last)) == 0;
}

/* It was about a device in a group, but is no event that can be read: it has been changed. */
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

/* The kernel's other messages, which a grep for iommu finds as well. */
bool topology_form_log(const char *text, struct topology_line *line)
{
	if (!is_log(text))
		return false;
	line->kind = is_spoilt_event(text) ? TOPOLOGY_LINE_UNKNOWN : TOPOLOGY_LINE_NOTHING;
	return true;
}
