/* SPDX-License-Identifier: MIT */
#include "harness/memory.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static void *or_end(void *memory)
{
	if (!memory)
		abort();
	return memory;
}

void *allocate(size_t nr, size_t size)
{
	return or_end(calloc(nr ? nr : 1, size));
}

void *reallocate(void *array, size_t nr, size_t size)
{
	return or_end(reallocarray(array, nr ? nr : 1, size));
}

char *copy_text(const char *text)
{
	return text ? or_end(strdup(text)) : NULL;
}

char *format_text(const char *format, ...)
{
	va_list arguments;
	char *text = NULL;

	va_start(arguments, format);
	if (vasprintf(&text, format, arguments) < 0)
		text = NULL;
	va_end(arguments);
	return or_end(text);
}

FILE *text_stream(char **text, size_t *size)
{
	return or_end(open_memstream(text, size));
}
