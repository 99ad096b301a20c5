/* SPDX-License-Identifier: MIT */
#include "harness/explore/visited.h"

#include <stdlib.h>

enum { FIRST_SIZE = 1 << 12, MAX_SIZE = 1 << 24 };

static bool is_free(struct digest d)
{
	return !(d.a | d.b);
}

/* Returns the place of the digest, or the free place where it belongs. */
static struct digest *find_place(struct digest *places, size_t size, struct digest d)
{
	size_t i = d.a & (size - 1);

	while (!is_free(places[i]) && (places[i].a != d.a || places[i].b != d.b))
		i = (i + 1) & (size - 1);
	return &places[i];
}

static bool grow(struct visited *v)
{
	const size_t size = v->size ? 2 * v->size : FIRST_SIZE;
	struct digest *places = size <= MAX_SIZE ? calloc(size, sizeof(*places)) : NULL;

	if (!places)
		return false;
	for (size_t i = 0; i < v->size; i++)
		if (!is_free(v->places[i]))
			*find_place(places, size, v->places[i]) = v->places[i];
	free(v->places);
	v->places = places;
	v->size = size;
	return true;
}

enum visit visited_add(struct visited *v, struct digest d)
{
	struct digest *place;

	if (2 * v->n >= v->size && !grow(v))
		return VISIT_FULL;
	place = find_place(v->places, v->size, d);
	if (!is_free(*place))
		return VISIT_AGAIN;
	*place = d;
	v->n++;
	return VISIT_NEW;
}

void visited_free(struct visited *v)
{
	free(v->places);
	*v = (struct visited){0};
}
