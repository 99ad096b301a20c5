/* SPDX-License-Identifier: MIT */
#include "bench/kernel/module_lines.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench/profile/perf.h"
#include "harness/memory.h"

/* harness/kernel/Kbuild replaces the path of the sources by this one in debug information. */
#define SOURCES "/ownbench/"

/* A function at an address. Functions that are inlined into each other share an address. */
struct entry {
	unsigned long long offset; /* from the start of the module's code */
	struct perf_frame frame;   /* owns its strings */
};

struct reader {
	const struct module_samples *samples;
	unsigned long long *offsets; /* distinct offsets of the sampled frames */
	size_t nr_offsets;
	struct entry *entries; /* innermost function first */
	size_t nr_entries;
	void (*each)(void *arg, const struct perf_sample *sample);
	void *arg;
};

/* Returns the offset of frame `i` in the code. In callers this is the byte before the return
 * address, which belongs to the call. */
static unsigned long long offset_of(
    const struct reader *reader, const struct perf_sample *sample, size_t i)
{
	return sample->frames[i].address - reader->samples->code - (i > 0);
}

/* Decides by the offset, since perf may attribute the frame to another binary, such as
 * [kernel.kallsyms]. */
static bool in_module(const struct reader *reader, unsigned long long offset)
{
	return offset < reader->samples->size;
}

static void collect_offsets(void *arg, const struct perf_sample *sample)
{
	struct reader *reader = arg;

	for (size_t i = 0; i < sample->nr; i++) {
		const unsigned long long offset = offset_of(reader, sample, i);
		size_t known = 0;

		while (known < reader->nr_offsets && reader->offsets[known] != offset)
			known++;
		if (!in_module(reader, offset) || known < reader->nr_offsets)
			continue;
		reader->offsets =
		    reallocate(reader->offsets, reader->nr_offsets + 1, sizeof(*reader->offsets));
		reader->offsets[reader->nr_offsets++] = offset;
	}
}

/* Returns the path of a source file that addr2line printed as `file`. */
static char *source_of(const struct reader *reader, const char *file)
{
	const size_t len = strlen(SOURCES);

	return strncmp(file, SOURCES, len) ? copy_text(file)
	                                   : format_text("%s/%s", reader->samples->top, file + len);
}

/* Adds a function from two lines that addr2line printed: its name, and "FILE:LINE". The line may be
 * unknown. */
static void add_entry(
    struct reader *reader, unsigned long long offset, const char *function, char *place)
{
	char *colon = strrchr(place, ':');
	const unsigned int line = colon ? (unsigned int)strtoul(colon + 1, NULL, 10) : 0;
	struct perf_frame frame = {
	    .binary = "[ownbench]", .function = copy_text(function), .line = line};

	if (line) {
		*colon = '\0';
		frame.file = source_of(reader, place);
	}
	reader->entries =
	    reallocate(reader->entries, reader->nr_entries + 1, sizeof(*reader->entries));
	reader->entries[reader->nr_entries++] = (struct entry){.offset = offset, .frame = frame};
}

/* Reads the output of addr2line: for each offset "0xOFFSET", and then two lines for each
 * function. */
static void read_entries(struct reader *reader, FILE *in)
{
	unsigned long long offset = 0;
	char *line = NULL, *place = NULL;
	size_t size = 0, place_size = 0;

	while (getline(&line, &size, in) >= 0) {
		line[strcspn(line, "\n")] = '\0';
		if (!strncmp(line, "0x", 2))
			offset = strtoull(line, NULL, 16);
		else if (getline(&place, &place_size, in) >= 0 && strcmp(line, "??"))
			add_entry(reader, offset, line, place);
	}
	free(line);
	free(place);
}

static int write_offsets(const struct reader *reader, const char *path, struct error *err)
{
	FILE *file = fopen(path, "we");

	for (size_t i = 0; file && i < reader->nr_offsets; i++)
		fprintf(file, "%#llx\n", reader->offsets[i]);
	return file && !fclose(file) ? 0 : error_errno(err, "cannot write %s", path);
}

static int find_entries(struct reader *reader, struct error *err)
{
	char *path = format_text("%s.offsets", reader->samples->script);
	char *file = format_text("@%s", path);
	const char *const argv[] = {"addr2line", "-e", reader->samples->module, "-j", ".text", "-a",
	    "-f", "-i", file, NULL};
	struct perf_reader output;
	int ret = write_offsets(reader, path, err);

	if (!ret)
		ret = perf_open(&output, argv, reader->samples->log, err);
	if (!ret) {
		read_entries(reader, output.out);
		ret = perf_close(&output, reader->samples->log, err);
	}
	unlink(path);
	free(file);
	free(path);
	return ret;
}

static size_t append_frame(struct perf_frame *frames, size_t nr, const struct reader *reader,
    const struct perf_frame *frame, unsigned long long offset)
{
	const size_t before = nr;

	for (size_t e = 0; e < reader->nr_entries; e++) {
		if (reader->entries[e].offset == offset && nr < PERF_FRAMES_MAX)
			frames[nr++] = reader->entries[e].frame;
	}
	if (nr == before && nr < PERF_FRAMES_MAX)
		frames[nr++] = *frame;
	return nr;
}

static void pass_sample(void *arg, const struct perf_sample *sample)
{
	struct reader *reader = arg;
	struct perf_sample *passed = allocate(1, sizeof(*passed));

	passed->event = sample->event;
	passed->weight = sample->weight;
	for (size_t i = 0; i < sample->nr; i++)
		passed->nr = append_frame(passed->frames, passed->nr, reader, &sample->frames[i],
		    offset_of(reader, sample, i));
	reader->each(reader->arg, passed);
	free(passed);
}

static int read_script(struct reader *reader,
    void (*each)(void *arg, const struct perf_sample *sample), struct error *err)
{
	FILE *file = fopen(reader->samples->script, "re");
	int ret;

	if (!file)
		return error_errno(err, "cannot read %s", reader->samples->script);
	ret = perf_script_read(file, each, reader, err);
	fclose(file);
	return ret;
}

int module_samples_read(const struct module_samples *samples,
    void (*each)(void *arg, const struct perf_sample *sample), void *arg, struct error *err)
{
	struct reader reader = {.samples = samples, .each = each, .arg = arg};
	int ret = read_script(&reader, collect_offsets, err);

	if (!ret && reader.nr_offsets)
		ret = find_entries(&reader, err);
	if (!ret)
		ret = read_script(&reader, pass_sample, err);
	for (size_t i = 0; i < reader.nr_entries; i++) {
		free((char *)reader.entries[i].frame.function);
		free((char *)reader.entries[i].frame.file);
	}
	free(reader.entries);
	free(reader.offsets);
	return ret;
}
