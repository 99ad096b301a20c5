/* SPDX-License-Identifier: MIT */
#include "harness/check/misuse.h"

#include <stdlib.h>
#include <string.h>

#include "harness/check/in_child.h"
#include "harness/model/bus.h"
#include "harness/model/model.h"

const struct misuse misuses[] = {
    {"unpaired_unuse",
	"cleanup of a device that nobody configured (pattern 3 of Jason Gunthorpe, 18 Aug 2023)",
	.before = "", .act = "unuse:0", .after = ""},
    {"unuse_twice", "cleanup of a device runs twice", .before = "probe:0 remove:0",
	.act = "unuse:0", .after = ""},
    {"unuse_beside_driver", "cleanup of a device that nobody configured, while a sibling is bound",
	.before = "probe:1", .act = "unuse:0", .rival = "user", .after = "remove:1"},
    {"unuse_beside_user", "cleanup of a device that nobody configured, while a user owns the group",
	.before = "claim", .act = "unuse:0", .rival = "driver:1", .after = "release"},
    {"unuse_beside_nested_user",
	"cleanup of a device that nobody configured, while a user releases one of two claims",
	.before = "claim:0 claim:1", .act = "unuse:0 release:0", .rival = "driver:1",
	.after = "release:1"},
    {"release_idle", "a user releases a group that nobody owns", .before = "", .act = "release",
	.after = ""},
    {"release_twice", "a user releases a group twice", .before = "claim release", .act = "release",
	.after = ""},
    {"release_beside_driver", "a user releases a group that drivers own", .before = "probe:0",
	.act = "release", .rival = "user", .after = "remove:0"},
    {"device_release_idle", "a user releases, through a device, a group that nobody owns",
	.before = "", .act = "release:0", .after = ""},
    {"device_release_beside_driver",
	"a user releases, through a device, a group that one driver owns", .before = "probe:0",
	.act = "release:1", .rival = "user", .after = "remove:0"},
    {"device_release_beside_drivers",
	"a user releases, through a device, a group that two drivers own; then one driver unbinds",
	.before = "probe:0 probe:1", .act = "release:1 remove:0", .rival = "user",
	.after = "remove:1"},
    {"release_kind",
	"a user claims through a device, releases the group, and then releases through the device",
	.before = "claim:0 release", .act = "release:0", .after = ""},
    {"claim_twice", "a user claims a group that it already owns", .before = "claim", .act = "claim",
	.rival = "driver:0", .after = "release"},
    {"missing_release", "a user claims through two devices, but releases through only one",
	.before = "claim:0 claim:1", .act = "release:0", .after = "", .by_rule = true},
    {"missing_unuse", "a driver unbinds without cleanup; then a sibling is bound and unbound",
	.before = "probe:0 forget:0", .act = "probe:1 remove:1", .after = "", .by_rule = true},
    {"stolen_device",
	"a driver uses a device that it never bound (patterns 1 and 2 of Jason Gunthorpe, 18 Aug "
	"2023)",
	.before = "", .act = "", .rival = "user", .after = "", .by_rule = true},
    {"stolen_device_used", "a driver calls use for a device that it never bound", .before = "use:0",
	.act = "", .rival = "user", .after = "unuse:0", .by_rule = true},
    {"stolen_device_sibling",
	"a driver calls use for a device that it never bound; a sibling is bound and unbound",
	.before = "use:0 probe:1 remove:1", .act = "", .rival = "user", .after = "unuse:0",
	.by_rule = true},
};
const size_t nr_misuses = sizeof(misuses) / sizeof(misuses[0]);

const struct misuse *misuse_find(const char *name)
{
	for (size_t i = 0; i < nr_misuses; i++) {
		if (!strcmp(misuses[i].name, name))
			return &misuses[i];
	}
	return NULL;
}

const char *misuse_state_name(enum misuse_state state)
{
	static const char *const names[] = {
	    [MISUSE_INTACT] = "intact",
	    [MISUSE_LEAKED] = "leaked",
	    [MISUSE_OPEN] = "open",
	};

	return names[state];
}

/* -- calls -- */

struct stage {
	const struct impl_ops *impl;
	struct model model;
	struct driver driver;
	char users[2]; /* owner tokens */
};

static int call_named(struct stage *stage, const char *name, size_t len, struct device *dev)
{
	const struct impl_ops *impl = stage->impl;
	struct group *group = stage->model.groups[0];
	void *user = &stage->users[0];
	static const char *const calls[] = {
	    "probe", "remove", "use", "unuse", "forget", "claim", "release", NULL};
	int i = 0;

	while (calls[i] && (strlen(calls[i]) != len || strncmp(calls[i], name, len)))
		i++;
	switch (i) {
	case 0:
		return bus_probe(impl, dev, &stage->driver, BUS_FAIL_NONE, BUS_PATH_PROBE);
	case 1:
		return bus_remove(impl, dev, BUS_PATH_PROBE);
	case 2:
		return impl->use_default_domain(dev);
	case 3:
		return impl->unuse_default_domain(dev);
	case 4:
		device_set_driver(dev, NULL);
		return 0;
	case 5:
		return dev ? impl->device_claim(dev, user) : impl->group_claim(group, user);
	case 6:
		return dev ? impl->device_release(dev) : impl->group_release(group);
	default:
		abort(); /* `calls` contains a misspelt name */
	}
}

/* Makes all calls, even after an error. Returns the first error, or 0. */
static int call_all(struct stage *stage, const char *calls)
{
	int ret = 0;

	while (*calls) {
		const size_t len = strcspn(calls, " "), name = strcspn(calls, ": ");
		struct device *dev = NULL;
		int one;

		if (name < len)
			dev = stage->model.devices[calls[name + 1] - '0'];
		one = call_named(stage, calls, name, dev);
		ret = ret ? ret : one;
		calls += len;
		calls += strspn(calls, " ");
	}
	return ret;
}

/* Returns whether the rival was granted the group. If so, releases the group again. */
static bool rival_comes(struct stage *stage, const char *rival)
{
	const struct impl_ops *impl = stage->impl;
	struct group *group = stage->model.groups[0];

	if (!strcmp(rival, "user"))
		return !impl->group_claim(group, &stage->users[1]) &&
		       (impl->group_release(group), true);
	struct device *dev = stage->model.devices[rival[strlen("driver:")] - '0'];

	return !bus_probe(impl, dev, &stage->driver, BUS_FAIL_NONE, BUS_PATH_PROBE) &&
	       (bus_remove(impl, dev, BUS_PATH_PROBE), true);
}

/* Returns whether the group is still owned, or refuses an owner, although nobody holds it. */
static bool is_leaked(struct stage *stage)
{
	return stage->impl->claimed(stage->model.groups[0]) || !rival_comes(stage, "user") ||
	       !rival_comes(stage, "driver:0");
}

static void commit_on_stage(
    struct stage *stage, const struct misuse *misuse, struct misuse_outcome *outcome)
{
	outcome->refused = call_all(stage, misuse->before) != 0;
	if (outcome->refused)
		return;
	outcome->detected = call_all(stage, misuse->act) != 0;
	if (misuse->rival && rival_comes(stage, misuse->rival)) {
		outcome->state = MISUSE_OPEN;
		return; /* the group is already corrupt, so further results mean nothing */
	}
	outcome->late = call_all(stage, misuse->after) != 0;
	if (is_leaked(stage))
		outcome->state = MISUSE_LEAKED;
}

int misuse_commit(const struct impl_ops *impl, const struct misuse *misuse,
    struct misuse_outcome *outcome, struct error *err)
{
	struct stage stage = {.impl = impl, .driver = {.name = "dma_api"}};
	struct topology topology;

	*outcome = (struct misuse_outcome){0};
	if (topology_uniform(1, 2, &topology, err))
		return -1;
	if (model_create(&stage.model, impl, &topology, err)) {
		topology_free(&topology);
		return -1;
	}
	commit_on_stage(&stage, misuse, outcome);
	model_destroy(&stage.model);
	topology_free(&topology);
	return 0;
}

/* -- in a child process -- */

enum { TIMEOUT_SECONDS = 10 };

static int misuse_task(
    const struct impl_ops *impl, const void *what, void *outcome, struct error *err)
{
	return misuse_commit(impl, what, outcome, err);
}

int misuse_commit_isolated(const struct impl_ops *impl, const struct misuse *misuse,
    struct misuse_outcome *outcome, struct error *err)
{
	return task_in_child(impl, misuse_task, misuse, outcome, sizeof(*outcome), TIMEOUT_SECONDS,
		   NULL, err) == TASK_DONE
	           ? 0
	           : -1;
}
