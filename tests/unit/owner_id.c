/* SPDX-License-Identifier: MIT */
/* The table of owner ids, which two threads fill concurrently to its last slot. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>

#include "../../impl/owner_id.h"

enum { TOKENS = OWNER_IDS + 64 /* more than the table holds */ };

static char tokens[TOKENS];
static pthread_barrier_t start;

/* The ids that one thread got for the tokens. One thread goes through the tokens forwards, the
 * other backwards. */
struct filler {
	bool backwards;
	int ids[TOKENS];
};

static void *fill(void *arg)
{
	struct filler *f = arg;

	pthread_barrier_wait(&start);
	for (int i = 0; i < TOKENS; i++) {
		const int token = f->backwards ? TOKENS - 1 - i : i;

		f->ids[token] = owner_id(&tokens[token]);
	}
	return NULL;
}

static void a_full_table_keeps_its_owners(void **state)
{
	static struct filler fillers[2] = {{.backwards = false}, {.backwards = true}};
	static bool taken[OWNER_IDS + 1];
	pthread_t threads[2];
	int full = 0;

	(void)state;
	assert_int_equal(owner_ids_setup(), 0);
	pthread_barrier_init(&start, NULL, 2);
	for (int t = 0; t < 2; t++)
		assert_int_equal(pthread_create(&threads[t], NULL, fill, &fillers[t]), 0);
	for (int t = 0; t < 2; t++)
		pthread_join(threads[t], NULL);
	pthread_barrier_destroy(&start);
	for (int i = 0; i < TOKENS; i++) {
		const int id = fillers[0].ids[i];

		/* A table only grows, so a token that has found the table full will always find it
		 * full. */
		assert_int_equal(id, fillers[1].ids[i]);
		assert_int_equal(id, owner_id(&tokens[i]));
		if (id == -ENOSPC) {
			full++;
			continue;
		}
		assert_in_range(id, 1, OWNER_IDS);
		assert_false(taken[id]);
		taken[id] = true;
	}
	assert_int_equal(full, TOKENS - OWNER_IDS);
	assert_int_equal(owner_id(NULL), -EINVAL);
	free((void *)owner_ids);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_full_table_keeps_its_owners),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
