/* SPDX-License-Identifier: MIT */
/* Verdict: exact. Tables of plain entries: one in the group under its mutex, one static under a
 * static mutex, and one that only the setup fills. */
#include <pthread.h>
#include <string.h>

#define impl mutex_count_impl
#include "../../impl/mutex_count.c"
#undef impl

enum { ENTRIES = 4 };

static struct {
	unsigned int kind, count;
} tables_kinds[ENTRIES];

static unsigned int tables_total[ENTRIES];
static pthread_mutex_t tables_mutex = PTHREAD_MUTEX_INITIALIZER;

static int tables_init(struct group *group)
{
	for (unsigned int i = 0; i < ENTRIES; i++)
		tables_kinds[i].kind = i;
	return mutex_count_init(group);
}

static unsigned int tables_number(const void *p)
{
	return (unsigned int)((unsigned long)p / 8 % ENTRIES);
}

static int tables_use(struct device *dev)
{
	unsigned int *total = (unsigned int *)(mutex_count(dev->group) + 1);
	const unsigned int i = tables_number(dev);

	if (tables_kinds[i].kind != i)
		return -EBUSY;
	lock_acquire(&mutex_count(dev->group)->mutex);
	total[i]++;
	lock_release(&mutex_count(dev->group)->mutex);
	return mutex_count_use(dev);
}

static int tables_claim(struct group *group, void *owner)
{
	unsigned int *total = (unsigned int *)(mutex_count(group) + 1), copy[ENTRIES];

	pthread_mutex_lock(&tables_mutex);
	tables_total[tables_number(owner)]++;
	pthread_mutex_unlock(&tables_mutex);
	lock_acquire(&mutex_count(group)->mutex);
	memcpy(copy, total, sizeof(copy));
	memset(total, 0, sizeof(copy));
	lock_release(&mutex_count(group)->mutex);
	return copy[0] == (unsigned int)-1 ? -EPERM : mutex_count_claim(group, owner);
}

#define INIT tables_init
#define USE tables_use
#define CLAIM tables_claim
#define MORE (ENTRIES * sizeof(unsigned int))
#include "mutex_count_with.h"
