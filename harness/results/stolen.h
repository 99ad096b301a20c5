/* SPDX-License-Identifier: MIT */
/* What the hypervisor took of the CPUs while a sweep ran: see harness/env/steal.h. */
#ifndef HARNESS_RESULTS_STOLEN_H
#define HARNESS_RESULTS_STOLEN_H

#include <stdbool.h>

#include "harness/results/sweep.h"

/* In percent, over the repetitions that passed; NAN where none was told. */
double stolen_percent(const struct sweep *sweep);

/* Whether it moves figures by more than other noise does. */
bool stolen_matters(double percent);

#endif
