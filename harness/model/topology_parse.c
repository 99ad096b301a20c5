/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "harness/model/topology.h"
#include "harness/model/topology_form.h"
#include "harness/model/topology_line.h"
#include "harness/model/topology_list.h"
#include "harness/model/topology_order.h"
#include "harness/model/topology_table.h"
#include "harness/model/topology_word.h"
#include "harness/model/topology_wrap.h"

#define LONGEST_LINE 4096

struct parser {
	FILE *listing;
	unsigned long line;        /* from 1 */
	enum topology_scope scope; /* which of the next lines list devices of `group` */
	unsigned int group;        /* group that was named last */
	size_t indent;             /* indent of the last TOPOLOGY_LINE_MEMBER here; 0: none */
	char mark; /* '+' or '-', which all marked lines must have; 0: none was marked yet */
	char text[LONGEST_LINE + 1];
	struct topology_order order;
	struct topology_table table;
	struct topology_list list;
	unsigned long skipped, first_skipped;
};

static bool is_text(int c)
{
	return c == '\t' || c == '\r' || (c >= ' ' && c != 0x7f);
}

/* Skips the rest of a sequence such as "ESC [ 01;31 m" or "ESC [ K", which grep and ls print on a
 * terminal. Returns false if it is a different sequence. */
static bool skip_colour(FILE *listing)
{
	int c = getc_unlocked(listing);

	if (c != '[')
		return false;
	do {
		c = getc_unlocked(listing);
	} while ((c >= '0' && c <= '9') || c == ';');
	return c == 'm' || c == 'K';
}

/* Reads the next line into p->text. Returns 1 if there is one, 0 at the end of the listing, or -1
 * with the error set. */
static int next_line(struct parser *p, struct error *err)
{
	size_t len = 0;
	int c;

	p->line++;
	while ((c = getc_unlocked(p->listing)) != EOF && c != '\n') {
		if (c == '\x1b' && skip_colour(p->listing))
			continue;
		if (!is_text(c))
			return error_set(err,
			    "%s:%lu: byte 0x%02x is not text: give a plain-text listing",
			    p->list.source, p->line, (unsigned int)c);
		if (len == LONGEST_LINE)
			return error_set(err,
			    "%s:%lu: the line is longer than %d bytes: give one device per line",
			    p->list.source, p->line, LONGEST_LINE);
		p->text[len++] = (char)c;
	}
	if (ferror(p->listing))
		return error_errno(err, "cannot read %s", p->list.source);
	if (c == EOF && len == 0)
		return 0;
	while (len > 0 && isspace((unsigned char)p->text[len - 1]))
		len--;
	p->text[len] = '\0';
	return 1;
}

/* Sets the error to 'FILE:LINE: complaint: "the line"'. Unprintable bytes of the line are replaced,
 * and a long line is truncated. */
static int refuse_line(const struct parser *p, const char *complaint, struct error *err)
{
	enum { SHOWN = 60 };
	char shown[SHOWN + 1];
	size_t len = strnlen(p->text, SHOWN);

	for (size_t i = 0; i < len; i++)
		shown[i] = p->text[i] >= ' ' && p->text[i] <= '~' ? p->text[i] : '?';
	shown[len] = '\0';
	return error_set(err, "%s:%lu: %s: \"%s%s\"", p->list.source, p->line, complaint, shown,
	    p->text[len] ? "..." : "");
}

static int add_entry(
    struct parser *p, const struct topology_line *line, unsigned int group, struct error *err)
{
	const bool named = line->kind != TOPOLOGY_LINE_GROUP;
	struct topology_line device = *line;
	struct topology_entry entry = {
	    .device = named ? device.device : NULL,
	    .group = group,
	    .removed = line->kind == TOPOLOGY_LINE_REMOVED,
	    .line = p->line,
	};
	int ret;

	do {
		ret = topology_list_add(&p->list, &entry, err);
	} while (!ret && device.more && word_read_names(device.more, &device));
	return ret;
}

static void skip_line(struct parser *p, const struct topology_line *line)
{
	if (!p->skipped++)
		p->first_skipped = p->line;
	if (line->ends_scope)
		p->scope = TOPOLOGY_SCOPE_NONE;
}

static bool is_in_scope(const struct parser *p, const struct topology_line *line)
{
	switch (p->scope) {
	case TOPOLOGY_SCOPE_INDENTED:
		return line->indent > 0;
	case TOPOLOGY_SCOPE_LSPCI:
		return true;
	case TOPOLOGY_SCOPE_LS:
		return !line->described;
	case TOPOLOGY_SCOPE_NONE:
		break;
	}
	return false;
}

/* Handles an indented "IOMMU group: 13". Below a device, it must repeat the device's group.
 * Otherwise it is a heading. */
static int take_trait(struct parser *p, struct topology_line *line, struct error *err)
{
	if (p->scope == TOPOLOGY_SCOPE_NONE || line->indent < p->indent) {
		line->kind = TOPOLOGY_LINE_GROUP;
		p->scope = line->scope;
		p->group = line->group;
		return add_entry(p, line, line->group, err);
	}
	if (line->group == p->group)
		return 0;
	return refuse_line(p, "the heading puts the device above into another group", err);
}

static bool is_left_out(const char *text, struct topology_line *line)
{
	if (!word_is_omission(text) || word_hints_listing(text))
		return false;
	line->kind = TOPOLOGY_LINE_LEFT_OUT;
	return true;
}

/* Classifies a line. `text` has no newline, and is modified. `table` has the columns named in a
 * heading above. PCI addresses are converted to lower case, with a domain. */
static void read_line(char *text, struct topology_table *table, struct topology_line *line)
{
	/* The order matters: a free-text description may contain words of any other format, so the
	 * formats that have one come last. */
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

static int take_line(struct parser *p, struct error *err)
{
	char text[LONGEST_LINE + 1];
	struct topology_line line;

	memcpy(text, p->text, sizeof(text));
	read_line(text, &p->table, &line);
	if (line.mark && p->mark && line.mark != p->mark)
		return refuse_line(
		    p, "some lines are marked + and others -: give a listing, not a diff", err);
	if (line.mark)
		p->mark = line.mark;
	if (topology_order_note(&p->order, &line, p->line, err, p->list.source))
		return -1;
	switch (line.kind) {
	case TOPOLOGY_LINE_NOTHING:
		return 0;
	case TOPOLOGY_LINE_OTHER:
		skip_line(p, &line);
		return 0;
	case TOPOLOGY_LINE_TRAIT:
		return take_trait(p, &line, err);
	case TOPOLOGY_LINE_GROUP:
	case TOPOLOGY_LINE_DEVICE:
		p->scope = line.scope;
		p->group = line.group;
		p->indent = 0;
		return add_entry(p, &line, line.group, err);
	case TOPOLOGY_LINE_REMOVED:
		return add_entry(p, &line, line.group, err);
	case TOPOLOGY_LINE_MEMBER:
		if (!is_in_scope(p, &line))
			return refuse_line(p, "no line above names the group of this device", err);
		p->indent = line.indent;
		return add_entry(p, &line, p->group, err);
	case TOPOLOGY_LINE_LEFT_OUT:
		return refuse_line(p, "a part of the listing was left out here", err);
	case TOPOLOGY_LINE_BAD_GROUP:
		return refuse_line(p, "a group's number must be from 0 to 2147483647", err);
	case TOPOLOGY_LINE_UNKNOWN:
		break;
	}
	return refuse_line(
	    p, "the line does not show a device and its group in a known format", err);
}

/* Returns the file's base name up to its first dot. If it begins with a dot, returns all of it.
 * NULL if memory is short. */
static char *topology_name(const char *file)
{
	const char *slash = strrchr(file, '/');
	const char *base = slash ? slash + 1 : file;
	size_t len = strcspn(base, ".");

	return len ? strndup(base, len) : strdup(base);
}

int topology_parse(const char *file, FILE *listing, struct topology *t, struct error *err)
{
	struct parser p = {.listing = listing, .list.source = file};
	int ret;

	*t = (struct topology){0};
	while ((ret = next_line(&p, err)) > 0) {
		ret = take_line(&p, err);
		if (ret)
			break;
	}
	if (ret == 0)
		ret = topology_order_settle(&p.order, &p.list, err);
	if (ret == 0)
		ret = topology_list_finish(&p.list, t, err);
	topology_list_free(&p.list);
	t->skipped = p.skipped;
	t->first_skipped = p.first_skipped;
	if (ret == 0 && !(t->name = topology_name(file))) {
		topology_free(t);
		ret = error_set(err, "%s: not enough memory", file);
	}
	return ret;
}
