/* SPDX-License-Identifier: MIT */
#include "harness/model/topology_word.h"

#include <ctype.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEX "0123456789abcdefABCDEF"

size_t word_length(const char *text)
{
	return strcspn(text, WORD_BLANK);
}

const char *word_before(const char *text, const char *end)
{
	while (end > text && !strchr(WORD_BLANK, end[-1]))
		end--;
	return end;
}

const char *word_after(const char *text, const char *prefix)
{
	size_t len = strlen(prefix);

	return strncmp(text, prefix, len) == 0 ? text + len : NULL;
}

bool word_begins_with(const char *text, const char *const prefixes[])
{
	while (*prefixes && !word_after(text, *prefixes))
		prefixes++;
	return *prefixes;
}

bool word_read_number(const char **text, unsigned int *number)
{
	const size_t digits = strspn(*text, "0123456789");

	if (digits == 0 || digits > 9)
		return false;
	*number = (unsigned int)strtoul(*text, NULL, 10);
	*text += digits;
	return true;
}

bool word_read_group(const char **text, unsigned int *group)
{
	unsigned long number;
	char *end;

	if (!isdigit((unsigned char)**text))
		return false;
	number = strtoul(*text, &end, 10);
	if (number > INT_MAX)
		return false;
	*group = (unsigned int)number;
	*text = end;
	return true;
}

size_t word_read_address(const char *text, struct topology_line *line)
{
	char domain[9] = "0", bus[3], slot[3], function[2];
	unsigned long device;
	int used = 0;

	sscanf(text, "%8[" HEX "]:%2[" HEX "]:%2[" HEX "].%1[0-7]%n", domain, bus, slot, function,
	    &used);
	if (!used) {
		strcpy(domain, "0");
		sscanf(text, "%2[" HEX "]:%2[" HEX "].%1[0-7]%n", bus, slot, function, &used);
	}
	if (!used)
		return 0;
	device = strtoul(slot, NULL, 16);
	if (strlen(bus) != 2 || strlen(slot) != 2 || device > 0x1f)
		return 0;
	snprintf(line->device, sizeof(line->device), "%04lx:%02lx:%02lx.%s",
	    strtoul(domain, NULL, 16), strtoul(bus, NULL, 16), device, function);
	return (size_t)used;
}

/* Returns whether the name begins like a PCI address. Such a name is a PCI address, though maybe a
 * damaged one, and not the name of a platform device. */
static bool is_like_address(const char *name)
{
	size_t domain = strspn(name, HEX), bus;

	if (domain < 2 || name[domain] != ':')
		return false;
	bus = strspn(name + domain + 1, HEX);
	name += domain + 1 + bus;
	return bus > 0 && (domain <= 4 || *name == ':' || *name == '.');
}

static bool is_name(const char *text, size_t len)
{
	if (!isalnum((unsigned char)*text))
		return false;
	for (size_t i = 0; i < len; i++)
		if (text[i] <= ' ' || text[i] > '~' || text[i] == '/')
			return false;
	return true;
}

bool word_read_device(const char *name, size_t len, struct topology_line *line)
{
	if (len >= sizeof(line->device) || !is_name(name, len))
		return false;
	if (is_like_address(name))
		return word_read_address(name, line) == len;
	memcpy(line->device, name, len);
	line->device[len] = '\0';
	return true;
}

bool word_is_platform_name(const char *text, size_t len)
{
	size_t mark = strcspn(text, ".:");

	for (size_t i = 0; i < len; i++)
		if (!isalnum((unsigned char)text[i]) && !strchr("._:@,+-", text[i]))
			return false;
	return mark + 1 < len;
}

bool word_read_names(const char *text, struct topology_line *line)
{
	const char *name = text + strspn(text, WORD_BLANK), *rest = NULL;
	struct topology_line ignored;
	bool first = true;

	if (!*name)
		return false;
	while (*name) {
		struct topology_line *into = first ? line : &ignored;
		size_t len = word_length(name);
		size_t bare = len - (name[len - 1] == '@'); /* ls -F appends '@' to a link */

		if (!word_is_platform_name(name, bare) || !word_read_device(name, bare, into))
			return false;
		name += len;
		name += strspn(name, WORD_BLANK);
		if (first)
			rest = *name ? name : NULL;
		first = false;
	}
	line->more = rest;
	return true;
}

bool word_has_address(const char *text)
{
	static const char quotes[] = "()[]{}<>,;:.\"'`|" WORD_BLANK;
	struct topology_line ignored;

	for (text += strspn(text, quotes); *text; text += strspn(text, quotes)) {
		size_t len = word_read_address(text, &ignored);

		if (len && (!text[len] || strchr(quotes, text[len])))
			return true;
		text += strcspn(text, "()[]{}<>,;\"'`|" WORD_BLANK);
	}
	return false;
}

bool word_hints_listing(const char *text)
{
	return word_has_address(text) || strcasestr(text, "iommu group") ||
	       strstr(text, "iommu_group") || strstr(text, "/devices/");
}

bool word_is_note(const char *text)
{
	static const char *const beginnings[] = {"(", "#", "//", "<-", NULL};

	text += strspn(text, WORD_BLANK);
	return !*text || (word_begins_with(text, beginnings) && !word_hints_listing(text) &&
			     !word_is_omission(text));
}

bool word_is_omission(const char *text)
{
	static const char *const words[] = {"snip", "omitted", "left out", "truncated", "elided",
	    "cut here", "8<", "[...", "[\u2026", NULL};
	const size_t marks = strspn(text, "#-=*_~<>[]()/ \t");

	for (size_t i = 0; words[i]; i++)
		if (strcasestr(text, words[i]))
			return true;
	return word_after(text + marks, "..") || word_after(text + marks, "\u2026");
}
