/* SPDX-License-Identifier: MIT */
#include "harness/results/report/html.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static const char *entity(unsigned char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return c < 0x20 && !strchr("\t\n\r", c) ? "\xef\xbf\xbd" : NULL;
	}
}

static void escape(FILE *out, const char *text)
{
	for (; text && *text; text++) {
		const char *instead = entity((unsigned char)*text);

		if (instead)
			fputs(instead, out);
		else
			fputc(*text, out);
	}
}

/* One conversion, "%...": returns what stands behind it. */
static const char *convert(FILE *out, const char *format, va_list *args)
{
	size_t len = strcspn(format + 1, "scdugf") + 2;
	char one[16];

	if (format[1] == '%') {
		fputc('%', out);
		return format + 2;
	}
	if (len > strlen(format) || len >= sizeof(one))
		abort(); /* a format of ours that html() does not speak */
	memcpy(one, format, len);
	one[len] = '\0';
	switch (one[len - 1]) {
	case 's':
		escape(out, va_arg(*args, const char *));
		break;
	case 'c':
	case 'd':
		fprintf(out, one, va_arg(*args, int));
		break;
	case 'u':
		fprintf(out, "%zu",
		    strchr(one, 'z') ? va_arg(*args, size_t) : va_arg(*args, unsigned int));
		break;
	default:
		fprintf(out, one, va_arg(*args, double));
	}
	return format + len;
}

void html(FILE *out, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	while (*format) {
		size_t plain = strcspn(format, "%");

		fwrite(format, 1, plain, out);
		format += plain;
		if (*format)
			format = convert(out, format, &args);
	}
	va_end(args);
}

void html_slug(FILE *out, const char *name)
{
	int gap = 0;

	for (; *name; name++) {
		if (!isalnum((unsigned char)*name) && *name != '_') {
			gap = 1;
			continue;
		}
		if (gap)
			fputc('-', out);
		gap = 0;
		fputc(*name, out);
	}
}
