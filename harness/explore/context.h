/* SPDX-License-Identifier: MIT */
/* Coroutines at their barest: a saved stack, and the switch from one to another. */
#ifndef EXPLORE_CONTEXT_H
#define EXPLORE_CONTEXT_H

#include <stddef.h>

#if defined(__x86_64__) || defined(__aarch64__)
struct context {
	void *sp;
};
#else
#include <ucontext.h>
struct context {
	ucontext_t saved;
};
#endif

/* The next switch to `context` calls `entry` on `stack`; it must not return. */
void context_prepare(struct context *context, void *stack, size_t size, void (*entry)(void));

void context_switch(struct context *from, struct context *to);

#endif
