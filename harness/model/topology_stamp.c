/* SPDX-License-Identifier: MIT */
#include "harness/model/topology_stamp.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "harness/model/topology_word.h"

struct date {
	unsigned int year, month, day, hour, minute;
	double second;
};

/* Returns a number that orders dates. It is not a time, because every month has 31 days. */
static double date_seconds(const struct date *d)
{
	return (((d->year * 12.0 + d->month) * 31 + d->day) * 24 + d->hour) * 3600 +
	       d->minute * 60 + d->second;
}

static void set_time(struct topology_line *line, enum topology_clock clock, double time)
{
	if (line->clock != TOPOLOGY_CLOCK_NONE)
		return;
	line->clock = clock;
	line->time = time;
}

static void set_date(struct topology_line *line, const struct date *d)
{
	set_time(line, d->year ? TOPOLOGY_CLOCK_DATE : TOPOLOGY_CLOCK_DATE_WITHOUT_YEAR,
	    date_seconds(d));
}

/* after_*() skips a part of a log message's prefix, and returns the text after it, or NULL if the
 * text does not begin with that part. *_length() returns the length of a part, or 0. */

enum { SHORT_NAME = 3 };

/* Skips a name of which `names` has the first three letters, whether abbreviated to them or spelled
 * out. Sets *which to the number of the name, from 1. */
static const char *after_name(const char *text, const char *names, unsigned int *which)
{
	for (*which = 1; *names; names += SHORT_NAME, ++*which) {
		if (strncmp(text, names, SHORT_NAME) != 0)
			continue;
		while (isalpha((unsigned char)*text))
			text++;
		return text;
	}
	return NULL;
}

static const char *after_month(const char *text, unsigned int *month)
{
	return after_name(text, "JanFebMarAprMayJunJulAugSepOctNovDec", month);
}

/* Skips "Mon ", if present. */
static const char *after_weekday(const char *text)
{
	unsigned int ignored;
	const char *rest = after_name(text, "MonTueWedThuFriSatSun", &ignored);

	return rest && *rest == ' ' ? rest + 1 : text;
}

/* Reads the digits after a decimal point. Unlike strtod(), does not depend on the locale. */
static const char *after_fraction(const char *text, double *fraction)
{
	double unit = 0.1;

	for (*fraction = 0; isdigit((unsigned char)*text); text++) {
		*fraction += unit * (*text - '0');
		unit /= 10;
	}
	return text;
}

/* Skips "12:00:00", "12:00:00.123456", "12:00:00,123456" or "12:00". */
static const char *after_clock(const char *text, struct date *d)
{
	unsigned int second = 0;
	double fraction = 0;

	if (!word_read_number(&text, &d->hour) || *text++ != ':' ||
	    !word_read_number(&text, &d->minute))
		return NULL;
	if (*text == ':') {
		text++;
		if (!word_read_number(&text, &second))
			return NULL;
		if (*text == '.' || *text == ',')
			text = after_fraction(text + 1, &fraction);
	}
	d->second = second + fraction;
	return text;
}

/* Skips " 2020", if present. */
static const char *after_year(const char *text, struct date *d)
{
	const char *year = text + strspn(text, " ");

	if (year == text || strspn(year, "0123456789") != 4 || !strchr(" ]", year[4]))
		return text;
	word_read_number(&year, &d->year);
	return year;
}

/* Skips "Jul  6 12:00:00", "Jul06 12:00", "June 19 2020 18:06:35" or "Jul  6 12:00:00 2020". */
static const char *after_named_date(const char *text, struct topology_line *line)
{
	struct date d = {0};

	text = after_month(text, &d.month);
	if (!text)
		return NULL;
	text += strspn(text, " ");
	if (!word_read_number(&text, &d.day))
		return NULL;
	text = after_year(text, &d);
	if (*text != ' ')
		return NULL;
	text = after_clock(text + strspn(text, " "), &d);
	if (!text)
		return NULL;
	text = after_year(text, &d);
	set_date(line, &d);
	return text;
}

/* Skips "2020-07-06T12:00:00,123456+02:00" or "2020-07-06 12:00:00 CEST". */
static const char *after_iso_date(const char *text, struct topology_line *line)
{
	struct date d = {0};

	if (!word_read_number(&text, &d.year) || *text++ != '-' ||
	    !word_read_number(&text, &d.month) || *text++ != '-' ||
	    !word_read_number(&text, &d.day) || (*text != 'T' && *text != ' '))
		return NULL;
	text = after_clock(text + 1, &d);
	if (!text)
		return NULL;
	if (*text == ' ' && isupper((unsigned char)text[1]) && isupper((unsigned char)text[2]))
		text += 1 + strspn(text + 1, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
	else
		text += strspn(text, "Z+-:0123456789");
	set_date(line, &d);
	return text;
}

/* Skips "1594029600.123456" (journalctl -o short-unix), or "0.740039" (seconds since boot). */
static const char *after_seconds(const char *text, struct topology_line *line)
{
	const size_t digits = strspn(text, "0123456789");
	double seconds = 0, fraction;

	if (!digits || text[digits] != '.' || !isdigit((unsigned char)text[digits + 1]))
		return NULL;
	for (; *text != '.'; text++)
		seconds = 10 * seconds + (*text - '0');
	text = after_fraction(text + 1, &fraction);
	set_time(line, TOPOLOGY_CLOCK_BOOT, seconds + fraction);
	return text;
}

/* Skips " <    0.000001>", which dmesg -d prints, if present. */
static const char *after_delta(const char *text)
{
	int used = 0;

	sscanf(text, " <%*[ +0-9.]>%n", &used);
	return text + used;
}

/* Skips "[    0.740039]", "[Mon Jul  6 12:00:00 2020]", "[Jul 6 12:00]" or "[  +0.000001]". */
static const char *after_bracket(const char *text, struct topology_line *line)
{
	const char *inside, *rest;

	if (*text != '[')
		return NULL;
	inside = text + 1 + strspn(text + 1, " ");
	rest = after_seconds(inside, line);
	if (!rest)
		rest = after_named_date(after_weekday(inside), line);
	if (!rest && *inside == '+')
		rest = inside + 1 + strspn(inside + 1, "0123456789.");
	if (!rest && *inside == '<')
		rest = inside;
	rest = rest ? after_delta(rest) : NULL;
	if (!rest || rest == inside || *rest != ']')
		return NULL;
	return rest + 1;
}

/* Returns the length of the thread or CPU that logged the message: "[    T1]", "[C0]". */
static int caller_length(const char *text)
{
	char kind[2];
	int used = 0;

	sscanf(text, "[ %1[TC]%*u]%n", kind, &used);
	return used;
}

/* Returns the length of a log level such as "<6>". */
static int level_length(const char *text)
{
	int used = 0;

	sscanf(text, "<%*3[0-9]>%n", &used);
	return used;
}

/* Returns the length of a facility and level, which dmesg -x prints: "kern  :info  : ". */
static int facility_length(const char *text)
{
	static const char *const levels[] = {
	    "emerg", "alert", "crit", "err", "warn", "notice", "info", "debug", NULL};
	char level[9];
	int used = 0;

	sscanf(text, "%*8[a-z0-9] :%8[a-z] :%n", level, &used);
	return used && word_begins_with(level, levels) ? used : 0;
}

/* Skips "kernel:" or "host kernel:". */
static const char *after_kernel(const char *text)
{
	const char *second = text + word_length(text);
	const char *rest = word_after(text, "kernel:");

	if (rest)
		return rest;
	second += strspn(second, WORD_BLANK);
	return word_after(second, "kernel:");
}

/* Returns whether a program other than the kernel logged the message: "systemd[1]:", "host
 * systemd[1]:". */
static bool is_other_program(const char *text)
{
	for (int i = 0; i < 2; i++) {
		size_t len = word_length(text);
		const char *pid = memchr(text, '[', len);

		if (pid && pid > text && isdigit((unsigned char)pid[1]) &&
		    pid + 1 + strspn(pid + 1, "0123456789") == text + len - 2 &&
		    word_after(text + len - 2, "]:"))
			return true;
		text += len;
		text += strspn(text, WORD_BLANK);
	}
	return false;
}

static const char *after_part(const char *text, struct topology_line *line)
{
	const char *rest;
	int len = level_length(text);

	len = len ? len : facility_length(text);
	len = len ? len : caller_length(text);
	if (len)
		return text + len;
	rest = after_bracket(text, line);
	rest = rest ? rest : after_iso_date(after_weekday(text), line);
	rest = rest ? rest : after_named_date(after_weekday(text), line);
	rest = rest ? rest : after_seconds(text, line);
	return rest ? rest : after_kernel(text);
}

void topology_stamp_read(const char *text, struct topology_stamp *stamp, struct topology_line *line)
{
	const char *message = text, *rest;

	while (*message && (rest = after_part(message, line)))
		message = rest + strspn(rest, WORD_BLANK);
	*stamp = (struct topology_stamp){.message = message, .found = message > text};
	stamp->other_program = stamp->found && is_other_program(message);
}
