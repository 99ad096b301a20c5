/* SPDX-License-Identifier: MIT */
#include "bench/claims/claim.h"

#include <errno.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness/measure/clock.h"

const struct claim *claim_find(const char *id)
{
	for (size_t i = 0; i < nr_claims; i++) {
		if (!strcmp(claims[i]->id, id))
			return claims[i];
	}
	return NULL;
}

void claim_value(
    struct claim_result *result, double value, double low, double high, const char *unit)
{
	result->value = value;
	result->low = low;
	result->high = high;
	snprintf(result->unit, sizeof(result->unit), "%s", unit);
}

size_t claim_runs(const struct claim_options *options)
{
	return options->quick ? RATE_RUNS_QUICK : RATE_RUNS;
}

void claim_rate(struct claim_result *result, const struct rate_runs *runs, const char *unit)
{
	const struct rate rate = rate_of(runs);

	claim_value(result, rate.mean, rate.around.low, rate.around.high, unit);
}

void claim_boundary_sizes(
    struct claim_result *result, const size_t *sizes, size_t below, size_t first)
{
	if (result->verdict != CLAIM_BOUNDARY)
		return;
	if (below)
		snprintf(result->boundary, sizeof(result->boundary),
		    "between groups of %zu and of %zu devices", sizes[below - 1], sizes[first]);
	else
		snprintf(result->boundary, sizeof(result->boundary),
		    "in groups of %zu devices at the latest", sizes[first]);
}

void claim_undecided(struct claim_result *result, const char *format, ...)
{
	va_list args;

	if (result->verdict != CLAIM_UNDECIDED)
		return;
	va_start(args, format);
	vsnprintf(result->boundary, sizeof(result->boundary), format, args);
	va_end(args);
}

void claim_figure(struct claim_result *result, const char *format, ...)
{
	size_t len = strlen(result->figure);
	va_list args;

	if (len)
		len += (size_t)snprintf(result->figure + len, sizeof(result->figure) - len, "; ");
	if (len >= sizeof(result->figure))
		return;
	va_start(args, format);
	vsnprintf(result->figure + len, sizeof(result->figure) - len, format, args);
	va_end(args);
}

/* -- a process of its own -- */

struct shared {
	struct claim_result result;
	struct error err;
	bool failed;
};

/* A group of its own, so that what the experiment starts ends with it. */
__attribute__((noreturn)) static void child_main(
    const struct claim *claim, const struct claim_options *options, struct shared *shared)
{
	setpgid(0, 0);
	signal(SIGINT, SIG_DFL);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	shared->failed = claim->run(options, &shared->result, &shared->err) != 0;
	_exit(EXIT_SUCCESS);
}

/* Whether the child ends within `timeout` seconds. */
static bool ends(pid_t child, double timeout)
{
	const uint64_t end = clock_ns() + (uint64_t)(timeout * 1e9);
	int fd = (int)syscall(SYS_pidfd_open, child, 0);
	struct pollfd poll_fd = {.fd = fd, .events = POLLIN};
	bool ended = false;

	for (uint64_t now = clock_ns(); !ended && now < end; now = clock_ns())
		ended = poll(&poll_fd, 1, (int)((end - now) / 1000000) + 1) > 0;
	if (fd >= 0)
		close(fd);
	return ended;
}

static int describe_end(const struct claim *claim, int status, bool ended, double timeout,
    const struct shared *shared, struct error *err)
{
	if (!ended)
		return error_set(err, "%s: hung: no end after %.0f s, killed", claim->id, timeout);
	if (WIFSIGNALED(status))
		return error_set(
		    err, "%s: crashed: SIG%s", claim->id, sigabbrev_np(WTERMSIG(status)));
	if (WEXITSTATUS(status))
		return error_set(
		    err, "%s: ended early with exit status %d", claim->id, WEXITSTATUS(status));
	if (shared->failed)
		return error_set(err, "%s: %s", claim->id, shared->err.text);
	return 0;
}

int claim_run(const struct claim *claim, const struct claim_options *options,
    struct claim_result *result, struct error *err)
{
	const double timeout = options->timeout > 0 ? options->timeout : 30 + 10 * options->seconds;
	struct shared *shared =
	    mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int status, ret;
	bool ended;
	pid_t child;

	if (shared == MAP_FAILED)
		return error_errno(err, "%s: no memory for its result", claim->id);
	claim_value(&shared->result, NAN, NAN, NAN, "");
	child = fork();
	if (child == 0)
		child_main(claim, options, shared);
	if (child < 0) {
		munmap(shared, sizeof(*shared));
		return error_errno(err, "%s: cannot start a process", claim->id);
	}
	setpgid(child, child); /* whoever of the two comes first */
	ended = ends(child, timeout);
	if (!ended)
		kill(-child, SIGKILL);
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	ret = describe_end(claim, status, ended, timeout, shared, err);
	*result = shared->result;
	munmap(shared, sizeof(*shared));
	return ret;
}
