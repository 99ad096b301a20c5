/* SPDX-License-Identifier: MIT */
/* The functions that a litmus test can call: the kernel's primitives, and C11's atomics with an
 * explicit memory order. */
#include <stdatomic.h>
#include <string.h>

#include "harness/explore/litmus/syntax.h"

enum { RLX = memory_order_relaxed, ACQ = memory_order_acquire, REL = memory_order_release };
enum { SC = memory_order_seq_cst, ACQ_REL = memory_order_acq_rel, NONE = -1 };

#define CALL(what, ...)                                    \
	{                                                  \
		.primitive = PRIMITIVE_##what, __VA_ARGS__ \
	}

/*
 * Functions with their complete names. Names of other atomic_*() functions are parsed by
 * arithmetic(). Fully ordered kernel functions also exist with the suffixes _relaxed, _acquire and
 * _release, see look_up_variant().
 */
static const struct {
	const char *name;
	struct function f;
} functions[] = {
    {"READ_ONCE", {.call = CALL(LOAD, .order = RLX), .nr_args = 1, .lvalue = true}},
    {"WRITE_ONCE", {.call = CALL(STORE, .order = RLX), .nr_args = 2, .value = 1, .lvalue = true}},
    {"rcu_dereference", {.call = CALL(LOAD, .order = RLX), .nr_args = 1, .lvalue = true}},
    {"rcu_assign_pointer",
	{.call = CALL(STORE, .order = REL), .nr_args = 2, .value = 1, .lvalue = true}},
    {"smp_load_acquire", {.call = CALL(LOAD, .order = ACQ), .nr_args = 1}},
    {"smp_store_release", {.call = CALL(STORE, .order = REL), .nr_args = 2, .value = 1}},
    {"smp_store_mb", {.call = CALL(STORE, .order = RLX, .fence_behind = true),
			 .nr_args = 2,
			 .value = 1,
			 .lvalue = true}},
    {"atomic_read", {.call = CALL(LOAD, .order = RLX), .nr_args = 1}},
    {"atomic_read_acquire", {.call = CALL(LOAD, .order = ACQ), .nr_args = 1}},
    {"atomic_set", {.call = CALL(STORE, .order = RLX), .nr_args = 2, .value = 1}},
    {"atomic_set_release", {.call = CALL(STORE, .order = REL), .nr_args = 2, .value = 1}},
    {"xchg", {.call = CALL(RMW, .op = RMW_EXCHANGE, .order = RLX, .full = true),
		 .nr_args = 2,
		 .value = 1}},
    {"atomic_xchg", {.call = CALL(RMW, .op = RMW_EXCHANGE, .order = RLX, .full = true),
			.nr_args = 2,
			.value = 1}},
    {"cmpxchg",
	{.call = CALL(CAS, .order = RLX, .full = true), .nr_args = 3, .value = 1, .desired = 2}},
    {"atomic_cmpxchg",
	{.call = CALL(CAS, .order = RLX, .full = true), .nr_args = 3, .value = 1, .desired = 2}},
    {"smp_mb", {.call = CALL(FENCE, .order = SC), .nr_args = 0}},
    {"smp_rmb", {.call = CALL(FENCE, .order = ACQ), .nr_args = 0}},
    {"smp_wmb", {.call = CALL(FENCE, .order = REL), .nr_args = 0}},
    {"smp_mb__before_atomic", {.call = CALL(FENCE, .order = SC), .nr_args = 0}},
    {"smp_mb__after_atomic", {.call = CALL(FENCE, .order = SC), .nr_args = 0}},
    {"smp_mb__after_spinlock", {.call = CALL(FENCE, .order = SC), .nr_args = 0}},
    {"smp_mb__after_unlock_lock", {.call = CALL(FENCE, .order = SC), .nr_args = 0}},
    {"smp_acquire__after_ctrl_dep", {.call = CALL(FENCE, .order = ACQ), .nr_args = 0}},
    {"barrier", {.call = CALL(NOTHING, .order = NONE), .nr_args = 0}},
    {"spin_lock", {.call = CALL(LOCK, .order = ACQ), .nr_args = 1}},
    {"spin_unlock", {.call = CALL(UNLOCK, .order = REL), .nr_args = 1}},
    {"rcu_read_lock", {.call = CALL(READ_LOCK, .order = NONE), .nr_args = 0}},
    {"rcu_read_unlock", {.call = CALL(READ_UNLOCK, .order = NONE), .nr_args = 0}},
    {"synchronize_rcu", {.call = CALL(GRACE_PERIOD, .order = NONE), .nr_args = 0}},
    {"synchronize_rcu_expedited", {.call = CALL(GRACE_PERIOD, .order = NONE), .nr_args = 0}},
    {"atomic_load_explicit", {.call = CALL(LOAD, .order = SC), .nr_args = 2, .ordered = true}},
    {"atomic_store_explicit",
	{.call = CALL(STORE, .order = SC), .nr_args = 3, .value = 1, .ordered = true}},
    {"atomic_exchange_explicit", {.call = CALL(RMW, .op = RMW_EXCHANGE, .order = SC),
				     .nr_args = 3,
				     .value = 1,
				     .ordered = true}},
    {"atomic_thread_fence", {.call = CALL(FENCE, .order = SC), .nr_args = 1, .ordered = true}},
};

static bool strip_prefix(const char **text, const char *prefix)
{
	const size_t len = strlen(prefix);

	if (strncmp(*text, prefix, len))
		return false;
	*text += len;
	return true;
}

/* Parses the rest of a name after "atomic_", such as "add", "sub_return", "fetch_or" or
 * "dec_and_test". Returns false if there is no such function. */
static bool arithmetic(const char *name, struct function *f)
{
	static const struct {
		const char *name;
		enum rmw op;
		bool one;
	} ops[] = {{"add", RMW_ADD, false}, {"sub", RMW_SUB, false}, {"inc", RMW_ADD, true},
	    {"dec", RMW_SUB, true}, {"or", RMW_OR, false}, {"and", RMW_AND, false},
	    {"xor", RMW_XOR, false}};
	const bool fetches = strip_prefix(&name, "fetch_");
	size_t i = 0;

	while (i < sizeof(ops) / sizeof(ops[0]) && !strip_prefix(&name, ops[i].name))
		i++;
	if (i == sizeof(ops) / sizeof(ops[0]))
		return false;
	*f = (struct function){.call = CALL(RMW, .op = ops[i].op, .order = RLX, .full = true),
	    .nr_args = ops[i].one ? 1 : 2,
	    .address = !ops[i].one,
	    .one = ops[i].one};
	if (fetches && !strcmp(name, "_explicit"))
		*f = (struct function){.call = CALL(RMW, .op = ops[i].op, .order = SC),
		    .nr_args = 3,
		    .value = 1,
		    .ordered = true};
	else if (!fetches && !strcmp(name, "_return"))
		f->call.returned = RETURNS_NEW;
	else if (!fetches && !strcmp(name, "_and_test"))
		f->call.returned = RETURNS_ZERO;
	else if (*name)
		return false;
	else if (!fetches)
		f->call.full = false; /* atomic_add() and others without a result are unordered */
	return true;
}

static bool look_up(const char *name, struct function *f)
{
	for (size_t i = 0; i < sizeof(functions) / sizeof(functions[0]); i++) {
		if (strcmp(functions[i].name, name))
			continue;
		*f = functions[i].f;
		return true;
	}
	return strip_prefix(&name, "atomic_") && arithmetic(name, f);
}

/* Looks up a variant, with the suffix _relaxed, _acquire or _release, of a fully ordered
 * function. */
static bool look_up_variant(const char *name, struct function *f)
{
	static const struct {
		const char *suffix;
		int order;
	} variants[] = {{"_relaxed", RLX}, {"_acquire", ACQ}, {"_release", REL}};
	char base[LITMUS_NAME];

	for (size_t i = 0; i < sizeof(variants) / sizeof(variants[0]); i++) {
		const size_t len = strlen(name), cut = strlen(variants[i].suffix);

		if (len <= cut || len - cut >= sizeof(base) ||
		    strcmp(name + len - cut, variants[i].suffix))
			continue;
		memcpy(base, name, len - cut);
		base[len - cut] = '\0';
		if (!look_up(base, f) || !f->call.full)
			return false;
		f->call.full = false;
		f->call.order = variants[i].order;
		return true;
	}
	return false;
}

bool litmus_function(const char *name, struct function *function)
{
	return look_up(name, function) || look_up_variant(name, function);
}
