/* SPDX-License-Identifier: MIT */
/* Correct: the user forces a full fence on the driver's thread. */
#include "impl.h"

#include "asymmetric.h"

#define BETWEEN membarrier_light()
#define BETWEEN_USER membarrier_heavy()
#define ACQUIRE memory_order_acquire
#define RELEASE memory_order_release
#include "dekker.h"
