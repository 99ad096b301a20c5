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

/* Parses arguments such as ":0:A". `args` is as in struct script_word, for this example "do". */
static bool parse_args(const char *text, const char *args, struct action *action)
{
	for (; *args; args++, text += 2) {
		char low = *args == 'd' ? '0' : 'A';
		char end = *args == 'd' ? '0' + MAX_DEVICES : 'A' + MAX_OWNERS;

		if (text[0] != ':' || text[1] < low || text[1] >= end)
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
			return error_set(err, "a thread can have at most %d steps; too many: %s",
			    MAX_ACTIONS, text);
		if (!parse_word(family->words, word, &script->actions[t][script->n_actions[t]++]))
			return error_set(
			    err, "no such step: %s (must be %s)", word, family->some_words);
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

/* -- programs as text -- */

/* Splits the scenario's name at '|' into the texts of its threads. Returns 0, or -1 with an error
 * if there are too many threads. */
static int split_threads(struct program_text *program, struct error *err)
{
	char *rest = memcpy(program->threads, program->name, sizeof(program->threads));
	int n = 0;

	program->scenario = (struct scenario){.name = program->name, .summary = "a program"};
	while (rest) {
		if (n == MAX_THREADS)
			return error_set(err, "at most %d threads: %s", MAX_THREADS, program->name);
		program->scenario.threads[n++] = strsep(&rest, "|");
	}
	return 0;
}

const struct scenario *scenario_find_or_read(const struct explore_family *family, const char *name,
    struct program_text *program, struct error *err)
{
	const struct scenario *named = scenario_find(family, name);
	struct script script;

	if (named)
		return named;
	if (!strpbrk(name, " :|") || strlen(name) >= sizeof(program->name)) {
		error_set(err, "no such scenario: %.80s; --list --family=%s lists them", name,
		    family->name);
		return NULL;
	}
	snprintf(program->name, sizeof(program->name), "%s", name);
	return split_threads(program, err) ||
	               scenario_parse(family, &program->scenario, &script, err)
	           ? NULL
	           : &program->scenario;
}

static const struct script_word *word_of(const struct explore_family *family, int kind)
{
	const struct script_word *w = family->words;

	while (w->kind != kind)
		w++;
	return w;
}

static void write_action(
    FILE *out, const struct explore_family *family, const struct action *action)
{
	const struct script_word *w = word_of(family, action->kind);

	fputs(w->word, out);
	for (const char *arg = w->args; *arg; arg++)
		fprintf(out, ":%c", *arg == 'd' ? '0' + action->device : 'A' + action->owner - 1);
}

void scenario_write(
    const struct explore_family *family, const struct script *script, struct program_text *program)
{
	FILE *out = fmemopen(program->name, sizeof(program->name), "w");
	struct error ignored;

	for (int t = 0; out && t < script->n_threads; t++)
		for (int i = 0; i < script->n_actions[t]; i++) {
			fputs(i ? " " : t ? " | " : "", out);
			write_action(out, family, &script->actions[t][i]);
		}
	if (out)
		fclose(out);
	split_threads(program, &ignored);
}
