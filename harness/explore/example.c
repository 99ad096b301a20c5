/* SPDX-License-Identifier: MIT */
#include "harness/explore/example.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/explore/family.h"
#include "harness/explore/messages.h"
#include "harness/files/file.h"

#define FIRST_LINE "ownbench counterexample 4"

static const char *const models[] = {
    [MODEL_SC] = "sc", [MODEL_TSO] = "tso", [MODEL_RC11] = "rc11", NULL};
static const char *const details[] = {
    [DETAIL_NONE] = "shared", [DETAIL_STORES] = "stores", [DETAIL_WORK] = "work", NULL};
static const char *const driver_stores[] = {"release", "write-once", NULL};

const char *model_name(enum memory_model model)
{
	return models[model];
}

/* -- files -- */

/* Writes the lock reports as comments. Each line begins with '#'. */
static void write_reports(FILE *out, const struct lockorder *locks)
{
	char *text = NULL, *rest, *line;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	if (!f)
		return;
	lockorder_print(f, locks);
	fclose(f);
	rest = text;
	while ((line = strsep(&rest, "\n")) && rest)
		fprintf(out, "# %s\n", line);
	free(text);
}

/* Writes the set's members, or "nothing" if it is empty. */
static void write_bytes(FILE *out, const char *key, const bool *set, int n)
{
	bool any = false;

	fprintf(out, "\n%s", key);
	for (int i = 0; i < n; i++) {
		any |= set[i];
		if (set[i])
			fprintf(out, " %d", i);
	}
	if (!any)
		fprintf(out, " nothing");
}

int example_save(const char *path, const struct example *example, struct error *err)
{
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);
	int ret;

	if (!f)
		return error_errno(err, "%s", path);
	fprintf(f,
	    FIRST_LINE "\nfamily %s\nimpl %s\nscenario %s\nmodel %s\nfault %s\ndriver %s\nsteps %s",
	    example->family, example->impl, example->scenario, model_name(example->model),
	    example->fault, driver_stores[example->write_once], details[example->schedule.detail]);
	write_bytes(f, "freed", example->schedule.freed, MAX_ARENA);
	write_bytes(f, "plain", example->schedule.plain, MAX_BYTES);
	fprintf(f, "\nschedule");
	for (int i = 0; i < example->schedule.n; i++) {
		fprintf(f, " %d", example->schedule.procs[i]);
		if (example->schedule.picks[i])
			fprintf(f, ":%d", example->schedule.picks[i]);
	}
	fputc('\n', f);
	if (example->locks)
		write_reports(f, example->locks);
	fclose(f);
	ret = file_write_whole(path, text, size, err);
	free(text);
	return ret;
}

/* A text that is read line by line. */
struct reader {
	char *rest;
	unsigned int line;
};

/* Returns the value in the next line, which must begin with `key`. If it does not, returns NULL
 * with an error. */
static char *read_value(struct reader *r, const char *key, struct error *err)
{
	char *line = strsep(&r->rest, "\n");
	size_t len = strlen(key);

	r->line++;
	if (line && !strncmp(line, key, len) && line[len] == ' ')
		return line + len + 1;
	if (line && (*line || r->rest))
		error_set(err, "expected '%s ...', found '%.40s'", key, line);
	else
		error_set(err, "expected '%s ...', found the end of the file", key);
	return NULL;
}

static int read_name(struct reader *r, const char *key, char *name, size_t size, struct error *err)
{
	const char *value = read_value(r, key, err);

	if (!value)
		return -1;
	if (!*value || strlen(value) >= size)
		return error_set(err, "%s: expected a name of 1 to %zu letters, found '%.80s'", key,
		    size - 1, value);
	memcpy(name, value, strlen(value) + 1);
	return 0;
}

/* Returns the index of the next line's value in `words`, or -1 with an error. */
static int read_word(struct reader *r, const char *key, const char *const *words, struct error *err)
{
	const char *value = read_value(r, key, err), *joint;
	char right[64] = "";

	if (!value)
		return -1;
	for (int i = 0; words[i]; i++) {
		if (!strcmp(value, words[i]))
			return i;
		joint = words[i + 1] ? ", " : " or ";
		snprintf(right + strlen(right), sizeof(right) - strlen(right), "%s%s",
		    i ? joint : "", words[i]);
	}
	return error_set(err, "%s: expected %s, found '%.40s'", key, right, value);
}

/* Reads a set that write_bytes() has written. */
static int read_bytes(struct reader *r, const char *key, bool *set, int n, struct error *err)
{
	const char *text = read_value(r, key, err);
	char *end;

	if (!text)
		return -1;
	if (!strcmp(text, "nothing"))
		return 0;
	for (; *text; text = end) {
		long offset = strtol(text, &end, 10);

		if (end == text || offset < 0 || offset >= n)
			return error_set(err,
			    "%s: expected 'nothing' or offsets from 0 to %d, found '%.20s'", key,
			    n - 1, text);
		set[offset] = true;
	}
	return 0;
}

/* Parses ":PICK", which may follow a process number. Without it, the pick is 0. */
static int parse_pick(char **text, uint8_t *pick, struct error *err)
{
	long value;

	*pick = 0;
	if (**text != ':')
		return 0;
	value = strtol(*text + 1, text, 10);
	if (value < 0 || value >= MAX_PICKS)
		return error_set(err, "no such pick: %ld (must be 0 to %d)", value, MAX_PICKS - 1);
	*pick = (uint8_t)value;
	return 0;
}

static int parse_schedule(const char *text, struct schedule *schedule, struct error *err)
{
	char *end;

	for (;; text = end) {
		long proc = strtol(text, &end, 10);

		if (end == text)
			break;
		if (proc < 0 || proc >= MAX_PROCS)
			return error_set(
			    err, "no such process: %ld (must be 0 to %d)", proc, MAX_PROCS - 1);
		if (schedule->n == MAX_EVENTS)
			return error_set(err, "more than %d steps", MAX_EVENTS);
		schedule->procs[schedule->n] = (uint8_t)proc;
		if (parse_pick(&end, &schedule->picks[schedule->n++], err))
			return -1;
	}
	if (*text)
		return error_set(err, "schedule: expected a process number, found '%.20s'",
		    text + strspn(text, " "));
	return schedule->n ? 0 : error_set(err, "the schedule has no steps");
}

/* Checks that only comments and blank lines follow. */
static int expect_comments(struct reader *r, struct error *err)
{
	const char *line;

	while ((line = strsep(&r->rest, "\n"))) {
		r->line++;
		if (*line && *line != '#')
			return error_set(err, "unexpected text after the schedule");
	}
	return 0;
}

static int parse_example(struct reader *r, struct example *example, struct error *err)
{
	const char *first = strsep(&r->rest, "\n"), *steps;
	int model, driver, detail;

	r->line++;
	if (strcmp(first, FIRST_LINE))
		return error_set(
		    err, "not a counterexample: the first line is not '" FIRST_LINE "'");
	if (read_name(r, "family", example->family, sizeof(example->family), err) ||
	    read_name(r, "impl", example->impl, sizeof(example->impl), err) ||
	    read_name(r, "scenario", example->scenario, sizeof(example->scenario), err) ||
	    (model = read_word(r, "model", models, err)) < 0 ||
	    read_name(r, "fault", example->fault, sizeof(example->fault), err) ||
	    (driver = read_word(r, "driver", driver_stores, err)) < 0 ||
	    (detail = read_word(r, "steps", details, err)) < 0 ||
	    read_bytes(r, "freed", example->schedule.freed, MAX_ARENA, err) ||
	    read_bytes(r, "plain", example->schedule.plain, MAX_BYTES, err) ||
	    !(steps = read_value(r, "schedule", err)))
		return -1;
	example->model = (enum memory_model)model;
	example->write_once = driver;
	example->schedule.detail = (enum detail)detail;
	if (parse_schedule(steps, &example->schedule, err))
		return -1;
	return expect_comments(r, err);
}

int example_load(const char *path, struct example *example, struct error *err)
{
	struct error why;
	size_t size;
	char *text = file_read_whole(path, &size, err);
	struct reader r = {.rest = text};
	int ret;

	if (!text)
		return -1;
	memset(example, 0, sizeof(*example));
	ret = parse_example(&r, example, &why);
	free(text);
	return ret ? error_set(err, "%s:%u: %.400s", path, r.line, why.text) : 0;
}

/* -- telling -- */

/* Returns a readable name of an address, or the address as a number if it has none. */
static const char *name_of(const struct machine *m, uintptr_t addr, char *buf, size_t size)
{
	const char *name = addr ? m->family->name_of(m->program, addr, buf, size) : "0";

	if (name)
		return name;
	snprintf(buf, size, "%#lx", (unsigned long)addr);
	return buf;
}

static void print_value(const struct machine *m, const struct access *a, uint64_t value)
{
	char where[64], what[64];

	printf("  %s", name_of(m, (uintptr_t)a->addr, where, sizeof(where)));
	/* A plain store is printed before it takes effect, so its value is not known yet. */
	if (a->kind != ACCESS_LOCK && a->kind != ACCESS_UNLOCK && a->kind != ACCESS_PLAIN_STORE)
		printf(" = %s", name_of(m, (uintptr_t)value, what, sizeof(what)));
}

static const char *file_name(const struct source_location *site)
{
	const char *slash = strrchr(site->file, '/');

	return slash ? slash + 1 : site->file;
}

/* Prints which store a message is, for example "the store of 5 by thread 1 at
 * device_slots.c:120". */
static void print_message(const struct machine *m, const struct message *msg)
{
	char value[64];

	printf("the store of %s by thread %d at %s:%d",
	    name_of(m, (uintptr_t)msg->value, value, sizeof(value)), msg->thread,
	    file_name(msg->site), msg->site->line);
}

/* RC11: prints which message was read, or where a message was inserted, unless this is the
 * location's last message. */
static void print_pick(struct machine *m, const struct access *a)
{
	const bool writes = messages_stored(m, a)->event == m->length - 1;
	const struct message *own =
	    writes ? messages_stored(m, a) : messages_read_by(m, a, m->pick);
	const struct message *last = messages_last(m, a);

	if (m->pick >= PICK_FAILS)
		printf(" (fails spuriously)");
	if (own == last)
		return;
	if (writes)
		printf(", inserted in modification order before ");
	else if (own->site)
		printf(", stored by thread %d at %s:%d; the last in modification order is ",
		    own->thread, file_name(own->site), own->site->line);
	else
		printf(", the initial value; the last in modification order is ");
	print_message(m, last);
}

void example_print_step(struct machine *m, int proc, const struct access *a, uint64_t value)
{
	int thread = proc % MAX_THREADS;

	printf("%4d  thread %d  ", m->length, thread);
	if (a->kind == ACCESS_RETURN) {
		const char *name = (int64_t)value < 0 ? strerrorname_np(-(int)value) : NULL;

		if (name)
			printf("==== %s\n", name);
		else
			printf("==== %d\n", (int)value);
		return;
	}
	if (a->kind == ACCESS_FLUSH)
		printf("(buffer) ");
	if (a->kind == ACCESS_INTERRUPT)
		printf("(interrupt) ");
	if (a->kind == ACCESS_CALL)
		printf("---- ");
	if (a->kind == ACCESS_DEAD)
		printf("**** use of freed or unallocated memory: ");
	printf("%s", a->kind == ACCESS_WAIT_END ? "end of wait" : a->site->what);
	if (a->kind == ACCESS_INTERRUPT)
		printf(" of thread %d: passes a full fence here", (int)value);
	if (a->addr)
		print_value(m, a, value);
	if (m->model == MODEL_RC11 && access_has_messages(a))
		print_pick(m, a);
	if (a->kind != ACCESS_CALL) {
		printf("  ");
		source_location_print(stdout, a->site);
	}
	putchar('\n');
}
