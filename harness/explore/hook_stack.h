/* SPDX-License-Identifier: MIT */
/*
 * Runs hooks on their own stack, so that an explored thread's stack holds only the state of the
 * explored code, and no leftovers of hooks such as vector clocks.
 *
 * On architectures other than x86-64 and arm64, hooks run on the stack of their caller.
 */
#ifndef EXPLORE_HOOK_STACK_H
#define EXPLORE_HOOK_STACK_H

#include <stdint.h>

struct hook_stack {
	void *top;
	/* The stack pointer of the explored code that called the current hook. The callee-saved
	 * registers are stored there. NULL: no hook runs, or it runs on its caller's stack. */
	const uintptr_t *caller;
};

/* The stack for the next hook. NULL: no explored thread is running, or it is in a hook already, so
 * hooks run on the stack of their caller. */
extern struct hook_stack *hook_stack;

/* Defines the function `name`, which calls name_body() on the hook stack. `name` must be declared,
 * have at most six arguments, because a body would not find arguments on its caller's stack, and
 * return at most two words, in registers. */
#define HOOK(name)                                          \
	__typeof__(name) name##_body __attribute__((used)); \
	HOOK_ENTRY(name)

#if defined(__x86_64__) || defined(__aarch64__)
#define HOOK_STACK 1
#else
#define HOOK_STACK 0
#endif

#if defined(__x86_64__)
#define HOOK_ENTRY(name)                                                      \
	__asm__(".text\n.globl " #name "\n.type " #name ", @function\n" #name \
		":\n	leaq " #name "_body(%rip), %rax\n"                    \
		"	jmp hook_stack_call\n.size " #name ", . - " #name)
#elif defined(__aarch64__)
#define HOOK_ENTRY(name)                                                      \
	__asm__(".text\n.globl " #name "\n.type " #name ", %function\n" #name \
		":\n	adrp x15, " #name "_body\n"                           \
		"	add x15, x15, :lo12:" #name "_body\n"                 \
		"	b hook_stack_call\n.size " #name ", . - " #name)
#else
#define HOOK_ENTRY(name) __asm__(".globl " #name "\n.set " #name ", " #name "_body")
#endif

#endif
