/* SPDX-License-Identifier: MIT */
#include "harness/measure/events.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <perfmon/pfmlib_perf_event.h>

#define COHERENCE "coherence"

/* Events of different CPUs that count loads (on AMD: fills) served from another core's cache. The
 * first one that this CPU has is used. */
static const char *const coherence_events[] = {
    "MEM_LOAD_L3_HIT_RETIRED:XSNP_HITM",                   /* Intel, since Skylake */
    "MEM_LOAD_L3_HIT_RETIRED:XSNP_FWD",                    /* Intel, since Sapphire Rapids */
    "MEM_LOAD_UOPS_L3_HIT_RETIRED:XSNP_HITM",              /* Intel Haswell, Broadwell */
    "MEM_LOAD_UOPS_LLC_HIT_RETIRED:XSNP_HITM",             /* Intel Sandy Bridge, Ivy Bridge */
    "MEM_UNCORE_RETIRED:OTHER_CORE_L2_HITM",               /* Intel Nehalem */
    "ANY_DATA_CACHE_FILLS_FROM_SYSTEM:LOCAL_CCX",          /* AMD, Zen 4 */
    "ANY_DATA_CACHE_FILLS_FROM_SYSTEM:INT_CACHE",          /* AMD, Zen 3 */
    "DATA_CACHE_REFILLS_FROM_SYSTEM:LS_MABRESP_LCL_CACHE", /* AMD, Zen 2 */
};

/* Sets the counter's attr and event. Returns PFM_SUCCESS or another libpfm code. */
static int encode_event(const char *name, struct counter *counter)
{
	char *full = NULL;
	pfm_perf_encode_arg_t arg = {.attr = &counter->attr, .fstr = &full, .size = sizeof(arg)};
	int ret;

	counter->attr = (struct perf_event_attr){0};
	ret = pfm_get_os_event_encoding(name, PFM_PLM0 | PFM_PLM3, PFM_OS_PERF_EVENT, &arg);
	if (ret == PFM_SUCCESS)
		snprintf(counter->event, sizeof(counter->event), "%s", full ? full : name);
	free(full);
	return ret;
}

/* Encodes the first of coherence_events that this CPU has. If it has none, event stays empty. */
static void encode_coherence(struct counter *counter)
{
	const size_t nr = sizeof(coherence_events) / sizeof(coherence_events[0]);

	counter->event[0] = '\0';
	for (size_t i = 0; i < nr; i++) {
		if (encode_event(coherence_events[i], counter) == PFM_SUCCESS)
			return;
	}
}

static int add_event(struct counter_list *list, const char *name, struct error *err)
{
	struct counter *counter = &list->counters[list->nr];
	int ret = PFM_SUCCESS;

	if (!*name)
		return error_set(
		    err, "--events: an event's name is empty; 'none' disables counting");
	for (size_t i = 0; i < list->nr; i++) {
		if (!strcmp(list->counters[i].name, name))
			return error_set(err, "--events: %s is named twice", name);
	}
	if (list->nr == COUNTERS_MAX)
		return error_set(err, "--events: more than %d events", COUNTERS_MAX);
	if (!strcmp(name, COHERENCE))
		encode_coherence(counter);
	else
		ret = encode_event(name, counter);
	if (ret != PFM_SUCCESS || strlen(name) >= sizeof(counter->name))
		return error_set(err,
		    "--events=%s: %s; 'ownbench list --events' lists what can be counted here",
		    name, ret == PFM_SUCCESS ? "the name is too long" : pfm_strerror(ret));
	snprintf(counter->name, sizeof(counter->name), "%s", name);
	list->nr++;
	return 0;
}

static int start_libpfm(struct error *err)
{
	int ret = pfm_initialize();

	return ret == PFM_SUCCESS
	           ? 0
	           : error_set(err, "cannot look up events: libpfm: %s", pfm_strerror(ret));
}

int events_parse(const char *names, struct counter_list *list, struct error *err)
{
	char *copy = strdup(names);
	char *rest = copy;
	char *name;
	int ret = 0;

	*list = (struct counter_list){0};
	if (!copy)
		return error_set(err, "--events: not enough memory");
	if (strcmp(names, "none")) {
		ret = start_libpfm(err);
		while (!ret && (name = strsep(&rest, ",")))
			ret = add_event(list, name, err);
	}
	free(copy);
	return ret;
}

/* Whether this process may count an event. */
enum standing {
	COUNTABLE,
	USER_ONLY,   /* only in user mode, so exclude_kernel is set */
	KERNELS_OWN, /* the event occurs only in the kernel, which this process may not observe */
	FORBIDDEN,   /* perf_event_open() is not permitted */
	NOT_THERE,
	STANDINGS,
};

/* These events occur only in the kernel: with exclude_kernel, their counts are always 0. */
static bool is_kernels_own(const struct perf_event_attr *attr)
{
	return attr->type == PERF_TYPE_SOFTWARE &&
	       (attr->config == PERF_COUNT_SW_CONTEXT_SWITCHES ||
		   attr->config == PERF_COUNT_SW_CPU_MIGRATIONS);
}

static int try_open(const struct counter *counter)
{
	struct counter_list one = {.counters = {*counter}, .nr = 1};
	struct counter_fds fds;
	int ret = counters_open(&fds, &one);

	counters_close(&fds);
	return ret;
}

static bool is_refusal(int ret)
{
	return ret == -EACCES || ret == -EPERM;
}

static enum standing find_standing(struct counter *counter)
{
	int ret;

	if (!counter->event[0])
		return NOT_THERE;
	ret = try_open(counter);
	if (!ret)
		return COUNTABLE;
	if (!is_refusal(ret))
		return ret == -ENOSYS ? FORBIDDEN : NOT_THERE;
	counter->attr.exclude_kernel = 1;
	counter->attr.exclude_hv = 1;
	ret = try_open(counter);
	if (is_refusal(ret))
		return FORBIDDEN;
	if (ret)
		return NOT_THERE;
	return is_kernels_own(&counter->attr) ? KERNELS_OWN : USER_ONLY;
}

/* Returns kernel.perf_event_paranoid, or -2 if it cannot be read. The kernel never reports -2. */
static int read_paranoid(void)
{
	FILE *file = fopen("/proc/sys/kernel/perf_event_paranoid", "re");
	char line[32] = "-2";

	if (file && !fgets(line, sizeof(line), file))
		strcpy(line, "-2");
	if (file)
		fclose(file);
	return (int)strtol(line, NULL, 10);
}

static const char *standing_reason(enum standing standing)
{
	switch (standing) {
	case NOT_THERE:
		return "this machine has no such counter";
	case KERNELS_OWN:
		return "kernel events, which this user may not count; to permit it: sudo sysctl "
		       "kernel.perf_event_paranoid=1";
	case USER_ONLY:
		return "counted in user mode only; to include the kernel: sudo sysctl "
		       "kernel.perf_event_paranoid=1";
	default:
		return read_paranoid() > 2
		           ? "forbidden for this user; to permit it: sudo sysctl "
		             "kernel.perf_event_paranoid=1"
		           : "perf_event_open is forbidden here, as in many containers";
	}
}

/* Returns a list of the events that are not fully countable: "a, b (why); c (why)". NULL if there
 * are none. The caller frees the text. */
static char *describe_uncountable(const struct counter_list *list, const enum standing *standings)
{
	static const enum standing order[] = {NOT_THERE, FORBIDDEN, KERNELS_OWN, USER_ONLY};
	size_t size, groups = 0;
	char *text = NULL;
	FILE *out = open_memstream(&text, &size);

	for (size_t s = 0; out && s < sizeof(order) / sizeof(order[0]); s++) {
		size_t nr = 0;

		for (size_t i = 0; i < list->nr; i++) {
			if (standings[i] == order[s])
				fprintf(out, "%s%s",
				    nr++     ? ", "
				    : groups ? "; "
					     : "",
				    list->counters[i].name);
		}
		if (nr)
			fprintf(out, " (%s)", standing_reason(order[s]));
		groups += nr > 0;
	}
	if (out)
		fclose(out);
	if (!groups) {
		free(text);
		return NULL;
	}
	return text;
}

char *events_keep_countable(struct counter_list *list)
{
	enum standing standings[COUNTERS_MAX] = {COUNTABLE};
	size_t kept = 0;
	char *text;

	for (size_t i = 0; i < list->nr; i++)
		standings[i] = find_standing(&list->counters[i]);
	text = describe_uncountable(list, standings);
	for (size_t i = 0; i < list->nr; i++) {
		if (standings[i] == COUNTABLE || standings[i] == USER_ONLY)
			list->counters[kept++] = list->counters[i];
	}
	list->nr = kept;
	return text;
}

static bool is_countable(const char *name)
{
	struct counter counter;
	enum standing standing;

	if (encode_event(name, &counter) != PFM_SUCCESS)
		return false;
	standing = find_standing(&counter);
	return standing == COUNTABLE || standing == USER_ONLY;
}

static void print_countable(FILE *out, const char *name, const char *meaning)
{
	char lower[128];
	size_t n = 0;

	if (!is_countable(name))
		return;
	for (; name[n] && n < sizeof(lower) - 1; n++)
		lower[n] = (char)tolower((unsigned char)name[n]);
	lower[n] = '\0';
	fprintf(out, "%-40s %s\n", lower, meaning ? meaning : "");
}

/* Prints an event. If it has unit masks, prints one line for each mask instead. */
static void print_event(FILE *out, const pfm_event_info_t *info)
{
	char name[128];
	bool masks = false;

	for (int i = 0; i < info->nattrs; i++) {
		pfm_event_attr_info_t attr = {.size = sizeof(attr)};

		if (pfm_get_event_attr_info(info->idx, i, PFM_OS_PERF_EVENT, &attr) !=
			PFM_SUCCESS ||
		    attr.type != PFM_ATTR_UMASK)
			continue;
		masks = true;
		snprintf(name, sizeof(name), "%s:%s", info->name, attr.name);
		print_countable(out, name, attr.desc);
	}
	if (!masks)
		print_countable(out, info->name, info->desc);
}

static void print_pmu(FILE *out, const pfm_pmu_info_t *pmu)
{
	for (int e = pmu->first_event; e != -1; e = pfm_get_event_next(e)) {
		pfm_event_info_t info = {.size = sizeof(info)};

		if (pfm_get_event_info(e, PFM_OS_PERF_EVENT, &info) != PFM_SUCCESS)
			continue;
		/* Skip duplicates: each PERF_COUNT_ event also has a shorter name. */
		if (strncmp(info.name, "PERF_COUNT_", strlen("PERF_COUNT_")))
			print_event(out, &info);
	}
}

int events_print(FILE *out, struct error *err)
{
	struct counter coherence = {.name = COHERENCE};
	int p;

	if (start_libpfm(err))
		return -1;
	encode_coherence(&coherence);
	if (coherence.event[0] && !try_open(&coherence))
		fprintf(out, "%-40s %s\n", COHERENCE, coherence.event);
	pfm_for_all_pmus(p)
	{
		pfm_pmu_info_t pmu = {.size = sizeof(pmu)};

		if (pfm_get_pmu_info((pfm_pmu_t)p, &pmu) == PFM_SUCCESS && pmu.is_present &&
		    pmu.pmu != PFM_PMU_PERF_EVENT_RAW)
			print_pmu(out, &pmu);
	}
	return 0;
}
