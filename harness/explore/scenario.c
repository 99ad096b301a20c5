/* SPDX-License-Identifier: MIT */
#include "harness/explore/scenario.h"

#include <stdio.h>
#include <string.h>

const struct scenario *scenario_find(const struct explore_family *family, const char *name)
{
	for (const struct scenario *s = family->scenarios; s->name; s++)
		if (!strcmp(s->name, name))
			return s;
	return NULL;
}

/* Parses arguments such as ":0:A" according to `args` of struct script_word, which is "do" for this
 * example. */
static bool parse_args(const char *text, const char *args, struct action *action)
{
	for (; *args; args++, text += 2) {
		char low = *args == 'd' ? '0' : 'A', high = *args == 'd' ? '3' : 'B';

		if (text[0] != ':' || text[1] < low || text[1] > high)
			return false;
		if (*args == 'd')
			action->device = text[1] - low;
		else
			action->owner = text[1] - low + 1;
	}
	return !*text;
}

static bool parse_word(const struct script_word *words, const char *word, struct action *action)
{
	size_t len = strcspn(word, ":");

	for (; words->word; words++) {
		if (strlen(words->word) != len || strncmp(words->word, word, len))
			continue;
		*action = (struct action){.kind = words->kind};
		if (parse_args(word + len, words->args, action))
			return true;
	}
	return false;
}

static int parse_thread(const struct explore_family *family, const char *text,
    struct script *script, int t, struct error *err)
{
	char word[32];
	int used;

	for (; sscanf(text, " %31s%n", word, &used) == 1; text += used) {
		if (script->n_actions[t] == MAX_ACTIONS)
			return error_set(err, "a thread may have at most %d steps, not also %s",
			    MAX_ACTIONS, text);
		if (!parse_word(family->words, word, &script->actions[t][script->n_actions[t]++]))
			return error_set(
			    err, "no such step: %s (right would be %s)", word, family->some_words);
	}
	return 0;
}

int scenario_parse(const struct explore_family *family, const struct scenario *scenario,
    struct script *script, struct error *err)
{
	memset(script, 0, sizeof(*script));
	for (int t = 0; t < MAX_THREADS && scenario->threads[t]; t++) {
		script->n_threads = t + 1;
		if (parse_thread(family, scenario->threads[t], script, t, err))
			return -1;
	}
	if (!script->n_threads)
		return error_set(err, "a scenario needs at least one thread");
	return family->check ? family->check(script, err) : 0;
}
