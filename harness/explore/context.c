/* SPDX-License-Identifier: MIT */
#include "harness/explore/context.h"

#include <stdint.h>
#include <string.h>

#if defined(__x86_64__)

/* Saves the callee-saved registers, except the floating-point control words, which never change. */
__asm__(".text\n"
	".globl context_switch\n"
	".type context_switch, @function\n"
	"context_switch:\n"
	"	pushq %rbp\n"
	"	pushq %rbx\n"
	"	pushq %r12\n"
	"	pushq %r13\n"
	"	pushq %r14\n"
	"	pushq %r15\n"
	"	movq %rsp, (%rdi)\n"
	"	movq (%rsi), %rsp\n"
	"	popq %r15\n"
	"	popq %r14\n"
	"	popq %r13\n"
	"	popq %r12\n"
	"	popq %rbx\n"
	"	popq %rbp\n"
	"	ret\n"
	".size context_switch, . - context_switch\n");

void context_prepare(struct context *context, void *stack, size_t size, void (*entry)(void))
{
	uintptr_t *top = (uintptr_t *)(((uintptr_t)stack + size) & ~(uintptr_t)15);

	*--top = 0; /* return address of entry(), which must not return */
	*--top = (uintptr_t)entry;
	top -= 6;
	memset(top, 0, 6 * sizeof(*top));
	context->sp = top;
}

#elif defined(__aarch64__)

__asm__(".text\n"
	".globl context_switch\n"
	".type context_switch, %function\n"
	"context_switch:\n"
	"	sub sp, sp, #160\n"
	"	stp x19, x20, [sp]\n"
	"	stp x21, x22, [sp, #16]\n"
	"	stp x23, x24, [sp, #32]\n"
	"	stp x25, x26, [sp, #48]\n"
	"	stp x27, x28, [sp, #64]\n"
	"	stp x29, x30, [sp, #80]\n"
	"	stp d8, d9, [sp, #96]\n"
	"	stp d10, d11, [sp, #112]\n"
	"	stp d12, d13, [sp, #128]\n"
	"	stp d14, d15, [sp, #144]\n"
	"	mov x9, sp\n"
	"	str x9, [x0]\n"
	"	ldr x9, [x1]\n"
	"	mov sp, x9\n"
	"	ldp x19, x20, [sp]\n"
	"	ldp x21, x22, [sp, #16]\n"
	"	ldp x23, x24, [sp, #32]\n"
	"	ldp x25, x26, [sp, #48]\n"
	"	ldp x27, x28, [sp, #64]\n"
	"	ldp x29, x30, [sp, #80]\n"
	"	ldp d8, d9, [sp, #96]\n"
	"	ldp d10, d11, [sp, #112]\n"
	"	ldp d12, d13, [sp, #128]\n"
	"	ldp d14, d15, [sp, #144]\n"
	"	add sp, sp, #160\n"
	"	ret\n"
	".size context_switch, . - context_switch\n");

void context_prepare(struct context *context, void *stack, size_t size, void (*entry)(void))
{
	uintptr_t *top = (uintptr_t *)(((uintptr_t)stack + size) & ~(uintptr_t)15);

	top -= 20;
	memset(top, 0, 20 * sizeof(*top));
	top[11] = (uintptr_t)entry; /* x30: the first switch returns to this address */
	context->sp = top;
}

#else

void context_prepare(struct context *context, void *stack, size_t size, void (*entry)(void))
{
	getcontext(&context->saved);
	context->saved.uc_stack.ss_sp = stack;
	context->saved.uc_stack.ss_size = size;
	context->saved.uc_link = NULL;
	makecontext(&context->saved, entry, 0);
}

void context_switch(struct context *from, struct context *to)
{
	swapcontext(&from->saved, &to->saved);
}

#endif
