/* SPDX-License-Identifier: MIT */
#include "harness/explore/hook_stack.h"

struct hook_stack *hook_stack;

/* Calls a hook's body with the hook's arguments. Keeps a chain of frame pointers, for call traces.
 */
#if defined(__x86_64__)

/* rax: the body. */
__asm__(".text\n"
	".globl hook_stack_call\n"
	".type hook_stack_call, @function\n"
	"hook_stack_call:\n"
	"	movq hook_stack(%rip), %r11\n"
	"	testq %r11, %r11\n"
	"	jnz 1f\n"
	"	jmp *%rax\n"
	"1:	pushq %rbp\n"
	"	movq %rsp, %rbp\n"
	"	pushq %rbx\n"
	"	pushq %r12\n"
	"	pushq %r13\n"
	"	pushq %r14\n"
	"	pushq %r15\n"
	"	movq %rsp, 8(%r11)\n"
	"	movq (%r11), %rsp\n"
	"	movq %r11, %rbx\n"
	"	movq $0, hook_stack(%rip)\n"
	"	call *%rax\n"
	"	movq %rbx, hook_stack(%rip)\n"
	"	movq $0, 8(%rbx)\n"
	"	leaq -40(%rbp), %rsp\n"
	"	popq %r15\n"
	"	popq %r14\n"
	"	popq %r13\n"
	"	popq %r12\n"
	"	popq %rbx\n"
	"	popq %rbp\n"
	"	ret\n"
	".size hook_stack_call, . - hook_stack_call\n");

#elif defined(__aarch64__)

/* x15: the body. */
__asm__(".text\n"
	".globl hook_stack_call\n"
	".type hook_stack_call, %function\n"
	"hook_stack_call:\n"
	"	adrp x9, hook_stack\n"
	"	ldr x10, [x9, :lo12:hook_stack]\n"
	"	cbnz x10, 1f\n"
	"	br x15\n"
	"1:	stp x29, x30, [sp, #-160]!\n"
	"	mov x29, sp\n"
	"	stp x19, x20, [sp, #16]\n"
	"	stp x21, x22, [sp, #32]\n"
	"	stp x23, x24, [sp, #48]\n"
	"	stp x25, x26, [sp, #64]\n"
	"	stp x27, x28, [sp, #80]\n"
	"	stp d8, d9, [sp, #96]\n"
	"	stp d10, d11, [sp, #112]\n"
	"	stp d12, d13, [sp, #128]\n"
	"	stp d14, d15, [sp, #144]\n"
	"	str x29, [x10, #8]\n"
	"	ldr x11, [x10]\n"
	"	mov sp, x11\n"
	"	mov x19, x10\n"
	"	str xzr, [x9, :lo12:hook_stack]\n"
	"	blr x15\n"
	"	adrp x9, hook_stack\n"
	"	str x19, [x9, :lo12:hook_stack]\n"
	"	str xzr, [x19, #8]\n"
	"	mov sp, x29\n"
	"	ldp x19, x20, [sp, #16]\n"
	"	ldp x21, x22, [sp, #32]\n"
	"	ldp x23, x24, [sp, #48]\n"
	"	ldp x25, x26, [sp, #64]\n"
	"	ldp x27, x28, [sp, #80]\n"
	"	ldp d8, d9, [sp, #96]\n"
	"	ldp d10, d11, [sp, #112]\n"
	"	ldp d12, d13, [sp, #128]\n"
	"	ldp d14, d15, [sp, #144]\n"
	"	ldp x29, x30, [sp], #160\n"
	"	ret\n"
	".size hook_stack_call, . - hook_stack_call\n");

#endif
