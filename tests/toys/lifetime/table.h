/* SPDX-License-Identifier: MIT */
/* Table of a toy that is mutex except for INIT, BIND, UNBIND, GET or USE. CLASS is its class;
 * PROVIDER and SERVICE are the bytes of its states. Include it after mutex.c, whose own table is
 * renamed. */
#ifndef INIT
#define INIT mutex_init
#endif
#ifndef BIND
#define BIND mutex_bind
#endif
#ifndef UNBIND
#define UNBIND mutex_unbind
#endif
#ifndef GET
#define GET mutex_get
#endif
#ifndef USE
#define USE mutex_use
#endif
#ifndef PROVIDER
#define PROVIDER sizeof(struct mutex)
#endif
#ifndef SERVICE
#define SERVICE 0
#endif

static const struct lifetime_ops impl = {
    .about = {.summary = "toy", .class = CLASS},
    .provider_size = PROVIDER,
    .service_size = SERVICE,
    .provider_init = INIT,
    .bind = BIND,
    .unbind = UNBIND,
    .get = GET,
    .use = USE,
    .put = mutex_put,
};
