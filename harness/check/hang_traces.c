/* SPDX-License-Identifier: MIT */
#include "harness/check/hang_traces.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/check/call_names.h"

/* TRACES: maximum number of distinct traces. CALLS: maximum number of calls shown of each,
 * innermost first. */
enum { TRACES = 8, CALLS = 8, INDENT = 8 };

struct traces {
	struct call_names names;
	unsigned int n;
	struct {
		unsigned int threads;
		char *text;
	} all[TRACES];
};

static int add_frame(Dwfl_Frame *frame, void *arg)
{
	struct traces *traces = arg;
	bool activation;
	Dwarf_Addr pc;

	if (!dwfl_frame_pc(frame, &pc, &activation))
		return DWARF_CB_ABORT;
	/* `pc` is a return address, unless the frame was interrupted (`activation`).
	 * call_names_add() expects a return address. */
	call_names_add(&traces->names, (const void *)(uintptr_t)(pc + activation));
	return DWARF_CB_OK;
}

/* Returns the index of the first function with a source line, or of the named library function that
 * it called. */
static unsigned int first_shown(const struct call_names *names)
{
	unsigned int i = 0;

	while (i < names->n && !names->calls[i].site.file)
		i++;
	if (i == names->n)
		return 0;
	return i > 0 && names->calls[i - 1].function ? i - 1 : i;
}

/* Returns the trace as text, which the caller frees. */
static char *trace_text(const struct call_names *names)
{
	const unsigned int first = first_shown(names);
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	if (!out)
		abort(); /* out of memory: a trace needs only a few bytes */
	for (unsigned int i = first; i < names->n && i < first + CALLS; i++)
		call_names_print(out, &names->calls[i], INDENT);
	fclose(out);
	return text;
}

static int add_thread(Dwfl_Thread *thread, void *arg)
{
	struct traces *traces = arg;
	unsigned int i = 0;
	char *text;

	traces->names.n = 0;
	/* Ignore the result: the outermost frame always causes an error. */
	dwfl_thread_getframes(thread, add_frame, traces);
	text = trace_text(&traces->names);
	while (i < traces->n && strcmp(traces->all[i].text, text))
		i++;
	if (i == traces->n && i < TRACES)
		traces->all[traces->n++].text = text;
	else
		free(text);
	if (i < TRACES)
		traces->all[i].threads++;
	return DWARF_CB_OK;
}

void hang_traces(pid_t pid, char *text, size_t size)
{
	struct traces traces = {.n = 0};
	FILE *out = fmemopen(text, size, "w");

	if (!out)
		return;
	call_names_open(&traces.names, pid);
	if (traces.names.dwfl && !dwfl_linux_proc_attach(traces.names.dwfl, pid, false))
		dwfl_getthreads(traces.names.dwfl, add_thread, &traces);
	if (!traces.n)
		fputs("    call traces cannot be read: ptrace() is not permitted here\n", out);
	for (unsigned int i = 0; i < traces.n; i++) {
		fprintf(out, "    %u thread%s:\n%s", traces.all[i].threads,
		    traces.all[i].threads == 1 ? "" : "s", traces.all[i].text);
		free(traces.all[i].text);
	}
	call_names_close(&traces.names);
	fclose(out);
	text[size - 1] = '\0';
}
