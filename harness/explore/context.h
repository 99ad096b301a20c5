/* SPDX-License-Identifier: MIT */
/* Minimal coroutines: a context is a saved stack pointer, and a switch continues on another
 * stack. */
#ifndef EXPLORE_CONTEXT_H
#define EXPLORE_CONTEXT_H

#include <stddef.h>

#if defined(__x86_64__) || defined(__aarch64__)
struct context {
	void *sp;
};

/* Returns the stack pointer of a context that does not run. NULL: not known. */
static inline void *context_stack(const struct context *context)
{
	return context->sp;
}
#else
#include <ucontext.h>
struct context {
	ucontext_t saved;
};

static inline void *context_stack(const struct context *context)
{
	(void)context;
	return NULL;
}
#endif

/* Makes the next switch to `context` call `entry` on `stack`. `entry` must not return. */
void context_prepare(struct context *context, void *stack, size_t size, void (*entry)(void));

/* Saves the current context in `from` and continues `to`. */
void context_switch(struct context *from, struct context *to);

#endif
