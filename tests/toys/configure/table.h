/* SPDX-License-Identifier: MIT */
/* Table of a toy that is global_mutex except for INIT or TOUCH. Include it after global_mutex.c,
 * whose own table is renamed. */
#ifndef INIT
#define INIT NULL
#endif
#ifndef TOUCH
#define TOUCH global_mutex_touch
#endif

static const struct configure_ops impl = {
    .about = {.summary = "toy", .class = CLASS_UNSAFE},
    .device_size = sizeof(struct global_mutex),
    .device_init = INIT,
    .touch = TOUCH,
    .state = global_mutex_state,
};
