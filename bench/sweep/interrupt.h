/* SPDX-License-Identifier: MIT */
/* What a command that measures for long does on Ctrl-C: it ends in order. */
#ifndef BENCH_SWEEP_INTERRUPT_H
#define BENCH_SWEEP_INTERRUPT_H

#include <signal.h>

/* Set by SIGINT and SIGTERM after interrupt_catch(). */
extern volatile sig_atomic_t interrupted;

/* From now on these signals set `interrupted` and do not end the program. */
void interrupt_catch(void);

#endif
