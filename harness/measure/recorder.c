/* SPDX-License-Identifier: MIT */
#include "harness/measure/recorder.h"

__thread struct recorder *recorder_mine;
