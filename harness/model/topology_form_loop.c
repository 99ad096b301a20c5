/* SPDX-License-Identifier: MIT */
#include "harness/model/topology_form.h"

#include <ctype.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "harness/model/topology_word.h"

/* Skips marks that scripts print before the address: "[8086:a145]", "[RESET]", "[USB]". */
static const char *after_marks(const char *text)
{
	while (*text == '[') {
		const char *inside = text + 1;
		size_t len = strspn(inside, "ABCDEFGHIJKLMNOPQRSTUVWXYZ +x");

		if (inside[4] == ':' && strspn(inside, "0123456789abcdef") == 4 &&
		    strspn(inside + 5, "0123456789abcdef") == 4)
			len = 9;
		if (inside[len] != ']')
			return text;
		text = inside + len + 1;
		text += strspn(text, WORD_BLANK);
	}
	return text;
}

/* Reads "00:1f.0 ISA bridge ...", or a list of device names. */
static bool read_listed(const char *text, struct topology_line *line)
{
	size_t len;

	text = after_marks(text);
	if (word_read_names(text, line))
		return true;
	len = word_length(text);
	line->described = true;
	return len && word_read_address(text, line) == len && !word_hints_listing(text + len);
}

/* Reads what follows the group's number. */
static void read_after_group(const char *text, bool is_trait, struct topology_line *line)
{
	const char *rest = text + strspn(text, ":" WORD_BLANK);

	line->scope = *text && *text != ':' ? TOPOLOGY_SCOPE_INDENTED : TOPOLOGY_SCOPE_LSPCI;
	if (!*rest)
		line->kind = is_trait ? TOPOLOGY_LINE_TRAIT : TOPOLOGY_LINE_GROUP;
	else if (read_listed(rest, line))
		line->kind = TOPOLOGY_LINE_DEVICE;
}

/* Reads "IOMMU Group 13 00:1f.0 ISA bridge ..." or "IOMMU Group 13:". */
bool topology_form_loop(const char *text, struct topology_line *line)
{
	const bool is_trait = line->indent > 0 && word_after(text, "IOMMU group: ");

	if (strncasecmp(text, "IOMMU ", 6) == 0)
		text += 6;
	if (strncasecmp(text, "group", 5) != 0 || isalpha((unsigned char)text[5]))
		return false;
	text += 5;
	text += strspn(text, ":" WORD_BLANK);
	if (word_read_group(&text, &line->group) && (!*text || strchr(":" WORD_BLANK, *text)))
		read_after_group(text, is_trait, line);
	else
		line->kind = TOPOLOGY_LINE_BAD_GROUP;
	return true;
}

/* Reads "\t00:1f.0 ISA bridge ...", which is a line below the group's heading. */
bool topology_form_member(const char *text, struct topology_line *line)
{
	if (!read_listed(text, line))
		return false;
	line->kind = TOPOLOGY_LINE_MEMBER;
	return true;
}

/* Reads "Bus 1 --> 0000:00:14.0 (IOMMU group 2)". */
static bool read_usb_controller(const char *text, struct topology_line *line)
{
	static const char link[] = " (IOMMU group ";
	int used = 0;
	size_t len;

	sscanf(text, "Bus %*u --> %n", &used);
	if (!used)
		return false;
	text += used;
	len = word_length(text);
	if (word_read_address(text, line) != len || !word_after(text + len, link))
		return true;
	text += len + strlen(link);
	if (word_read_group(&text, &line->group) && strcmp(text, ")") == 0)
		line->kind = TOPOLOGY_LINE_DEVICE;
	return true;
}

/* Returns whether the line lists a device that is attached to a USB or SCSI controller: "Bus 001
 * Device 005: ID 04f3:0732 ...", "[2:0:0:0] disk ATA ...". */
static bool is_behind_controller(const char *text)
{
	int used = 0;

	sscanf(text, "Bus %*u Device %*u%n", &used);
	if (!used)
		sscanf(text, "[%*u:%*u:%*u:%*u]%n", &used);
	return used;
}

bool topology_form_unraid(const char *text, struct topology_line *line)
{
	static const char *const titles[] = {
	    "PCI Devices and IOMMU Groups", "USB Devices", "USB Controllers", "SCSI Devices", NULL};
	const bool is_note = word_after(text, "This controller is bound to vfio, connected ");

	if (read_usb_controller(text, line))
		return true;
	if (!is_note && !is_behind_controller(text) && !word_begins_with(text, titles))
		return false;
	line->kind = word_hints_listing(text) && !word_begins_with(text, titles)
	                 ? TOPOLOGY_LINE_UNKNOWN
	                 : TOPOLOGY_LINE_OTHER;
	return true;
}

/* Returns whether the line is "total 0", which ls prints, in English or translated. */
static bool is_total(const char *text)
{
	static const char *const words[] = {"total", "insgesamt", "totale", "totalt", "totaal",
	    "razem", "celkem", "toplam", "\u0438\u0442\u043e\u0433\u043e", "\u5408\u8a08",
	    "\u603b\u7528\u91cf"};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		const char *size = word_after(text, words[i]);

		if (size && *size == ' ' && size[1] &&
		    !size[1 + strspn(size + 1, "0123456789KM.,")])
			return true;
	}
	return false;
}

/* Reads lines that ls prints before the devices, and that lspci -k prints below a device. */
bool topology_form_remark(const char *text, struct topology_line *line)
{
	static const char *const remarks[] = {
	    "Subsystem:", "DeviceName:", "Kernel driver in use:", "Kernel modules:", NULL};
	const bool is_remark = word_begins_with(text, remarks);

	if (!is_remark && !is_total(text))
		return false;
	if (!word_hints_listing(text))
		line->kind = TOPOLOGY_LINE_NOTHING;
	return true;
}

static bool ends_with(const char *text, const char *suffix)
{
	size_t len = strlen(text), end = strlen(suffix);

	return len >= end && strcmp(text + len - end, suffix) == 0;
}

/* Reads headers of a diff or of a quoted mail. A hunk header gets the mark '+'. If the diff also
 * has removed lines, it is refused. */
bool topology_form_wrapper(const char *text, struct topology_line *line)
{
	static const char *const headers[] = {
	    "+++ ", "--- ", "@@ ", "diff --git ", "diff -u", "\\ No newline at end", NULL};
	int used = 0;

	sscanf(text, "index %*x..%*x%n", &used);
	if (!used && !word_begins_with(text, headers) && !ends_with(text, " wrote:"))
		return false;
	if (word_after(text, "@@ "))
		line->mark = '+';
	line->ends_scope = true;
	if (word_is_omission(text))
		line->kind = TOPOLOGY_LINE_LEFT_OUT;
	else if (!word_hints_listing(text))
		line->kind = TOPOLOGY_LINE_OTHER;
	return true;
}
