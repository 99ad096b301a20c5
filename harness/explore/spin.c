/* SPDX-License-Identifier: MIT */
#include "harness/explore/spin.h"

#include "harness/explore/schedule.h"

#if defined(__x86_64__)

enum { NR_KEPT = 6 }; /* callee-saved registers */

#define ENTRY(name, body)                                \
	__asm__(".text\n"                                \
		".globl " name "\n"                      \
		".type " name ", @function\n" name ":\n" \
		"	movq %rbx, spin_entry(%rip)\n"         \
		"	movq %rbp, 8+spin_entry(%rip)\n"       \
		"	movq %r12, 16+spin_entry(%rip)\n"      \
		"	movq %r13, 24+spin_entry(%rip)\n"      \
		"	movq %r14, 32+spin_entry(%rip)\n"      \
		"	movq %r15, 40+spin_entry(%rip)\n"      \
		"	movq %rsp, 48+spin_entry(%rip)\n"      \
		"	jmp " body "\n"                  \
		".size " name ", . - " name "\n")

#elif defined(__aarch64__)

enum { NR_KEPT = 12 };

#define ENTRY(name, body)                                \
	__asm__(".text\n"                                \
		".globl " name "\n"                      \
		".type " name ", %function\n" name ":\n" \
		"	adrp x9, spin_entry\n"                 \
		"	add x9, x9, :lo12:spin_entry\n"        \
		"	stp x19, x20, [x9]\n"                  \
		"	stp x21, x22, [x9, #16]\n"             \
		"	stp x23, x24, [x9, #32]\n"             \
		"	stp x25, x26, [x9, #48]\n"             \
		"	stp x27, x28, [x9, #64]\n"             \
		"	stp x29, x30, [x9, #80]\n"             \
		"	mov x10, sp\n"                         \
		"	str x10, [x9, #96]\n"                  \
		"	b " body "\n"                    \
		".size " name ", . - " name "\n")

#else

enum { NR_KEPT = 1 };

#endif

/* The callee-saved registers and stack pointer when a hook was last entered. */
struct spin_entry {
	uintptr_t kept[NR_KEPT];
	const uintptr_t *sp;
};

extern struct spin_entry spin_entry;
struct spin_entry spin_entry;

#ifdef ENTRY
ENTRY("explore_load", "spin_load");
ENTRY("explore_rmw", "spin_rmw");
ENTRY("explore_cas", "spin_cas");
#endif

/*
 * Stores the state with which the hook was entered. Returns true if the previous state was the
 * same.
 *
 * Compares only the part of the stack above the hook's own frames. AddressSanitizer must be
 * off, because it would report that this crosses from one object on the stack to the next.
 */
__attribute__((no_sanitize("address"))) static bool update_state(struct spin *s)
{
	unsigned int n;
	bool same;

	if (!spin_entry.sp)
		return false;
	n = NR_KEPT + (unsigned int)((const uintptr_t *)s->top - spin_entry.sp);
	same = s->n == n;
	s->n = n;
	if (n > SPIN_WORDS)
		return false;
	for (unsigned int i = 0; i < NR_KEPT; i++) {
		same &= s->words[i] == spin_entry.kept[i];
		s->words[i] = spin_entry.kept[i];
	}
	for (unsigned int i = NR_KEPT; i < n; i++) {
		same &= s->words[i] == spin_entry.sp[i - NR_KEPT];
		s->words[i] = spin_entry.sp[i - NR_KEPT];
	}
	return same;
}

void spin_wait(struct machine *m, const struct source_location *site)
{
	struct thread *t = m->current;
	struct spin *s = &t->spin;
	const bool repeated = s->site == site && s->steps == 1;

	if (update_state(s) && repeated)
		explore_yield(site);
	s->site = site;
	s->steps = 0;
}
