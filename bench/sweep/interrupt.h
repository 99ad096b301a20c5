/* SPDX-License-Identifier: MIT */
/* Lets a long-running command end in order on Ctrl-C. */
#ifndef BENCH_SWEEP_INTERRUPT_H
#define BENCH_SWEEP_INTERRUPT_H

#include <signal.h>

/* Set to 1 by SIGINT or SIGTERM after interrupt_catch(). */
extern volatile sig_atomic_t interrupted;

/* Makes SIGINT and SIGTERM set `interrupted` instead of ending the program. */
void interrupt_catch(void);

#endif
