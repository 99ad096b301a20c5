/* SPDX-License-Identifier: MIT */
#include "harness/model/topology_wrap.h"

#include <ctype.h>
#include <string.h>

#include "harness/model/topology_word.h"

/* Replacements for HTML entities, invisible characters, and characters that look like a blank. */
static const struct {
	const char *from, *to;
} characters[] = {
    {"\xef\xbb\xbf", ""},    /* byte order mark */
    {"\xe2\x80\x8b", ""},    /* zero-width space */
    {"\xc2\xa0", " "},       /* no-break space */
    {"\xe2\x80\xaf", " "},   /* narrow no-break space */
    {"\xe2\x80\xa2 ", "* "}, /* bullet */
    {"&nbsp;", " "},
    {"&gt;", ">"},
    {"&lt;", "<"},
    {"&quot;", "\""},
    {"&#39;", "'"},
    {"&amp;", "&"},
};

static void replace_characters(char *text)
{
	char *to = text;

	while (*text) {
		size_t i = 0, nr = sizeof(characters) / sizeof(characters[0]);

		while (i < nr && !word_after(text, characters[i].from))
			i++;
		if (i == nr) {
			*to++ = *text++;
			continue;
		}
		text += strlen(characters[i].from);
		for (const char *c = characters[i].to; *c; c++)
			*to++ = *c;
	}
	*to = '\0';
}

/* Returns the length of an HTML or forum tag at the start of the text, or 0. */
static size_t tag_length(const char *text)
{
	static const char *const names[] = {"details", "summary", "pre", "code", "p", "br", "div",
	    "span", "blockquote", "samp", "tt", "b", "i", "h1", "h2", "h3", "h4", "li", "ul",
	    "spoiler", "quote"};
	const char close = *text == '<' ? '>' : ']';
	const char *name, *end = strchr(text, close);

	if ((*text != '<' && *text != '[') || !end)
		return 0;
	name = text + 1 + (text[1] == '/');
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		size_t len = strlen(names[i]);

		if (strncasecmp(name, names[i], len) == 0 && strchr(" =/>]", name[len]))
			return (size_t)(end - text) + 1;
	}
	return 0;
}

/* Returns the length of a tag at the start of the text, or 0. A <summary> tag includes its
 * element's content, which is a title. */
static size_t tags_length(const char *text)
{
	const char *end =
	    strncasecmp(text, "<summary", 8) == 0 ? strcasestr(text, "</summary>") : NULL;

	return end ? (size_t)(end - text) + strlen("</summary>") : tag_length(text);
}

/* Returns whether the text is a code fence: "```" or "~~~", optionally with a language. */
static bool is_fence(const char *text)
{
	size_t run = strspn(text, "`");

	if (!run)
		run = strspn(text, "~");
	if (run < 3)
		return false;
	text += run;
	text += strspn(text, WORD_BLANK);
	while (isalnum((unsigned char)*text))
		text++;
	return !*text;
}

/* Returns the length of a mark at the start of the text, or 0. Marks are '+' of a diff, and '-' or
 * '*' of a list, before one blank. */
static size_t mark_length(const char *text, struct topology_line *line)
{
	const bool item =
	    (*text == '-' || *text == '*') && text[1] == ' ' && isgraph((unsigned char)text[2]);

	if (!item && (*text != '+' || text[1] == '+'))
		return 0;
	if (*text != '*')
		line->mark = *text;
	return 1 + (text[1] == ' ');
}

static void cut_tail(char *text)
{
	size_t len = strlen(text);
	char *open;

	while (len > 0 && strchr(WORD_BLANK "`", text[len - 1]))
		text[--len] = '\0';
	if (len == 0 || !strchr(">]", text[len - 1]))
		return;
	open = strrchr(text, text[len - 1] == '>' ? '<' : '[');
	if (open && open > text && tag_length(open) == strlen(open)) {
		*open = '\0';
		cut_tail(text);
	}
}

char *topology_unwrap(char *text, struct topology_line *line, bool *wrapped)
{
	char *before;

	replace_characters(text);
	*wrapped = false;
	for (;;) {
		line->indent = strspn(text, WORD_BLANK);
		text += line->indent;
		before = text;
		if (*text == '>')
			text += 1 + (text[1] == ' ');
		else if (*text == '`' && !is_fence(text))
			text++;
		else
			text += mark_length(text, line);
		if (text != before)
			continue;
		text += is_fence(text) ? strlen(text) : tags_length(text);
		if (text == before)
			break;
		*wrapped = true;
	}
	cut_tail(text);
	return text;
}
