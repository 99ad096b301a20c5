/* SPDX-License-Identifier: MIT */
#include "harness/model/topology_line.h"

#include <stddef.h>
#include <string.h>

#include "harness/model/topology_form.h"
#include "harness/model/topology_word.h"

void topology_line_read(const char *text, struct topology_line *line)
{
	/* In this order: a free description comes behind what marks a line's form. */
	static const topology_form forms[] = {topology_form_loop, topology_form_event,
	    topology_form_old_event, topology_form_ls, topology_form_path, topology_form_log,
	    topology_form_remark, topology_form_member};

	line->kind = TOPOLOGY_LINE_UNKNOWN;
	line->heading = false;
	if (word_after(text, "\xef\xbb\xbf")) /* the byte order mark of some editors */
		text += 3;
	text += strspn(text, ">" WORD_BLANK); /* mails quote */
	if (!*text || *text == '#') {
		line->kind = TOPOLOGY_LINE_NOTHING;
		return;
	}
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		if (forms[i](text, line))
			return;
}
