/* SPDX-License-Identifier: MIT */
#include "harness/check/recorder.h"

__thread struct recorder *recorder_mine;
