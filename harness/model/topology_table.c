/* SPDX-License-Identifier: MIT */
#include "harness/model/topology_table.h"

#include <stdio.h>
#include <string.h>

#include "harness/model/topology_word.h"

/* Returns the length of a rule at the start of the text: '|', or one of U+2500 to U+257F. Returns 0
 * if there is none. */
static size_t rule_length(const char *text)
{
	if (*text == '|')
		return 1;
	return (word_after(text, "\xe2\x94") || word_after(text, "\xe2\x95")) && text[2] ? 3 : 0;
}

static bool is_border(const char *text)
{
	size_t len;

	while ((len = rule_length(text)))
		text += len;
	return !*text;
}

/* Copies the next cell, without blanks around it. Returns the text after it, or NULL if there is no
 * further cell. */
static const char *next_cell(const char *text, char cell[64])
{
	const char *begin = text + rule_length(text), *end;

	begin += strspn(begin, WORD_BLANK);
	if (!*begin)
		return NULL;
	for (text = begin; *text && !rule_length(text);)
		text++;
	for (end = text; end > begin && strchr(WORD_BLANK, end[-1]);)
		end--;
	snprintf(cell, 64, "%.*s", (int)(end - begin), begin);
	return text;
}

/* Reads column numbers from a heading. Returns false if the row is not a heading. */
static bool read_heading(struct topology_table *table, const char *text)
{
	struct topology_table found = {0, 0};
	char cell[64];

	for (unsigned int i = 1; (text = next_cell(text, cell)); i++) {
		if (strcmp(cell, "id") == 0)
			found.device = i;
		else if (strcmp(cell, "iommugroup") == 0)
			found.group = i;
	}
	if (found.device && found.group)
		*table = found;
	return found.device && found.group;
}

static void read_row(
    const struct topology_table *table, const char *text, struct topology_line *line)
{
	char cell[64], device[64] = "", group[64] = "";
	const char *number = group;

	for (unsigned int i = 1; (text = next_cell(text, cell)); i++) {
		if (i == table->device)
			memcpy(device, cell, sizeof(device));
		else if (i == table->group)
			memcpy(group, cell, sizeof(group));
	}
	if (!*device && !*group) /* continues the row above */
		line->kind = TOPOLOGY_LINE_NOTHING;
	else if (strcmp(group, "-1") == 0 && word_has_address(device))
		line->kind = TOPOLOGY_LINE_OTHER;
	else if (!word_read_group(&number, &line->group) || *number)
		line->kind = TOPOLOGY_LINE_BAD_GROUP;
	else if (word_read_address(device, line) == strlen(device))
		line->kind = TOPOLOGY_LINE_DEVICE;
}

bool topology_table_read(struct topology_table *table, const char *text, struct topology_line *line)
{
	if (!rule_length(text))
		return false;
	if (is_border(text) || read_heading(table, text)) {
		line->kind = TOPOLOGY_LINE_NOTHING;
		return true;
	}
	if (!table->device)
		return false;
	read_row(table, text, line);
	return true;
}
