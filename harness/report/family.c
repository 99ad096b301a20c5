/* SPDX-License-Identifier: MIT */
#include "harness/report/family.h"

#include <string.h>

const struct family_column family_common_columns[] = {
    {"fairness", "fairness"},
    {"slowest_of_fastest", "slowest / fastest thread"},
    {0},
};

const struct family_text *const family_texts[] = {
    &ownership_text, &lifetime_text, &configure_text, NULL};

const struct family_text *family_text_find(const char *name)
{
	for (size_t i = 0; family_texts[i]; i++) {
		if (!strcmp(family_texts[i]->name, name))
			return family_texts[i];
	}
	return NULL;
}

json_t *family_ranked_words(const struct family_text *family)
{
	const struct family_class *class = family->classes;
	json_t *words = json_string(class ++->class);

	for (; class->class && class->ranked; class ++) {
		json_t *longer = json_sprintf("%s%s%s", json_string_value(words),
		    class[1].class && class[1].ranked ? ", " : " or ", class->class);

		json_decref(words);
		words = longer;
	}
	return words;
}
