/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "harness/model/topology.h"
#include "harness/model/topology_line.h"
#include "harness/model/topology_list.h"

#define LONGEST_LINE 4096

struct parser {
	FILE *listing;
	unsigned long line; /* from 1 */
	bool in_group;      /* a heading is in force: */
	unsigned int group; /* devices without a group belong to this one */
	char text[LONGEST_LINE + 1];
	struct topology_list list;
};

static bool is_text(int c)
{
	return c == '\t' || c == '\r' || (c >= ' ' && c != 0x7f);
}

/* 1, 0 at the end of the listing, or -1 with the error set. */
static int next_line(struct parser *p, struct error *err)
{
	size_t len = 0;
	int c;

	p->line++;
	while ((c = getc_unlocked(p->listing)) != EOF && c != '\n') {
		if (!is_text(c))
			return error_set(err, "%s:%lu: byte 0x%02x: a listing is plain text",
			    p->list.source, p->line, (unsigned int)c);
		if (len == LONGEST_LINE)
			return error_set(err,
			    "%s:%lu: more than %d bytes: a listing has one device in a line",
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

/* "FILE:LINE: complaint: "the line"", printable and not too long. */
static int complain(const struct parser *p, const char *complaint, struct error *err)
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

static int add(struct parser *p, char *device, unsigned int group, bool removed, struct error *err)
{
	const struct topology_entry entry = {
	    .device = device,
	    .group = group,
	    .removed = removed,
	    .line = p->line,
	};

	return topology_list_add(&p->list, &entry, err);
}

static int take_line(struct parser *p, struct error *err)
{
	struct topology_line line;

	topology_line_read(p->text, &line);
	if (line.kind == TOPOLOGY_LINE_DEVICE || line.kind == TOPOLOGY_LINE_GROUP) {
		p->in_group = line.heading;
		p->group = line.group;
	}
	switch (line.kind) {
	case TOPOLOGY_LINE_NOTHING:
		return 0;
	case TOPOLOGY_LINE_GROUP:
		return add(p, NULL, line.group, false, err);
	case TOPOLOGY_LINE_DEVICE:
	case TOPOLOGY_LINE_REMOVED:
		return add(p, line.device, line.group, line.kind == TOPOLOGY_LINE_REMOVED, err);
	case TOPOLOGY_LINE_MEMBER:
		if (p->in_group)
			return add(p, line.device, p->group, false, err);
		return complain(p, "no line above names the group of this device", err);
	case TOPOLOGY_LINE_BAD_GROUP:
		return complain(p, "a group's number is 0 to 2147483647", err);
	case TOPOLOGY_LINE_UNKNOWN:
		break;
	}
	return complain(p, "not a device and its group, in no known form", err);
}

/* The base name up to its first dot; a hidden file keeps its whole name. */
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
		ret = topology_list_finish(&p.list, t, err);
	topology_list_free(&p.list);
	if (ret == 0 && !(t->name = topology_name(file))) {
		topology_free(t);
		ret = error_set(err, "%s: not enough memory", file);
	}
	return ret;
}
