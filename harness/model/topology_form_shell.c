/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <stddef.h>
#include <string.h>

#include "harness/model/topology_form.h"
#include "harness/model/topology_word.h"

enum { LONGEST_PROMPT = 80 };

/* Returns the text after a prompt, which ends with one of `marks`. NULL if there is no prompt. */
static const char *after_mark(const char *text, const char *marks)
{
	for (size_t i = 0; i < LONGEST_PROMPT && text[i]; i++)
		if (strchr(marks, text[i]) && (!text[i + 1] || text[i + 1] == ' '))
			return text + i + 1;
	return NULL;
}

/* Skips a prompt such as "user@host:~$ ", "[root@host ~]# " or "user@host ~ % ". Returns NULL if
 * there is none. */
static const char *after_user_prompt(const char *text)
{
	const char *name = text + (*text == '[' || *text == '(');
	size_t len = strcspn(name, "@" WORD_BLANK);

	if (!len || name[len] != '@' || !isalnum((unsigned char)name[len + 1]))
		return NULL;
	return after_mark(name + len, "$#%>");
}

/* Skips a prompt such as "$ ", "% ", "sh-5.2# ", "bash-5.2$ ", "~ # ", "/ # " or "host:~ # ".
 * Returns NULL if there is none. A line that begins with "# " is a comment. */
static const char *after_plain_prompt(const char *text)
{
	static const char *const beginnings[] = {"sh-", "bash-", "~ ", "/ ", NULL};
	static const char *const arrows[] = {"\xe2\x9d\xaf ", "\xe2\x9e\x9c ", NULL};
	size_t len = word_length(text);

	if ((*text == '$' || *text == '%') && (!text[1] || text[1] == ' '))
		return text + 1;
	if (word_begins_with(text, arrows))
		return text + 4;
	if (word_begins_with(text, beginnings) || (len > 2 && memchr(text, '~', len)))
		return after_mark(text, "$#%>");
	return NULL;
}

/* Reads "ls -l /sys/kernel/iommu_groups/6/devices/" as a heading. ls itself prints no heading for a
 * single directory. */
static bool read_single_ls(const char *text, struct topology_line *line)
{
	const char *rest;

	text += strspn(text, WORD_BLANK);
	if ((rest = word_after(text, "sudo ")))
		text = rest + strspn(rest, WORD_BLANK);
	text = word_after(text, "ls ");
	if (!text)
		return false;
	for (;;) {
		text += strspn(text, WORD_BLANK);
		if (*text != '-')
			break;
		text += word_length(text);
	}
	if (!*text || text[word_length(text)])
		return false;
	return topology_form_path(text, line) && line->kind == TOPOLOGY_LINE_GROUP;
}

static bool read_command(const char *text, struct topology_line *line)
{
	if (read_single_ls(text, line))
		return true;
	line->kind = TOPOLOGY_LINE_OTHER;
	line->ends_scope = true;
	return true;
}

/* Returns whether the text begins with a shell keyword, or a command that can print listings. */
static bool is_command(const char *text)
{
	static const char *const words[] = {"ls", "find", "dmesg", "journalctl", "lspci", "cat",
	    "grep", "sudo", "echo", "printf", "shopt", "while", "if", "bash", "sh", "pvesh", "cd"};
	static const char *const ends[] = {"do", "done", "fi", "then", "else"};
	const char *rest;

	if (strstr(text, "${") || strstr(text, "$(") || word_after(text, "#!/"))
		return true;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		rest = word_after(text, words[i]);
		if (rest && (!*rest || strchr(" \t|;", *rest)))
			return !*rest || strpbrk(rest, "-/|[\"'*$") || strlen(rest) < 10;
	}
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		rest = word_after(text, ends[i]);
		if (rest && (!*rest || *rest == ';' || word_after(rest, " |")))
			return true;
	}
	return word_after(text, "for ") && strstr(text, " in ") && strpbrk(text, "/*$;");
}

bool topology_form_shell(const char *text, struct topology_line *line)
{
	const char *command = after_user_prompt(text);

	if (!command)
		command = after_plain_prompt(text);
	if (!command && is_command(text))
		command = text;
	if (!command)
		return false;
	return read_command(command, line);
}

/* Reads "# lspci", "## My board", "# a remark". */
static bool read_comment(const char *text, struct topology_line *line)
{
	struct topology_line inner = {.indent = 0};

	text += strspn(text, "#" WORD_BLANK);
	if (read_single_ls(text, line))
		return true;
	line->kind = TOPOLOGY_LINE_OTHER;
	line->ends_scope = text[strcspn(text, "0123456789")] || strcasestr(text, "group");
	if (is_command(text))
		return true;
	if (word_is_omission(text))
		line->kind = TOPOLOGY_LINE_LEFT_OUT;
	else if (word_has_address(text) || topology_form_loop(text, &inner))
		line->kind = TOPOLOGY_LINE_UNKNOWN;
	return true;
}

/* Reads "### Group 1 ###", "== IOMMU Group 1 ==", "**IOMMU Group 1:**". */
static bool read_heading(const char *text, struct topology_line *line)
{
	const size_t run = strspn(text, (char[]){*text, '\0'});
	const char *inside = text + run + strspn(text + run, WORD_BLANK);
	char name[64];
	size_t len = strlen(inside);

	if (!*text || !strchr("#*=-_~", *text) || (run < 2 && !strchr("#*", *text)) ||
	    len >= sizeof(name))
		return false;
	while (len > 0 && (inside[len - 1] == *text || strchr(WORD_BLANK, inside[len - 1])))
		len--;
	memcpy(name, inside, len);
	name[len] = '\0';
	return topology_form_loop(name, line) && line->kind == TOPOLOGY_LINE_GROUP;
}

bool topology_form_heading(const char *text, struct topology_line *line)
{
	struct topology_line heading = *line;

	if (read_heading(text, &heading)) {
		*line = heading;
		return true;
	}
	return *text == '#' && read_comment(text, line);
}
