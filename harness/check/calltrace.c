/* SPDX-License-Identifier: MIT */
#include "harness/check/calltrace.h"

#include <string.h>
#include <unistd.h>

#include "harness/check/call_names.h"

/* -- taking -- */

#if defined(__x86_64__) || defined(__aarch64__)

/* A frame record. On x86-64 and arm64, the frame pointer points to it. */
struct frame_record {
	const struct frame_record *caller;
	const void *returns_to;
};

void calltrace_take(struct calltrace *trace, const void *end)
{
	const struct frame_record *f = __builtin_frame_address(0);

	trace->n = 0;
	while ((const void *)f < end && trace->n < CALLTRACE_MAX) {
		const struct frame_record *caller = f->caller;

		if (caller <= f) /* the outermost frame has no caller */
			return;
		trace->at[trace->n++] = f->returns_to;
		f = caller;
	}
}

#else

void calltrace_take(struct calltrace *trace, const void *end)
{
	(void)end;
	trace->n = 0;
}

#endif

/* -- printing -- */

/* Returns the index of the innermost call in the same file as `from`, or 0 if there is none. */
static unsigned int first_of(const struct call_names *names, const struct source_location *from)
{
	for (unsigned int i = 0; i < names->n; i++) {
		const char *file = names->calls[i].site.file;

		if (file && !strcmp(file, from->file))
			return i;
	}
	return 0;
}

void calltrace_print(FILE *out, const struct calltrace *trace, const struct source_location *from,
    unsigned int indent)
{
	struct call_names names;

	call_names_open(&names, getpid());
	for (unsigned int i = 0; i < trace->n; i++)
		call_names_add(&names, trace->at[i]);
	for (unsigned int i = first_of(&names, from); i < names.n; i++)
		call_names_print(out, &names.calls[i], indent);
	call_names_close(&names);
}

void calltrace_locate(const void *pc, struct source_location *site)
{
	struct call_names names;
	const char *file;

	call_names_open(&names, getpid());
	call_names_add(&names, pc);
	if (names.n && names.calls[0].site.file && (file = strdup(names.calls[0].site.file)))
		*site = (struct source_location){file, names.calls[0].site.line, site->what};
	call_names_close(&names);
}
