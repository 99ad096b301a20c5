/* SPDX-License-Identifier: MIT */
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "harness/model/topology_form.h"
#include "harness/model/topology_word.h"

/* Reads "<iommuGroup number='1'>". */
static bool read_group(const char *text, struct topology_line *line)
{
	const char *number = word_after(text, "<iommuGroup number=");

	if (!number)
		return false;
	line->kind = TOPOLOGY_LINE_BAD_GROUP;
	number += strspn(number, "'\"");
	if (word_read_group(&number, &line->group) &&
	    (strcmp(number, "'>") == 0 || strcmp(number, "\">") == 0)) {
		line->kind = TOPOLOGY_LINE_GROUP;
		line->scope = TOPOLOGY_SCOPE_LSPCI;
	}
	return true;
}

/* Reads "<address domain='0x0000' bus='0x01' slot='0x00' function='0x0'/>". */
static bool read_address(const char *text, struct topology_line *line)
{
	char domain[5], bus[3], slot[3], function[2], address[16];
	int used = 0;

	if (!word_after(text, "<address "))
		return false;
	sscanf(text,
	    "<address domain='0x%4[0-9a-f]' bus='0x%2[0-9a-f]' slot='0x%2[0-9a-f]' "
	    "function='0x%1[0-7]'/>%n",
	    domain, bus, slot, function, &used);
	if (!used || text[used])
		return true;
	snprintf(address, sizeof(address), "%s:%s:%s.%s", domain, bus, slot, function);
	if (word_read_address(address, line) == strlen(address))
		line->kind = TOPOLOGY_LINE_MEMBER;
	return true;
}

/* Reads the output of virsh nodedev-dumpxml. */
bool topology_form_xml(const char *text, struct topology_line *line)
{
	static const char *const others[] = {"<device>", "</device>", "<name>", "<path>",
	    "<parent>", "<driver>", "</driver>", "<capability ", "</capability>", "<class>",
	    "<domain>", "<bus>", "<slot>", "<function>", "<product ", "<vendor ", "<numa ",
	    "<pci-express>", "</pci-express>", "<link ", "</iommuGroup>", NULL};

	if (read_group(text, line) || read_address(text, line))
		return true;
	if (!word_begins_with(text, others) || text[strlen(text) - 1] != '>')
		return false;
	line->kind = TOPOLOGY_LINE_OTHER;
	line->ends_scope = word_after(text, "</iommuGroup>");
	return true;
}
