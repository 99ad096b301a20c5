/* SPDX-License-Identifier: MIT */
#include "harness/measure/process.h"

#include <errno.h>
#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness/measure/clock.h"

bool process_wait(
    pid_t child, double timeout, const volatile sig_atomic_t *stop, const sigset_t *signals)
{
	uint64_t end = clock_ns() + (uint64_t)(timeout * 1e9);
	int fd = (int)syscall(SYS_pidfd_open, child, 0);
	struct pollfd poll = {.fd = fd, .events = POLLIN};
	bool ended = false;

	while (!ended && !*stop) {
		uint64_t now = clock_ns();
		uint64_t left = now < end ? end - now : 0;
		struct timespec ts = {
		    .tv_sec = (time_t)(left / 1000000000), .tv_nsec = (long)(left % 1000000000)};

		if (!left)
			break;
		ended = ppoll(&poll, 1, &ts, signals) > 0;
	}
	if (fd >= 0)
		close(fd);
	return ended;
}

int process_reap(pid_t child)
{
	int status = 0;

	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	return status;
}
