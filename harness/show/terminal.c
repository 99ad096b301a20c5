/* SPDX-License-Identifier: MIT */
#include "harness/show/terminal.h"

#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* Returns the positive number in an environment variable, or `otherwise` if it contains none. */
static unsigned int number_of_environment(const char *name, unsigned int otherwise)
{
	const char *text = getenv(name);
	char *end;
	long value;

	if (!text || !*text)
		return otherwise;
	value = strtol(text, &end, 10);
	return *end || value <= 0 || value > INT_MAX ? otherwise : (unsigned int)value;
}

static bool locale_is_utf8(void)
{
	locale_t locale = newlocale(LC_CTYPE_MASK, "", (locale_t)0);
	bool utf8;

	if (!locale)
		return false;
	utf8 = !strcmp(nl_langinfo_l(CODESET, locale), "UTF-8");
	freelocale(locale);
	return utf8;
}

static bool colour_is_wanted(void)
{
	const char *no_colour = getenv("NO_COLOR"), *term = getenv("TERM");

	return !(no_colour && *no_colour) && term && strcmp(term, "dumb") != 0;
}

struct terminal terminal_of(FILE *out)
{
	struct terminal terminal = {.utf8 = locale_is_utf8()};
	struct winsize size = {0};

	if (isatty(fileno(out))) {
		ioctl(fileno(out), TIOCGWINSZ, &size);
		terminal.rows = number_of_environment("LINES", size.ws_row);
		terminal.columns = number_of_environment("COLUMNS", size.ws_col);
		terminal.colour = colour_is_wanted();
	}
	return terminal;
}
