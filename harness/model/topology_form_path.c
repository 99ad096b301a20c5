/* SPDX-License-Identifier: MIT */
#include "harness/model/topology_form.h"

#include <stddef.h>
#include <string.h>

#include "harness/model/topology_word.h"

/* Returns whether nothing but an optional " -> target" and an optional note follows. */
static bool ends_link(const char *text)
{
	const char *target = word_after(text, " -> ");

	return word_is_note(target ? target + word_length(target) : text);
}

/* Returns whether the text equals one of `choices`, an array that ends with NULL. */
static bool is_one_of(const char *text, const char *const choices[])
{
	while (*choices && strcmp(text, *choices) != 0)
		choices++;
	return *choices;
}

/* Reads what follows the group's number in a path. */
static void read_group_path(const char *text, struct topology_line *line)
{
	static const char *const attributes[] = {
	    "", "/", ":", "/type", "/name", "/reserved_regions", NULL};
	static const char *const directory[] = {"", "/", ":", "/:", NULL};
	const char *devices = word_after(text, "/devices");
	size_t len;

	if (is_one_of(text, attributes)) {
		line->kind = TOPOLOGY_LINE_NOTHING;
	} else if (devices && is_one_of(devices, directory)) {
		line->kind = TOPOLOGY_LINE_GROUP;
		line->scope = TOPOLOGY_SCOPE_LS;
	} else if (devices && *devices == '/') {
		len = word_length(++devices);
		if (ends_link(devices + len) && word_read_device(devices, len, line))
			line->kind = TOPOLOGY_LINE_DEVICE;
	}
}

/* Returns whether the text is a path that starts below iommu_groups: "13/devices/0000:00:1f.0". */
static bool is_relative(const char *text)
{
	size_t digits = strspn(text, "0123456789");

	return digits && word_after(text + digits, "/devices");
}

/* Reads "/sys/kernel/iommu_groups/13/devices/0000:00:1f.0", or one of its parent directories. */
bool topology_form_path(const char *text, struct topology_line *line)
{
	const char *root = strstr(text, "iommu_groups"), *arrow = strstr(text, " -> ");

	if (root && ((arrow && arrow < root) || text + word_length(text) < root))
		return true; /* a link to a group, or a sentence that mentions the path */
	if (root) {
		text = root + strlen("iommu_groups");
		if (!*text || strcmp(text, ":") == 0 || strcmp(text, "/") == 0) {
			line->kind = TOPOLOGY_LINE_NOTHING;
			return true;
		}
		if (*text++ != '/')
			return true;
	} else {
		text = word_after(text, "./") ? text + 2 : text;
		if (!is_relative(text))
			return false;
	}
	if (word_read_group(&text, &line->group))
		read_group_path(text, line);
	else
		line->kind = TOPOLOGY_LINE_BAD_GROUP;
	return true;
}

static bool is_mode(const char *text)
{
	return *text && strchr("dl-", *text) && strspn(text + 1, "rwxsStT-") >= 9;
}

/* Skips the inode number and block count that find -ls, ls -i and ls -s print. */
static const char *after_numbers(const char *text)
{
	for (int i = 0; i < 2; i++) {
		const char *end = text + strspn(text, "0123456789");

		text = end + strspn(end, WORD_BLANK);
	}
	return text;
}

/* Reads "lrwxrwxrwx 1 root root 0 Feb 4 10:29 0000:00:1f.0 -> ../../../../devices/...". */
bool topology_form_ls(const char *text, struct topology_line *line)
{
	const char *arrow, *name;

	text = after_numbers(text);
	if (!is_mode(text))
		return false;
	arrow = strstr(text, " -> ");
	if (!arrow == (*text == 'l')) /* a link lacks its target, or another file has one */
		return true;
	if (!arrow) {
		line->kind = TOPOLOGY_LINE_NOTHING;
		return true;
	}
	name = word_before(text, arrow);
	if (memchr(name, '/', (size_t)(arrow - name)))
		topology_form_path(name, line);
	else if (ends_link(arrow) && word_read_device(name, (size_t)(arrow - name), line))
		line->kind = TOPOLOGY_LINE_MEMBER;
	return true;
}
