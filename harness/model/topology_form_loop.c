/* SPDX-License-Identifier: MIT */
#include "harness/model/topology_form.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

#include "harness/model/topology_word.h"

/* "00:1f.0 ISA bridge ...", maybe behind "[8086:a145]" or "[RESET]"; or a platform device alone. */
static bool read_listed(const char *text, struct topology_line *line)
{
	size_t len;

	while (*text == '[') {
		text += strcspn(text, "]");
		text += strspn(text, "]" WORD_BLANK);
	}
	len = word_length(text);
	if (len && word_read_address(text, line) == len)
		return true;
	return word_is_platform_name(text) && word_read_device(text, len, line);
}

/* "IOMMU Group 13 00:1f.0 ISA bridge ..." or "IOMMU Group 13:", from loops over lspci. */
bool topology_form_loop(const char *text, struct topology_line *line)
{
	if (strncasecmp(text, "IOMMU ", 6) == 0)
		text += 6;
	if (strncasecmp(text, "group", 5) != 0 || isalpha((unsigned char)text[5]))
		return false;
	text += 5;
	text += strspn(text, ":" WORD_BLANK);
	line->heading = true;
	if (!word_read_group(&text, &line->group) || (*text && !strchr(":" WORD_BLANK, *text))) {
		line->kind = TOPOLOGY_LINE_BAD_GROUP;
		return true;
	}
	text += strspn(text, ":" WORD_BLANK);
	if (!*text)
		line->kind = TOPOLOGY_LINE_GROUP;
	else if (!strcasestr(text, "IOMMU Group ") && read_listed(text, line))
		line->kind = TOPOLOGY_LINE_DEVICE;
	return true;
}

/* "\t00:1f.0 ISA bridge ...", below the group's heading */
bool topology_form_member(const char *text, struct topology_line *line)
{
	if (!read_listed(text, line))
		return false;
	line->kind = TOPOLOGY_LINE_MEMBER;
	return true;
}

/* "total 0" of ls, and what lspci -k prints below a device. */
bool topology_form_remark(const char *text, struct topology_line *line)
{
	static const char *const remarks[] = {
	    "Subsystem:", "DeviceName:", "Kernel driver in use:", "Kernel modules:"};
	const char *total = word_after(text, "total ");
	bool found = total && *total && !total[strspn(total, "0123456789")];

	for (size_t i = 0; i < sizeof(remarks) / sizeof(remarks[0]); i++)
		found = found || word_after(text, remarks[i]);
	if (found)
		line->kind = TOPOLOGY_LINE_NOTHING;
	return found;
}
