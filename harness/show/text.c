/* SPDX-License-Identifier: MIT */
#include "harness/show/text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "harness/memory.h"

/* ASCII spellings of the non-ASCII characters in this program's own texts. */
static const struct {
	const char *character, *ascii;
} spellings[] = {
    {"µ", "u"},
    {"×", "x"},
    {"±", "+-"},
    {"–", "-"},
    {"—", "-"},
    {"−", "-"},
    {"‘", "'"},
    {"’", "'"},
    {"“", "\""},
    {"”", "\""},
    {"…", ".."},
};

/* Returns the number of bytes of the first character. The text must be valid UTF-8, which jansson
 * guarantees. */
static size_t character_bytes(const char *text)
{
	const unsigned char first = (unsigned char)*text;

	return first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

static uint32_t code_point(const char *text)
{
	static const unsigned char masks[] = {0x7f, 0x7f, 0x1f, 0x0f, 0x07};
	const size_t bytes = character_bytes(text);
	uint32_t code = (unsigned char)*text & masks[bytes];

	for (size_t i = 1; i < bytes; i++)
		code = code << 6 | ((unsigned char)text[i] & 0x3f);
	return code;
}

/* Returns whether a character is a control character, a line or paragraph separator, or one that
 * changes the writing direction. */
static bool moves_text(uint32_t code)
{
	return code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0x200e || code == 0x200f ||
	       (code >= 0x2028 && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}

static const char *ascii_spelling(const char *character, size_t bytes)
{
	for (size_t i = 0; i < sizeof(spellings) / sizeof(spellings[0]); i++) {
		if (!strncmp(spellings[i].character, character, bytes))
			return spellings[i].ascii;
	}
	return "?";
}

char *text_printable(const char *text, bool utf8)
{
	/* The copy never needs more bytes: no ASCII spelling is longer than its character in
	 * UTF-8. */
	char *printable = allocate(strlen(text) + 1, 1), *end = printable;

	for (size_t bytes; *text; text += bytes) {
		bytes = character_bytes(text);
		if (moves_text(code_point(text))) {
			*end++ = ' ';
		} else if (utf8 || bytes == 1) {
			memcpy(end, text, bytes);
			end += bytes;
		} else {
			end = stpcpy(end, ascii_spelling(text, bytes));
		}
	}
	*end = '\0';
	return printable;
}

void text_print(FILE *out, const char *text, bool utf8)
{
	char *printable = text_printable(text, utf8);

	fputs(printable, out);
	free(printable);
}

size_t text_columns(const char *text)
{
	size_t columns = 0;

	for (; *text; text += character_bytes(text))
		columns++;
	return columns;
}

void text_cut(char *text, size_t columns)
{
	if (columns < 2 || text_columns(text) <= columns)
		return;
	for (size_t i = 0; i < columns - 2; i++)
		text += character_bytes(text);
	memcpy(text, "..", sizeof(".."));
}
