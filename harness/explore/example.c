/* SPDX-License-Identifier: MIT */
#include "harness/explore/example.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/explore/program.h"
#include "harness/results/file.h"

#define FIRST_LINE "ownbench counterexample 1"

const char *model_name(enum memory_model model)
{
	return model == MODEL_SC ? "sc" : "tso";
}

/* -- files -- */

int example_save(const char *path, const struct example *example, struct error *err)
{
	char text[512 + 3 * MAX_EVENTS];
	int len = snprintf(text, sizeof(text),
	    FIRST_LINE "\nimpl %s\nscenario %s\nmodel %s\nfault %s\nstores %s\nschedule",
	    example->impl, example->scenario, model_name(example->model), example->fault,
	    example->schedule.stores_are_steps ? "steps" : "silent");

	for (int i = 0; i < example->schedule.n; i++)
		len += snprintf(
		    text + len, sizeof(text) - (size_t)len, " %d", example->schedule.procs[i]);
	text[len++] = '\n';
	return file_write_whole(path, text, (size_t)len, err);
}

static int parse_schedule(const char *text, struct schedule *schedule, struct error *err)
{
	char *end;

	for (;; text = end) {
		long proc = strtol(text, &end, 10);

		if (end == text)
			return *text == '\0' || *text == '\n'
			           ? 0
			           : error_set(err, "not a process: %.20s", text);
		if (proc < 0 || proc >= MAX_PROCS || schedule->n == MAX_EVENTS)
			return error_set(err, "no such process: %ld (right would be 0 to %d)", proc,
			    MAX_PROCS - 1);
		schedule->procs[schedule->n++] = (uint8_t)proc;
	}
}

static int parse_example(const char *text, struct example *example, struct error *err)
{
	char model[8], stores[8];
	int used = 0;

	memset(example, 0, sizeof(*example));
	sscanf(text,
	    FIRST_LINE " impl %63s scenario %63s model %7s fault %15s stores %7s schedule%n",
	    example->impl, example->scenario, model, example->fault, stores, &used);
	if (!used)
		return error_set(err, "not a counterexample: it would begin with '" FIRST_LINE "'");
	if (strcmp(model, "sc") && strcmp(model, "tso"))
		return error_set(err, "no such model: %s (right would be sc or tso)", model);
	example->model = strcmp(model, "sc") ? MODEL_TSO : MODEL_SC;
	example->schedule.stores_are_steps = !strcmp(stores, "steps");
	return parse_schedule(text + used, &example->schedule, err);
}

int example_load(const char *path, struct example *example, struct error *err)
{
	struct error why;
	size_t size;
	char *text = file_read_whole(path, &size, err);
	int ret;

	if (!text)
		return -1;
	ret = parse_example(text, example, &why);
	free(text);
	return ret ? error_set(err, "%s: %.400s", path, why.text) : 0;
}

/* -- telling -- */

static void print_source(const struct site *site)
{
	char line[256] = "";
	FILE *f = fopen(site->file, "re");
	const char *name = strrchr(site->file, '/');
	int at = 0;

	while (f && at < site->line && fgets(line, sizeof(line), f))
		at++;
	if (f)
		fclose(f);
	line[strcspn(line, "\n")] = '\0';
	printf("  %s:%d", name ? name + 1 : site->file, site->line);
	if (at == site->line)
		printf("  %s", line + strspn(line, " \t"));
}

/* Pointers that a reader can name. */
static const char *name_of(const struct program *p, uintptr_t addr, char *buf, size_t size)
{
	const char *at = (const char *)addr;

	if (!addr)
		return "0";
	if (at == (const char *)&p->dma || at == (const char *)&p->managed)
		return at == (const char *)&p->dma ? "a driver" : "a managed driver";
	if (at >= p->owners && at < p->owners + NR_OWNERS) {
		snprintf(buf, size, "user %c", (char)('A' + (at - p->owners) - 1));
		return buf;
	}
	for (int d = 0; d < p->plan.n_devices; d++) {
		const char *dev = (const char *)p->devices[d];
		long offset = at - dev;

		if (offset < 0 || (size_t)offset > sizeof(struct device) + p->ops->device_size)
			continue;
		if ((size_t)offset < sizeof(p->devices[d]->driver))
			snprintf(buf, size, "devices[%d]->driver", d);
		else
			snprintf(buf, size, "devices[%d]+%ld", d, offset);
		return buf;
	}
	if (at - (const char *)p->group >= 0 && at - (const char *)p->group < 1024) {
		snprintf(buf, size, "group->state+%ld", at - (const char *)p->group->state);
		return buf;
	}
	snprintf(buf, size, "%#lx", (unsigned long)addr);
	return buf;
}

static void print_value(const struct program *p, const struct access *a, uint64_t value)
{
	char where[64], what[64];

	printf("  %s", name_of(p, (uintptr_t)a->addr, where, sizeof(where)));
	if (a->kind != ACCESS_LOCK && a->kind != ACCESS_UNLOCK)
		printf(" = %s", name_of(p, (uintptr_t)value, what, sizeof(what)));
}

void example_tell(struct machine *m, int proc, const struct access *a, uint64_t value)
{
	int thread = proc % MAX_THREADS;

	printf("%4d  thread %d  ", m->length, thread);
	if (a->kind == ACCESS_RETURN) {
		printf("==== %s\n", (int64_t)value < 0 ? strerrorname_np(-(int)value)
				    : value            ? "1"
						       : "0");
		return;
	}
	if (a->kind == ACCESS_FLUSH)
		printf("(buffer) ");
	if (a->kind == ACCESS_CALL)
		printf("---- ");
	printf("%s", a->kind == ACCESS_WAIT_END ? "end of wait" : a->site->what);
	if (a->addr)
		print_value(m->program, a, value);
	if (a->kind != ACCESS_CALL)
		print_source(a->site);
	putchar('\n');
}
