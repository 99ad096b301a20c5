/* SPDX-License-Identifier: MIT */
/* Digests of 128 bits. */
#ifndef EXPLORE_DIGEST_H
#define EXPLORE_DIGEST_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct digest {
	uint64_t a, b;
};

/* Returns the halves of a product, combined. */
static inline uint64_t digest_mix(uint64_t a, uint64_t b)
{
	const unsigned __int128 product = (unsigned __int128)a * b;

	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* Adds two words to the digest. The order of words matters. */
static inline void digest_words(struct digest *d, uint64_t first, uint64_t second)
{
	d->a = digest_mix(d->a ^ first ^ UINT64_C(0x9e3779b97f4a7c15),
		   second ^ UINT64_C(0xe7037ed1a0b428db)) +
	       second;
	d->b = digest_mix(d->b ^ second ^ UINT64_C(0xd6e8feb86659fd93),
		   first ^ UINT64_C(0x8ebc6af09c88c6e3)) +
	       first;
}

/* Adds a word to the digest. */
static inline void digest_word(struct digest *d, uint64_t word)
{
	digest_words(d, word, 0);
}

/* Adds `size` bytes to the digest. */
static inline void digest_bytes(struct digest *d, const void *bytes, size_t size)
{
	const char *p = bytes;
	struct digest other = {0}; /* two digests at a time, since each is a chain of products */
	uint64_t words[4];

	for (; size > sizeof(words); size -= sizeof(words), p += sizeof(words)) {
		memcpy(words, p, sizeof(words));
		digest_words(d, words[0], words[1]);
		digest_words(&other, words[2], words[3]);
	}
	memset(words, 0, sizeof(words));
	memcpy(words, p, size);
	digest_words(d, words[0], words[1]);
	digest_words(&other, words[2], words[3]);
	digest_words(d, other.a, other.b);
}

/* Adds a digest, regardless of the order in which digests are added. */
static inline void digest_unordered(struct digest *d, struct digest other)
{
	d->a += other.a;
	d->b += other.b;
}

#endif
