/* SPDX-License-Identifier: MIT */
#include "harness/explore/operation.h"

#include "harness/explore/hook_stack.h"
#include "harness/explore/schedule.h"

struct moment machine_now(void)
{
	const struct machine *m = machine_running();
	const int self = m->current->id;

	if (m->model == MODEL_RC11)
		return (struct moment){
		    m->sync.now[self], m->sync.now[self][self], (int16_t)(2 * m->length - 1)};
	return (struct moment){
	    m->clocks[self], m->clocks[self][self], (int16_t)(2 * m->length - 1)};
}

HOOK(machine_call);
struct op *machine_call_body(
    const struct source_location *site, enum spec_op kind, int device, int owner, const void *frame)
{
	struct machine *m = machine_running();
	struct thread *t = m->current;
	struct op *op = &t->ops[t->n_ops];

	if (t->n_ops == MAX_OPS)
		machine_refuse("one thread runs more than %d operations", MAX_OPS);
	t->op_steps = 0;
	machine_step(m, (struct access){.site = site,
			    .kind = ACCESS_CALL,
			    .op = (uint8_t)kind,
			    .value = (uint64_t)device << 32 | (uint64_t)owner});
	machine_progress(m, t);
	machine_observe_step(m, (uint64_t)owner);
	op->kind = (uint8_t)kind;
	op->device = (uint8_t)device;
	op->owner = (uint8_t)owner;
	/* Clear the result of an earlier execution, since the operation may never return. */
	op->result = 0;
	op->returned = false;
	op->call = machine_now();
	t->failed_weakly = false;
	t->seen = NULL;
	t->spin.top = frame;
	t->n_ops++;
	t->n_waits = 0;
	lockorder_enter(m->locks, (unsigned int)t->id, site);
	return op;
}

HOOK(machine_return);
void machine_return_body(struct op *op, int result)
{
	struct machine *m = machine_running();
	struct thread *t = m->current;

	lockorder_leave(m->locks, (unsigned int)t->id);
	op->returned = true;
	op->result = (int8_t)(result > INT8_MIN && result <= INT8_MAX ? result : INT8_MIN);
	machine_observe(
	    m, t->id, &(struct access){.kind = ACCESS_RETURN}, (uint64_t)(int64_t)result);
	op->ret = machine_now();
	op->ret.index++;
	op->ret.stamp++;
	t->op_steps = 0;
	t->spin.top = (const char *)t->stack + STACK_SIZE;
}

HOOK(machine_work);
void machine_work_body(const struct source_location *site, unsigned int object, unsigned int side)
{
	struct machine *m = machine_running();

	if (m->detail >= DETAIL_WORK) {
		machine_step(m,
		    (struct access){
			.site = site, .kind = ACCESS_WORK, .value = (uint64_t)object << 32 | side});
		machine_observe_step(m, side);
	}
	sync_work(&m->sync, m->current->id, object, side);
}
