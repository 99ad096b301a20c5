/* SPDX-License-Identifier: MIT */
#include "harness/measure/perf_control.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "harness/measure/clock.h"

static void close_end(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

int perf_control_create(struct perf_control *control, double timeout, struct error *err)
{
	*control = (struct perf_control){{-1, -1}, {-1, -1}, timeout};
	if (!pipe2(control->command, O_CLOEXEC) && !pipe2(control->answer, O_CLOEXEC))
		return 0;
	error_errno(err, "cannot create a pipe to perf");
	perf_control_close(control);
	return -1;
}

void perf_control_close_perfs(struct perf_control *control)
{
	close_end(&control->command[0]);
	close_end(&control->answer[1]);
}

void perf_control_close(struct perf_control *control)
{
	perf_control_close_perfs(control);
	close_end(&control->command[1]);
	close_end(&control->answer[0]);
}

/* Reads more of the answer. Returns 1 if bytes were read or a signal interrupted the wait, 0 if
 * perf has closed the pipe, and -1 after a timeout. */
static int read_more(struct perf_control *control, uint64_t end, char *text, size_t size)
{
	struct pollfd poll_fd = {.fd = control->answer[0], .events = POLLIN};
	uint64_t now = clock_ns();
	int left = now < end ? (int)((end - now) / 1000000) + 1 : 0;
	int ready = poll(&poll_fd, 1, left);
	ssize_t n;

	if (ready < 0 && errno == EINTR)
		return 1;
	if (ready <= 0)
		return -1;
	n = read(control->answer[0], text + strlen(text), size - strlen(text) - 1);
	return n > 0 || (n < 0 && errno == EINTR);
}

/* Drops NUL bytes, because perf ends each answer with one. */
static void drop_nuls(char *text, size_t size)
{
	size_t kept = 0;

	for (size_t i = 0; i < size; i++) {
		if (text[i])
			text[kept++] = text[i];
	}
	memset(text + kept, 0, size - kept);
}

int perf_control_send(struct perf_control *control, const char *command, struct error *err)
{
	const uint64_t end = clock_ns() + (uint64_t)(control->timeout * 1e9);
	char text[64] = "";
	char line[32];
	int len = snprintf(line, sizeof(line), "%s\n", command);
	int more = 1;

	if (write(control->command[1], line, (size_t)len) != len)
		more = 0;
	while (more > 0 && !strchr(text, '\n') && strlen(text) < sizeof(text) - 1) {
		more = read_more(control, end, text, sizeof(text));
		drop_nuls(text, sizeof(text));
	}
	if (more < 0)
		return error_set(
		    err, "perf did not answer '%s' within %g s", command, control->timeout);
	if (more == 0)
		return error_set(err, "perf exited before it acknowledged '%s'", command);
	if (strncmp(text, "ack", 3))
		return error_set(err, "perf answered '%s' with '%.*s' instead of ack", command,
		    (int)strcspn(text, "\n"), text);
	return 0;
}
