/* SPDX-License-Identifier: MIT */
/* The table of a toy that is global_mutex but for INIT or TOUCH. Behind global_mutex.c, whose own
 * table has another name. */
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
