/* SPDX-License-Identifier: MIT */
#include "harness/model/topology_line.h"

#include "harness/model/topology_form.h"
#include "harness/model/topology_table.h"
#include "harness/model/topology_word.h"
#include "harness/model/topology_wrap.h"

static bool is_left_out(const char *text, struct topology_line *line)
{
	if (!word_is_omission(text) || word_hints_listing(text))
		return false;
	line->kind = TOPOLOGY_LINE_LEFT_OUT;
	return true;
}

void topology_line_read(char *text, struct topology_table *table, struct topology_line *line)
{
	/* In this order: a free description follows what marks a line's form. */
	static bool (*const forms[])(const char *text, struct topology_line *line) = {
	    topology_form_heading, topology_form_loop, topology_form_shell, topology_form_log,
	    topology_form_ls, topology_form_path, topology_form_unraid, topology_form_xml,
	    topology_form_wrapper, topology_form_remark, topology_form_member, is_left_out};
	bool wrapped;

	*line = (struct topology_line){.kind = TOPOLOGY_LINE_UNKNOWN};
	text = topology_unwrap(text, line, &wrapped);
	if (!*text) {
		line->kind = wrapped ? TOPOLOGY_LINE_OTHER : TOPOLOGY_LINE_NOTHING;
		return;
	}
	if (topology_table_read(table, text, line))
		return;
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		if (forms[i](text, line))
			return;
}
