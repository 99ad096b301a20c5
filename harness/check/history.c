/* SPDX-License-Identifier: MIT */
#include "harness/check/history.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

static const char *const kinds[SPEC_ALL_OPS] = {
    [SPEC_USE] = "use",
    [SPEC_UNUSE] = "unuse",
    [SPEC_GROUP_CLAIM] = "group_claim",
    [SPEC_GROUP_RELEASE] = "group_release",
    [SPEC_DEVICE_CLAIM] = "device_claim",
    [SPEC_DEVICE_RELEASE] = "device_release",
    [SPEC_CLAIMED] = "claimed",
    [SPEC_GET] = "get",
    [SPEC_SERVICE_USE] = "use",
    [SPEC_PUT] = "put",
    [SPEC_UNBIND] = "unbind",
    [SPEC_BIND] = "bind",
    [SPEC_TOUCH] = "touch",
    [SPEC_STATE] = "state",
};

int history_add(struct history *history, const struct history_op *op)
{
	if (history->nr == history->room) {
		size_t room = history->room ? 2 * history->room : 1024;
		struct history_op *ops = realloc(history->ops, room * sizeof(*ops));

		if (!ops)
			return -1;
		history->ops = ops;
		history->room = room;
	}
	history->ops[history->nr++] = *op;
	return 0;
}

void history_free(struct history *history)
{
	free(history->ops);
	*history = (struct history){0};
}

const char *history_kind_name(enum spec_op kind)
{
	return kinds[kind];
}

static bool answers_id(enum spec_op kind)
{
	return !spec_of(kind)->results[0].name;
}

struct history_text history_result(const struct history_op *op)
{
	struct history_text text = {"?"};

	if (answers_id(op->kind))
		snprintf(text.text, sizeof(text.text), "%d", op->result);
	else if (op->kind == SPEC_CLAIMED)
		snprintf(text.text, sizeof(text.text), op->result ? "true" : "false");
	else
		for (const struct spec_result *r = spec_of(op->kind)->results; r->name; r++)
			if (r->result == op->result)
				snprintf(text.text, sizeof(text.text), "%s", r->name);
	return text;
}

static bool is_claim(enum spec_op kind)
{
	return kind == SPEC_GROUP_CLAIM || kind == SPEC_DEVICE_CLAIM;
}

static bool has_device(enum spec_op kind)
{
	return kind == SPEC_USE || kind == SPEC_UNUSE || kind == SPEC_DEVICE_CLAIM ||
	       kind == SPEC_DEVICE_RELEASE;
}

static void write_return(FILE *out, const struct history_op *op)
{
	const char *quote = op->kind == SPEC_CLAIMED || answers_id(op->kind) ? "" : "\"";

	fprintf(out, ",\"return\":%" PRIu64 ",\"result\":%s%s%s", op->ret, quote,
	    history_result(op).text, quote);
}

int history_write(FILE *out, const struct history *history)
{
	for (size_t i = 0; i < history->nr; i++) {
		const struct history_op *op = &history->ops[i];

		fprintf(out, "{\"op\":\"%s\",\"thread\":%u,\"%s\":%" PRIu32, kinds[op->kind],
		    op->thread, spec_of(op->kind)->object, op->group);
		if (has_device(op->kind))
			fprintf(out, ",\"device\":%" PRIu32, op->device);
		if (is_claim(op->kind))
			fprintf(out, ",\"owner\":%" PRIu32, op->owner);
		fprintf(out, ",\"call\":%" PRIu64, op->call);
		if (op->ret != HISTORY_PENDING)
			write_return(out, op);
		fputs("}\n", out);
	}
	return ferror(out) ? -1 : 0;
}

/* -- reading -- */

static int get_number(
    const json_t *line, const char *key, uint64_t max, uint64_t *out, struct error *err)
{
	const json_t *value = json_object_get(line, key);

	if (!value)
		return error_set(err, "\"%s\" is missing", key);
	if (!json_is_integer(value) || json_integer_value(value) < 0 ||
	    (uint64_t)json_integer_value(value) > max)
		return error_set(err, "\"%s\" must be a whole number from 0 to %" PRIu64, key, max);
	*out = (uint64_t)json_integer_value(value);
	return 0;
}

/* Parses the name of the operation. "use" exists in two families: the object's key shows which one
 * is meant. */
static int get_kind(const json_t *line, struct history_op *op, struct error *err)
{
	const char *name = json_string_value(json_object_get(line, "op"));
	bool known = false;

	if (!name)
		return error_set(err, "\"op\" is missing or not a string");
	for (int k = 0; k < SPEC_ALL_OPS; k++) {
		const bool says = json_object_get(line, spec_of((enum spec_op)k)->object);

		if (strcmp(kinds[k], name) || (known && !says))
			continue;
		op->kind = (enum spec_op)k;
		known = true;
		if (says)
			break;
	}
	return known ? 0 : error_set(err, "no such operation: \"%s\"", name);
}

static int get_id(const json_t *line, struct history_op *op, struct error *err)
{
	uint64_t id = 0;

	if (get_number(line, "result", INT16_MAX, &id, err))
		return -1;
	op->result = (int16_t)id;
	return 0;
}

/* Sets an error that lists the legal results, for example "ok", "EBUSY" or "EINVAL". */
static int not_a_result(const struct spec *spec, struct error *err)
{
	char all[64] = "";

	for (const struct spec_result *r = spec->results; r->name; r++) {
		const size_t used = strlen(all);
		const char *before = r == spec->results ? "" : r[1].name ? ", " : " or ";

		snprintf(all + used, sizeof(all) - used, "%s\"%s\"", before, r->name);
	}
	return error_set(err, "\"result\" must be %s", all);
}

static int get_result(const json_t *line, struct history_op *op, struct error *err)
{
	const struct spec *spec = spec_of(op->kind);
	const json_t *value = json_object_get(line, "result");
	const char *name = json_string_value(value);

	if (op->kind == SPEC_CLAIMED) {
		op->result = json_is_true(value);
		return json_is_boolean(value)
		           ? 0
		           : error_set(err, "\"result\" of claimed must be true or false");
	}
	if (answers_id(op->kind))
		return get_id(line, op, err);
	for (const struct spec_result *r = spec->results; name && r->name; r++) {
		if (!strcmp(r->name, name)) {
			op->result = (int16_t)r->result;
			return 0;
		}
	}
	return not_a_result(spec, err);
}

static int get_return(const json_t *line, struct history_op *op, struct error *err)
{
	if (!json_object_get(line, "return")) {
		op->ret = HISTORY_PENDING;
		return json_object_get(line, "result")
		           ? error_set(err, "a \"result\" without a \"return\"")
		           : 0;
	}
	if (get_number(line, "return", INT64_MAX, &op->ret, err) || get_result(line, op, err))
		return -1;
	return op->ret < op->call ? error_set(err, "\"return\" comes before \"call\"") : 0;
}

/* Rejects unknown keys: a misspelt key must not be mistaken for a missing one. */
static int check_keys(json_t *line, struct error *err)
{
	static const char *const known[] = {
	    "op", "thread", "group", "provider", "device", "owner", "call", "return", "result"};
	const char *key;
	json_t *value;

	json_object_foreach (line, key, value) {
		size_t i = 0;

		while (i < sizeof(known) / sizeof(known[0]) && strcmp(known[i], key) != 0)
			i++;
		if (i == sizeof(known) / sizeof(known[0]))
			return error_set(err, "no such key: \"%s\"", key);
	}
	return 0;
}

static bool goes_with(const char *key, enum spec_op kind)
{
	return !strcmp(key, spec_of(kind)->object) ||
	       (has_device(kind) && !strcmp(key, "device")) ||
	       (is_claim(kind) && !strcmp(key, "owner"));
}

/* Rejects keys that belong to other operations or families, instead of silently ignoring them. */
static int check_kind(const json_t *line, enum spec_op kind, struct error *err)
{
	static const char *const some[] = {"group", "provider", "device", "owner"};

	for (size_t i = 0; i < sizeof(some) / sizeof(some[0]); i++) {
		if (json_object_get(line, some[i]) && !goes_with(some[i], kind))
			return error_set(err, "\"%s\" does not apply to %s of a %s", some[i],
			    kinds[kind], spec_of(kind)->object);
	}
	return 0;
}

static int get_op(json_t *line, struct history_op *op, struct error *err)
{
	uint64_t thread = 0, group = 0, device = 0, owner = 0;

	if (!json_is_object(line))
		return error_set(err, "not a JSON object");
	if (check_keys(line, err) || get_kind(line, op, err) ||
	    get_number(line, "thread", UINT16_MAX, &thread, err) ||
	    get_number(line, spec_of(op->kind)->object, UINT32_MAX, &group, err) ||
	    get_number(line, "call", INT64_MAX, &op->call, err) || get_return(line, op, err))
		return -1;
	if (has_device(op->kind) && get_number(line, "device", UINT32_MAX, &device, err))
		return -1;
	if (is_claim(op->kind) && get_number(line, "owner", UINT32_MAX, &owner, err))
		return -1;
	if (check_kind(line, op->kind, err))
		return -1;
	op->thread = (uint16_t)thread;
	op->group = (uint32_t)group;
	op->device = (uint32_t)device;
	op->owner = (uint32_t)owner;
	return 0;
}

static int parse_line(const char *text, size_t size, struct history_op *op, struct error *err)
{
	json_error_t why;
	json_t *line = json_loadb(text, size, JSON_REJECT_DUPLICATES, &why);
	int ret;

	*op = (struct history_op){0};
	if (!line)
		return error_set(err, "not JSON: %s", why.text);
	ret = get_op(line, op, err);
	json_decref(line);
	return ret;
}

static int read_lines(FILE *in, const char *path, struct history *history, struct error *err)
{
	char *text = NULL;
	size_t room = 0, number = 0;
	ssize_t len;
	int ret = 0;

	while (!ret && (len = getline(&text, &room, in)) >= 0) {
		struct history_op op;
		struct error why;

		number++;
		if (parse_line(text, (size_t)len, &op, &why))
			ret = error_set(err, "%s:%zu: %s", path, number, why.text);
		else if (history->nr && spec_of(op.kind) != spec_of(history->ops[0].kind))
			ret = error_set(err,
			    "%s:%zu: %s of a %s in a history of %ss: a file can have "
			    "operations of only one family",
			    path, number, kinds[op.kind], spec_of(op.kind)->object,
			    spec_of(history->ops[0].kind)->object);
		else if (history_add(history, &op))
			ret = error_set(err, "%s:%zu: not enough memory", path, number);
	}
	if (!ret && ferror(in))
		ret = error_errno(err, "%s", path);
	free(text);
	return ret;
}

/* Orders operations by thread, call and return: an operation of zero duration comes before one that
 * is called at the same time and returns later. */
static int by_thread(const void *a, const void *b)
{
	const struct history_op *x = *(const struct history_op *const *)a;
	const struct history_op *y = *(const struct history_op *const *)b;

	if (x->thread != y->thread)
		return x->thread < y->thread ? -1 : 1;
	if (x->call != y->call)
		return x->call < y->call ? -1 : 1;
	return x->ret < y->ret ? -1 : x->ret > y->ret;
}

/* Checks that no two operations of a thread overlap. `ops` has one operation per line of the file,
 * in the file's order. */
static int check_threads(
    const char *path, const struct history_op *ops, size_t nr, struct error *err)
{
	const struct history_op **order = malloc((nr + 1) * sizeof(*order));
	int ret = 0;

	if (!order)
		return error_set(err, "%s: not enough memory", path);
	for (size_t i = 0; i < nr; i++)
		order[i] = &ops[i];
	qsort(order, nr, sizeof(*order), by_thread);
	for (size_t i = 1; !ret && i < nr; i++) {
		const struct history_op *before = order[i - 1], *op = order[i];

		if (before->thread == op->thread && before->ret > op->call)
			ret = error_set(err,
			    "%s:%td: thread %u calls %s at %" PRIu64
			    " before its %s in line %td has returned",
			    path, op - ops + 1, op->thread, kinds[op->kind], op->call,
			    kinds[before->kind], before - ops + 1);
	}
	free(order);
	return ret;
}

int history_read(const char *path, struct history *history, struct error *err)
{
	const size_t first = history->nr;
	FILE *in = fopen(path, "re");
	int ret;

	if (!in)
		return error_errno(err, "%s", path);
	ret = read_lines(in, path, history, err);
	fclose(in);
	if (!ret && history->nr == first)
		ret = error_set(err, "%s:1: the history has no operations", path);
	if (!ret)
		ret = check_threads(path, history->ops + first, history->nr - first, err);
	return ret;
}
