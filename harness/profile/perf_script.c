/* SPDX-License-Identifier: MIT */
#include "harness/profile/perf_script.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/*
 * A sample is a line "TID PERIOD EVENT:", then two lines for each frame, "\tADDRESS FUNCTION
 * (BINARY)" and "  FILE:LINE", then an empty line. An inlined frame has "(inlined)" in place of the
 * binary.
 */
const char *const perf_script_arguments[] = {
    "-F", "tid,period,event,ip,sym,dso,srcline", "--full-source-path", NULL};

enum { TEXTS_MAX = 2 * PERF_FRAMES_MAX + 1 };

struct reader {
	struct perf_sample sample;
	bool within; /* between the first line of a sample and its end */
	bool cut;    /* the last frame was dropped, because it exceeded PERF_FRAMES_MAX */
	/* The strings that the frames point to; owned. */
	char *texts[TEXTS_MAX];
	size_t nr_texts;
};

static void forget_sample(struct reader *reader)
{
	for (size_t i = 0; i < reader->nr_texts; i++)
		free(reader->texts[i]);
	reader->nr_texts = 0;
	reader->sample.nr = 0;
	reader->within = false;
	reader->cut = false;
}

static char *keep_text(struct reader *reader, const char *text)
{
	char *kept = strdup(text);

	if (kept)
		reader->texts[reader->nr_texts++] = kept;
	return kept;
}

/* Removes the suffix if the text ends with it. Returns whether it did. */
static bool cut_suffix(char *text, const char *suffix)
{
	size_t len = strlen(text), cut = strlen(suffix);
	const bool found = len >= cut && !strcmp(text + len - cut, suffix);

	if (found)
		text[len - cut] = '\0';
	return found;
}

/* Parses "TID PERIOD EVENT:". The event's name may contain colons, but does not include the last
 * one. */
static int read_header(struct reader *reader, char *line)
{
	char *period, *event, *end;

	strtol(line, &period, 10);
	reader->sample.weight = strtod(period, &event);
	if (period == line || event == period || *event != ' ')
		return -1;
	event += strspn(event, " ");
	end = event + strlen(event);
	while (end > event && end[-1] == ' ')
		end--;
	if (end - event < 2 || end[-1] != ':')
		return -1;
	end[-1] = '\0';
	reader->within = true;
	reader->sample.event = keep_text(reader, event);
	return reader->sample.event ? 0 : -1;
}

/* Returns the '(' that matches the ')' at the end of the text, or NULL. */
static char *closed_bracket(char *text)
{
	char *at = text + strlen(text);
	int depth = 0;

	while (at-- > text) {
		depth += (*at == ')') - (*at == '(');
		if (depth <= 0)
			break;
	}
	return at >= text && *at == '(' ? at : NULL;
}

/* Returns the '(' before the binary, or NULL. Function names and binaries may contain brackets and
 * blanks: "call<void (int)>", "/bin/x (deleted)". But a binary is nearly always a path or in square
 * brackets, and a function name contains neither. */
static char *before_binary(char *text)
{
	char *path = strstr(text, " (/"), *name = strstr(text, " ([");

	if (!*text || text[strlen(text) - 1] != ')')
		return NULL;
	if (path && (!name || path < name))
		return path + 1;
	return name ? name + 1 : closed_bracket(text);
}

/* Parses "ADDRESS FUNCTION (BINARY)" or "ADDRESS FUNCTION (inlined)". */
static int read_frame(struct reader *reader, char *line)
{
	struct perf_frame *frame = &reader->sample.frames[reader->sample.nr];
	char *text, *binary;
	const unsigned long long address = strtoull(line, &text, 16);

	if (text == line || *text != ' ')
		return -1;
	reader->cut = reader->sample.nr == PERF_FRAMES_MAX;
	if (reader->cut)
		return 0;
	text = keep_text(reader, text + 1);
	if (!text)
		return -1;
	*frame = (struct perf_frame){.address = address, .function = text};
	reader->sample.nr++;
	if (cut_suffix(text, " (inlined)"))
		return 0;
	binary = before_binary(text);
	if (!binary || binary == text || binary[-1] != ' ')
		return 0;
	cut_suffix(binary, ")");
	binary[-1] = '\0';
	frame->binary = binary + 1;
	return 0;
}

/* Parses "FILE:LINE", which may end in " (inlined)". Ignores other text, which means that perf does
 * not know the line. */
static int read_place(struct reader *reader, const char *line)
{
	struct perf_frame *frame;
	char *text, *colon, *end;

	if (!reader->sample.nr)
		return -1;
	frame = &reader->sample.frames[reader->sample.nr - 1];
	if (reader->cut || frame->file || reader->nr_texts == TEXTS_MAX)
		return 0;
	text = keep_text(reader, line);
	if (!text)
		return -1;
	cut_suffix(text, " (inlined)");
	colon = strrchr(text, ':');
	if (!colon)
		return 0;
	frame->line = (unsigned int)strtoul(colon + 1, &end, 10);
	if (end == colon + 1 || *end || !frame->line) {
		frame->line = 0;
		return 0;
	}
	*colon = '\0';
	frame->file = text;
	return 0;
}

/*
 * Sets the binary of each inlined function to that of the enclosing frame, which has the same
 * address. If a symbol is an alias, perf reports it as inlined without such a frame. The binary is
 * then guessed from the source path: it is absolute for this program, but not for libraries, which
 * were built elsewhere.
 */
static void place_inlined(struct perf_sample *sample)
{
	for (size_t i = sample->nr; i-- > 0;) {
		struct perf_frame *frame = &sample->frames[i];
		const struct perf_frame *outer = frame + 1;

		if (frame->binary)
			continue;
		if (i + 1 < sample->nr && outer->address == frame->address)
			frame->binary = outer->binary;
		else
			frame->binary = frame->file && *frame->file == '/' ? "program" : "library";
	}
}

static void end_sample(
    struct reader *reader, void (*each)(void *arg, const struct perf_sample *sample), void *arg)
{
	if (reader->within) {
		place_inlined(&reader->sample);
		each(arg, &reader->sample);
	}
	forget_sample(reader);
}

static int read_line(struct reader *reader, char *line)
{
	if (!reader->within)
		return read_header(reader, line);
	if (*line == '\t')
		return read_frame(reader, line + 1);
	return *line == ' ' ? read_place(reader, line + strspn(line, " ")) : -1;
}

int perf_script_read(FILE *in, void (*each)(void *arg, const struct perf_sample *sample), void *arg,
    struct error *err)
{
	struct reader *reader = calloc(1, sizeof(*reader));
	size_t size = 0, number = 0;
	char *line = NULL;
	int ret = 0;

	if (!reader)
		return error_set(err, "not enough memory for a sample");
	while (!ret && getline(&line, &size, in) >= 0) {
		number++;
		line[strcspn(line, "\n")] = '\0';
		if (!line[strspn(line, " \t")])
			end_sample(reader, each, arg);
		else if (read_line(reader, line))
			ret = error_set(
			    err, "perf script: line %zu: unexpected format: %.100s", number, line);
	}
	if (!ret)
		end_sample(reader, each, arg);
	forget_sample(reader);
	free(reader);
	free(line);
	return ret;
}
