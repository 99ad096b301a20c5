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

/* Begins like an address: if it is none after all, it is a spoilt one and no platform device. */
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

bool word_is_platform_name(const char *text)
{
	size_t mark = strcspn(text, ".:");

	for (const char *p = text; *p; p++)
		if (!isalnum((unsigned char)*p) && !strchr("._:@,+-", *p))
			return false;
	return text[mark] && text[mark + 1];
}
