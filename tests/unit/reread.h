/* SPDX-License-Identifier: MIT */
/* Writes a history and reads it back. */
#ifndef TESTS_REREAD_H
#define TESTS_REREAD_H

#include <stdio.h>

#include "harness/check/history.h"

/* Writes the history to the file, reads it back, and checks that nothing changed. The caller frees
 * the returned history. */
static inline struct history reread_history(const struct history *h, const char *path)
{
	struct history again = {0};
	struct error err;
	FILE *out = fopen(path, "w");

	assert_non_null(out);
	assert_int_equal(history_write(out, h), 0);
	assert_int_equal(fclose(out), 0);
	if (history_read(path, &again, &err))
		fail_msg("%s", err.text);
	assert_int_equal(again.nr, h->nr);
	for (size_t i = 0; i < h->nr; i++) {
		assert_int_equal(again.ops[i].kind, h->ops[i].kind);
		assert_int_equal(again.ops[i].thread, h->ops[i].thread);
		assert_int_equal(again.ops[i].call, h->ops[i].call);
		assert_int_equal(again.ops[i].ret, h->ops[i].ret);
		if (h->ops[i].ret != HISTORY_PENDING)
			assert_int_equal(again.ops[i].result, h->ops[i].result);
	}
	return again;
}

#endif
