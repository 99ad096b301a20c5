/* SPDX-License-Identifier: MIT */
#include "harness/env/read.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "harness/files/file.h"

char *env_read(const struct env_root *root, const char *format, ...)
{
	char name[PATH_MAX], path[PATH_MAX];
	struct error err;
	va_list args;
	size_t size;
	char *text;
	int len;

	va_start(args, format);
	len = vsnprintf(name, sizeof(name), format, args);
	va_end(args);
	if (len >= (int)sizeof(name))
		return NULL;
	if (snprintf(path, sizeof(path), "%s%s", root->prefix, name) >= (int)sizeof(path))
		return NULL;
	text = file_read_whole(path, &size, &err);
	while (text && size > 0 && isspace((unsigned char)text[size - 1]))
		text[--size] = '\0';
	return text;
}

static int is_visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

json_t *env_read_directory(const struct env_root *root, const char *name)
{
	struct dirent **entries;
	char path[PATH_MAX];
	json_t *names;
	int nr;

	if (snprintf(path, sizeof(path), "%s%s", root->prefix, name) >= (int)sizeof(path))
		return NULL;
	nr = scandir(path, &entries, is_visible, alphasort);
	if (nr < 0)
		return NULL;
	names = json_array();
	for (int i = 0; i < nr; i++) {
		json_array_append_new(names, json_string(entries[i]->d_name));
		free(entries[i]);
	}
	free(entries);
	return names;
}

char *env_value(const char *text, const char *key)
{
	const size_t len = strlen(key);

	for (const char *line = text; line; line = strchr(line, '\n')) {
		line += *line == '\n';
		if (strncmp(line, key, len) == 0) {
			const char *value = line + len + strspn(line + len, " \t");

			if (*value == ':') {
				value += 1 + strspn(value + 1, " \t");
				return strndup(value, strcspn(value, "\n"));
			}
		}
	}
	return NULL;
}

json_t *env_string(const char *text)
{
	return text ? json_string(text) : NULL;
}

json_t *env_string_own(char *text)
{
	json_t *string = env_string(text);

	free(text);
	return string;
}

json_t *env_integer_own(char *text)
{
	json_t *integer = NULL;
	long long value;
	char *end;

	if (text) {
		errno = 0;
		value = strtoll(text, &end, 10);
		if (end != text && !errno)
			integer = json_integer(value);
	}
	free(text);
	return integer;
}

void env_put(json_t *object, const char *key, json_t *value)
{
	json_object_set_new(object, key, value ? value : json_null());
}

int env_has_word(const char *text, const char *word)
{
	const size_t len = strlen(word);

	while (*text) {
		const size_t found = strcspn(text, " \t\n");

		if (found == len && strncmp(text, word, len) == 0)
			return 1;
		text += found;
		text += strspn(text, " \t\n");
	}
	return 0;
}

json_t *env_at(const json_t *env, const char *path)
{
	json_t *value = NULL;

	for (const char *end; env; path = end + 1, env = value) {
		char key[64];

		end = strchrnul(path, '.');
		snprintf(key, sizeof(key), "%.*s", (int)(end - path), path);
		value = json_object_get(env, key);
		if (!*end)
			return json_is_null(value) ? NULL : value;
	}
	return NULL;
}
