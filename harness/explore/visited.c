/* SPDX-License-Identifier: MIT */
#include "harness/explore/visited.h"

#include <stdlib.h>

enum { FIRST_SIZE = 1 << 12, MAX_SIZE = 1 << 24 };

/* The bits of digest.b that are the mask. */
static const uint64_t MASK = 0xff;

static bool is_free(struct digest d)
{
	return !(d.a | d.b);
}

/* Returns the place of the digest, or the free place where it belongs. */
static struct digest *find_place(struct digest *places, size_t size, struct digest d)
{
	size_t i = d.a & (size - 1);

	while (!is_free(places[i]) && (places[i].a != d.a || (places[i].b ^ d.b) & ~MASK))
		i = (i + 1) & (size - 1);
	return &places[i];
}

/* Returns false if the set cannot grow. */
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

enum visit visited_add(struct visited *v, struct digest d, uint8_t *mask)
{
	struct digest *place;

	if (2 * v->n >= v->size && !grow(v) && v->n >= v->size - v->size / 8)
		return VISIT_FULL;
	place = find_place(v->places, v->size, d);
	if (is_free(*place)) {
		*place = (struct digest){d.a, (d.b & ~MASK) | *mask};
		v->n++;
		return VISIT_NEW;
	}
	d.b = place->b;
	place->b &= ~MASK | *mask;
	*mask = (uint8_t)(d.b & MASK);
	return VISIT_AGAIN;
}

void visited_free(struct visited *v)
{
	free(v->places);
	*v = (struct visited){0};
}
