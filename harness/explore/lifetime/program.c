/* SPDX-License-Identifier: MIT */
/* The explored program of the lifetime family: a provider, its users and the services that are
 * bound, with one implementation. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "harness/explore/lifetime/lifetime.h"
#include "harness/explore/lifetime/standin.h"
#include "harness/lifetime/sequence.h"

enum { MAX_SERVICES = 4, MAX_USES = MAX_ACTIONS };

_Static_assert(MAX_SERVICES <= (int)SYNC_OBJECTS, "SYNC_OBJECTS is too small");

/* Sides that access a service's memory, for sync_work(): accesses by different sides must be
 * ordered by happens-before. */
enum side { SIDE_USERS, SIDE_DRIVER, SIDE_FREE };

/* The begin and end of a use. */
struct run {
	struct moment begin, end;
};

struct program {
	const struct lifetime_ops *ops;
	struct script script;
	bool bound_first;
	int driver; /* thread that binds and unbinds; -1: none */
	struct provider *provider;
	struct consumer *users[MAX_THREADS];
	struct service *places[MAX_SERVICES];
	struct service *fresh;    /* a copy of a service that was never bound */
	_Atomic(void *) *hazards; /* one hazard pointer per thread */

	/* available[i] is 1 if the service in places[i] was freed, so that its memory can be
	 * reused. NULL: memory is never reused. */
	_Atomic(uint64_t) *available;

	/* State of the current execution. */
	int n_bound;  /* number of binds so far; each binds a new service */
	int n_places; /* number of elements of `places` used so far */
	bool freed[MAX_SERVICES];
	int place[MAX_SERVICES]; /* index into `places` of each service */
	struct {
		bool got, used; /* used: in the last use, the service was accessed */
		int n_runs;
		struct run runs[MAX_USES];
	} threads[MAX_THREADS];
};

/* Returns the program during an execution, and NULL otherwise. */
static struct program *program_now(void)
{
	return machine_running() ? machine_running()->program : NULL;
}

static size_t service_bytes(const struct program *p)
{
	return sizeof(struct service) + p->ops->service_size;
}

/* -- what implementations get -- */

_Atomic(void *) *explore_hazard(int thread)
{
	const struct program *p = machine_now_used()->program;

	return thread < p->script.n_threads ? &p->hazards[thread] : NULL;
}

int explore_self(void)
{
	return machine_running() ? machine_running()->current->id : 0;
}

/* Returns the number of the service that was last bound at this address. Returns -1 if there was
 * none: the pointer is invalid. */
static int number_of(const struct program *p, const struct service *service)
{
	int i = p->n_bound - 1;

	while (i >= 0 && p->places[p->place[i]] != service)
		i--;
	return i;
}

void explore_service_use(
    const struct source_location *site, struct consumer *user, struct service *service)
{
	struct program *p = program_now();
	unsigned int number;
	int self = explore_self();
	struct run *run;

	(void)user;
	if (!p)
		return; /* called by faults_at_rest(), outside of an execution */
	p->threads[self].used = true;
	if (number_of(p, service) < 0) {
		machine_use_of_dead(site);
		return;
	}
	if (p->threads[self].n_runs == MAX_USES)
		machine_refuse("one thread uses services more than %d times", MAX_USES);
	run = &p->threads[self].runs[p->threads[self].n_runs++];
	explore_load(site, &service->canary, sizeof(service->canary), memory_order_relaxed);
	/* Determine the number after the step, because a rebind may have reused the address before
	 * the step. */
	number = (unsigned int)number_of(p, service);
	run->begin = machine_now();
	machine_work(site, number, SIDE_USERS);
	explore_load(site, &service->canary, sizeof(service->canary), memory_order_relaxed);
	machine_work(site, number, SIDE_USERS);
	run->end = machine_now();
}

void explore_service_free(const struct source_location *site, struct service *service)
{
	struct program *p = program_now();
	int number;

	if (!p)
		return;
	number = number_of(p, service);
	if (number < 0 || p->freed[number]) {
		machine_use_of_dead(site);
		return;
	}
	explore_free(site, service, service_bytes(p));
	/* Determine the number again: a rebind may have reused the address before the step. */
	number = number_of(p, service);
	machine_work(site, (unsigned int)number, SIDE_FREE);
	p->freed[number] = true;
	if (p->available) /* release: pairs with the acquire in take_place() */
		explore_store(site, &p->available[p->place[number]], sizeof(p->available[0]), true,
		    memory_order_release);
}

/* -- what harness/lifetime/sequence.h runs over -- */

static const struct lifetime_ops *ops_now(void)
{
	return program_now()->ops;
}

static int recorded_get(struct consumer *user)
{
	return OPERATION(SPEC_GET, 0, explore_self(), "get", ops_now()->get(user));
}

/* Returns the result of a use, or -EIO, which is always wrong, if the result does not match whether
 * the service was accessed. */
static int use_and_see(struct consumer *user)
{
	bool *used = &program_now()->threads[explore_self()].used;
	int ret;

	*used = false;
	ret = ops_now()->use(user);
	return *used == !ret ? ret : -EIO;
}

static int recorded_use(struct consumer *user)
{
	return OPERATION(SPEC_SERVICE_USE, 0, explore_self(), "use", use_and_see(user));
}

static void recorded_put(struct consumer *user)
{
	OPERATION(SPEC_PUT, 0, explore_self(), "put", (ops_now()->put(user), 0));
}

static void recorded_bind(struct provider *provider, struct service *service)
{
	OPERATION(SPEC_BIND, 0, explore_self(), "bind", (ops_now()->bind(provider, service), 0));
}

static void recorded_unbind(struct provider *provider)
{
	OPERATION(SPEC_UNBIND, 0, explore_self(), "unbind", (ops_now()->unbind(provider), 0));
}

static const struct lifetime_ops recorded = {
    .bind = recorded_bind,
    .unbind = recorded_unbind,
    .get = recorded_get,
    .use = recorded_use,
    .put = recorded_put,
};

/* -- threads -- */

static void do_get(struct program *p, int t)
{
	consumer_get(&recorded, p->users[t], &p->threads[t].got);
}

static void do_use(struct program *p, int t)
{
	consumer_use(&recorded, p->users[t], p->threads[t].got);
}

static void do_put(struct program *p, int t)
{
	consumer_put(&recorded, p->users[t], &p->threads[t].got);
}

static void do_unbind(struct program *p, int t)
{
	(void)t;
	if (p->provider->bound)
		provider_unbind(&recorded, p->provider);
}

/* Binds a new service in places[place]. */
static void bind_at(struct program *p, int place)
{
	const int number = p->n_bound++;

	p->place[number] = place;
	if (place < p->n_places)
		explore_renew(
		    SOURCE_LOCATION("allocate"), p->places[place], p->fresh, service_bytes(p));
	else
		p->n_places++;
	machine_work(SOURCE_LOCATION("driver"), (unsigned int)number, SIDE_DRIVER);
	provider_bind(&recorded, p->provider, p->places[place]);
}

static void do_bind(struct program *p, int t)
{
	(void)t;
	if (!p->provider->bound)
		bind_at(p, p->n_places);
}

/* Models the allocator: takes places[place] if its service was freed. As with malloc(), the free
 * then happens before the reuse. */
static bool take_place(struct program *p, int place)
{
	_Atomic(uint64_t) *available = &p->available[place];

	/* The acquire pairs with the release in explore_service_free(). */
	if (!explore_load(
		SOURCE_LOCATION("allocate"), available, sizeof(*available), memory_order_acquire))
		return false;
	explore_store(SOURCE_LOCATION("allocate"), available, sizeof(*available), false,
	    memory_order_relaxed);
	return true;
}

static void do_rebind(struct program *p, int t)
{
	const int last = p->n_bound ? p->place[p->n_bound - 1] : -1;

	(void)t;
	if (!p->provider->bound)
		bind_at(p, last >= 0 && take_place(p, last) ? last : p->n_places);
}

static void run_thread(struct machine *m, int t)
{
	struct program *p = m->program;

	static void (*const acts[])(struct program * p, int t) = {
	    [ACTION_GET] = do_get,
	    [ACTION_USE] = do_use,
	    [ACTION_PUT] = do_put,
	    [ACTION_UNBIND] = do_unbind,
	    [ACTION_BIND] = do_bind,
	    [ACTION_REBIND] = do_rebind,
	};

	if (t == 0) {
		memset(p->threads, 0, sizeof(p->threads));
		memset(p->freed, 0, sizeof(p->freed));
		p->n_bound = p->n_places = p->bound_first;
		p->place[0] = 0;
	}
	if (p->ops->about.thread_register)
		p->ops->about.thread_register();
	for (int i = 0; i < p->script.n_actions[t]; i++)
		acts[p->script.actions[t][i].kind](p, t);
	if (p->ops->about.thread_unregister)
		p->ops->about.thread_unregister();
}

/* -- set-up -- */

static bool is_bind_or_unbind(const struct action *a)
{
	return a->kind >= ACTION_UNBIND;
}

/* Checks that only one thread binds and unbinds, as the contract demands. */
static int check_script(const struct script *script, struct error *err)
{
	int driver = -1, bound = 0;

	for (int t = 0; t < script->n_threads; t++) {
		if (script->n_actions[t] > MAX_OPS)
			return error_set(err, "a thread can have at most %d steps", MAX_OPS);
		for (int i = 0; i < script->n_actions[t]; i++) {
			if (!is_bind_or_unbind(&script->actions[t][i]))
				continue;
			if (driver >= 0 && driver != t)
				return error_set(err,
				    "only one thread may bind and unbind, but threads %d and %d do",
				    driver, t);
			driver = t;
			bound += script->actions[t][i].kind != ACTION_UNBIND;
		}
	}
	return bound < MAX_SERVICES ? 0 : error_set(err, "at most %d binds", MAX_SERVICES - 1);
}

static void find_driver(struct program *p)
{
	p->driver = -1;
	p->bound_first = true;
	for (int t = p->script.n_threads - 1; t >= 0; t--)
		for (int i = p->script.n_actions[t] - 1; i >= 0; i--)
			if (is_bind_or_unbind(&p->script.actions[t][i])) {
				p->driver = t;
				p->bound_first = p->script.actions[t][i].kind == ACTION_UNBIND;
			}
}

static void *alloc_zeroed(size_t size)
{
	return memset(explore_alloc(16, size), 0, size);
}

static void alloc_users(struct program *p)
{
	for (int t = 0; t < p->script.n_threads; t++) {
		p->users[t] = alloc_zeroed(sizeof(struct consumer) + p->ops->user_size);
		p->users[t]->provider = p->provider;
		LIST_INSERT_HEAD(&p->provider->users, p->users[t], link);
	}
}

static struct service *alloc_service(const struct program *p)
{
	struct service *s = alloc_zeroed(service_bytes(p));

	s->provider = p->provider;
	atomic_init(&s->canary, SERVICE_ALIVE);
	return s;
}

/* Allocates the services. They come last, because only memory that is allocated after
 * machine_freeable() can be freed. */
static void alloc_services(struct program *p, struct machine *m)
{
	machine_freeable(m);
	for (int i = 0; i < MAX_SERVICES; i++) {
		p->places[i] = alloc_service(p);
		machine_writes(m, &p->places[i]->canary);
	}
}

static bool has_rebind(const struct script *script)
{
	for (int t = 0; t < script->n_threads; t++)
		for (int i = 0; i < script->n_actions[t]; i++)
			if (script->actions[t][i].kind == ACTION_REBIND)
				return true;
	return false;
}

static void alloc_all(struct program *p, struct machine *m)
{
	p->provider = explore_alloc(
	    _Alignof(struct provider), sizeof(struct provider) + p->ops->provider_size);
	p->hazards = alloc_zeroed(sizeof(*p->hazards) * MAX_THREADS);
	LIST_INIT(&p->provider->users);
	if (has_rebind(&p->script)) {
		p->available = alloc_zeroed(sizeof(*p->available) * MAX_SERVICES);
		p->fresh = alloc_service(p);
	}
	alloc_users(p);
	alloc_services(p, m);
}

static int init_all(struct program *p, struct machine *m, const char *name, struct error *err)
{
	int ret;

	alloc_all(p, m);
	if (p->ops->about.setup && (ret = p->ops->about.setup()))
		return error_set(err, "%s: setup failed: %s", name, strerror(-ret));
	if (p->ops->provider_init && (ret = p->ops->provider_init(p->provider)))
		return error_set(err, "%s: provider_init failed: %s", name, strerror(-ret));
	if (p->bound_first)
		provider_bind(p->ops, p->provider, p->places[0]);
	return 0;
}

static int init_program(struct machine *m, const struct setup *setup, struct error *err)
{
	struct program *p = m->program;

	p->ops = setup->impl->ops;
	p->script = setup->script;
	find_driver(p);
	return init_all(p, m, setup->impl->name, err);
}

static struct spec_state start_state(const void *program)
{
	const struct program *p = program;

	return (struct spec_state){.cnt = p->bound_first ? SPEC_BOUND : SPEC_UNBOUND};
}

/* -- what has to hold -- */

static bool anyone_has_got(const struct program *p)
{
	for (int t = 0; t < p->script.n_threads; t++)
		if (p->threads[t].got)
			return true;
	return false;
}

/* Unbind is allowed to wait for users that hold the service. */
static bool may_hang(const struct machine *m)
{
	return anyone_has_got(m->program);
}

static unsigned int faults_at_rest(void *program)
{
	struct program *p = program;
	const bool bound = p->provider->bound;
	int ret;

	for (int i = 0; i < p->n_bound - bound; i++)
		if (!p->freed[i] && !anyone_has_got(p))
			return FAULT_LEAK;
	if (p->threads[0].got)
		return 0;
	ret = p->ops->get(p->users[0]);
	if (!ret)
		p->ops->put(p->users[0]);
	if (!ret == bound)
		return 0;
	return ret ? FAULT_LOST : FAULT_GRANTED;
}

/* Returns thread t's first operation of this kind, from index i on, or NULL if there is none. */
static const struct op *next_op(const struct machine *m, int t, unsigned int i, enum spec_op kind)
{
	for (; i < m->threads[t].n_ops; i++)
		if (m->threads[t].ops[i].kind == kind)
			return &m->threads[t].ops[i];
	return NULL;
}

/* Returns true if the use may run between the return of the unbind and the next bind. */
static bool runs_after(const struct program *p, const struct run *run, int t,
    const struct op *unbind, const struct op *bind, bool real)
{
	if (moment_before(&run->end, t, &unbind->ret, real))
		return false;
	return !bind || !moment_before(&bind->call, p->driver, &run->begin, real);
}

/* Returns the first use that may run after this unbind has returned, or NULL if there is none. */
static const struct run *late_run(
    const struct machine *m, const struct op *unbind, const struct op *bind, bool real)
{
	const struct program *p = m->program;

	for (int t = 0; t < p->script.n_threads; t++)
		for (int i = 0; i < p->threads[t].n_runs; i++)
			if (runs_after(p, &p->threads[t].runs[i], t, unbind, bind, real))
				return &p->threads[t].runs[i];
	return NULL;
}

/* Returns the first use that may run after an unbind has returned, and stores that unbind in
 * *unbind. Returns NULL if there is none. */
static const struct run *find_late(const struct machine *m, const struct op **unbind, bool real)
{
	const struct program *p = m->program;
	const struct thread *driver = &m->threads[p->driver < 0 ? 0 : p->driver];

	for (unsigned int i = 0; p->driver >= 0 && i < driver->n_ops; i++) {
		const struct run *late;

		*unbind = &driver->ops[i];
		if ((*unbind)->kind != SPEC_UNBIND)
			continue;
		late = late_run(m, *unbind, next_op(m, p->driver, i + 1, SPEC_BIND), real);
		if (late)
			return late;
	}
	return NULL;
}

static unsigned int faults_in_time(const struct machine *m, bool real)
{
	const struct op *unbind;

	return find_late(m, &unbind, real) ? FAULT_LATE : 0;
}

/* Stores an order in which a late use shows: the unbind returns before the use begins. */
static void find_witness(const struct machine *m, struct witness *w)
{
	const struct op *unbind;
	const struct run *late = find_late(m, &unbind, false);

	w->n = 0;
	if (!late)
		return;
	w->order[w->n++] = unbind->ret.clock;
	w->order[w->n++] = late->begin.clock;
}

/* -- names -- */

static bool is_in(uintptr_t addr, const void *start, size_t size)
{
	return addr - (uintptr_t)start < size;
}

static const char *name_of(const void *program, uintptr_t addr, char *buf, size_t size)
{
	const struct program *p = program;

	for (int i = 0; i < MAX_SERVICES; i++)
		if (is_in(addr, p->places[i], service_bytes(p))) {
			const size_t offset = addr - (uintptr_t)p->places[i];
			const int number = number_of(p, p->places[i]);

			if (number < 0)
				snprintf(buf, size, "memory of no service+%zu", offset);
			else if (!offset)
				snprintf(buf, size, "service %d", number);
			else if (offset == offsetof(struct service, canary))
				snprintf(buf, size, "memory of service %d", number);
			else
				snprintf(buf, size, "service %d+%zu", number, offset);
			return buf;
		}
	for (int t = 0; t < p->script.n_threads; t++)
		if (is_in(addr, p->users[t], sizeof(struct consumer) + p->ops->user_size)) {
			snprintf(buf, size, "users[%d]->state+%zd", t,
			    (ssize_t)(addr - (uintptr_t)p->users[t]->state));
			return buf;
		}
	if (is_in(addr, p->hazards, sizeof(*p->hazards) * MAX_THREADS)) {
		snprintf(buf, size, "hazards[%zu]",
		    (addr - (uintptr_t)p->hazards) / sizeof(*p->hazards));
		return buf;
	}
	if (p->available && is_in(addr, p->available, sizeof(*p->available) * MAX_SERVICES)) {
		snprintf(buf, size, "allocator[%zu]",
		    (addr - (uintptr_t)p->available) / sizeof(*p->available));
		return buf;
	}
	if (!is_in(addr, p->provider, sizeof(struct provider) + p->ops->provider_size))
		return NULL;
	snprintf(buf, size, "provider->state+%zd", (ssize_t)(addr - (uintptr_t)p->provider->state));
	return buf;
}

const struct explore_family explore_lifetime = {
    .name = "lifetime",
    .scenarios = lifetime_scenarios,
    .words = lifetime_words,
    .some_words = "get, use, put, unbind, bind or rebind",
    .generated = &lifetime_generated,
    .check = check_script,
    .program_size = sizeof(struct program),
    .init = init_program,
    .body = run_thread,
    .judging = &lifetime_judging,
    .start = start_state,
    .faults_at_rest = faults_at_rest,
    .faults_in_time = faults_in_time,
    .witness = find_witness,
    .may_hang = may_hang,
    .class_of = explore_safe_or_not,
    .name_of = name_of,
};
