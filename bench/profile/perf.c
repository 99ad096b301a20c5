/* SPDX-License-Identifier: MIT */
/* Three processes take part: this one, perf, and the runner, which forks the run's own process.
 * perf attaches to the runner before this fork, so the run's process and its threads inherit the
 * events. When its window begins and ends, the run's process sends commands to perf. */
#include "bench/profile/perf.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench/options/options.h"
#include "harness/measure/isolate.h"
#include "harness/measure/perf_control.h"

enum { ARGUMENTS_MAX = 64 };

/* Seconds that perf may take to exit after a signal. */
static const double KILL_SECONDS = 5;

/* Seconds that perf may take to exit after it has closed its pipes. */
static const double DEATH_SECONDS = 1;

/* Pipes between the processes. Each process closes the ends that it does not use. */
struct link {
	struct perf_control control;
	int started[2]; /* the run's process writes its process ID here */
	int go[2];      /* the run's process waits here until perf has attached */
};

static int create_link(struct link *link, double timeout, struct error *err)
{
	*link = (struct link){.started = {-1, -1}, .go = {-1, -1}};
	if (perf_control_create(&link->control, timeout, err))
		return -1;
	if (!pipe2(link->started, O_CLOEXEC) && !pipe2(link->go, O_CLOEXEC))
		return 0;
	return error_errno(err, "cannot make a pipe");
}

static void close_end(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static void close_link(struct link *link)
{
	perf_control_close(&link->control);
	for (int i = 0; i < 2; i++) {
		close_end(&link->started[i]);
		close_end(&link->go[i]);
	}
}

/* This function and the next two are called in the run's process. */
static int wait_for_perf(void *arg, struct error *err)
{
	struct link *link = arg;
	pid_t self = getpid();
	ssize_t n;
	char byte;

	n = write(link->started[1], &self, sizeof(self));
	close_end(&link->started[1]);
	do {
		n = n < 0 ? n : read(link->go[0], &byte, 1);
	} while (n < 0 && errno == EINTR);
	return n == 1 ? 0 : error_set(err, "perf did not attach to the run");
}

static int enable_perf(void *arg, struct error *err)
{
	return perf_control_send(&((struct link *)arg)->control, "enable", err);
}

static int disable_perf(void *arg, struct error *err)
{
	return perf_control_send(&((struct link *)arg)->control, "disable", err);
}

struct session {
	const struct perf_request *request;
	const struct run_spec *spec;
	struct run_result *result;
	struct child_stop stop;
	struct link link;
	struct child runner;
	struct child perf; /* its pid is 0 if it was never started */
};

static bool is_stopped(const struct session *s)
{
	return *s->stop.flag;
}

static void run_beside_perf(void *arg)
{
	struct session *s = arg;
	const struct run_watch watch = {wait_for_perf, enable_perf, disable_perf, &s->link};
	const double timeout = s->request->run_timeout + 3 * s->request->answer_timeout;
	struct run_spec watched = *s->spec;

	child_stop_end(&s->stop);
	perf_control_close_perfs(&s->link.control);
	close_end(&s->link.started[0]);
	close_end(&s->link.go[1]);
	watched.watch = &watch;
	run_isolated(&watched, s->result, timeout, s->stop.flag);
}

/* Sets up the signals, standard input and log of perf's process. Returns 0, or an error number. */
static int prepare_spawn(posix_spawn_file_actions_t *actions, posix_spawnattr_t *attributes,
    const char *log, const sigset_t *signals)
{
	sigset_t pipes; /* SIGPIPE, which this process ignores and perf must not */

	sigemptyset(&pipes);
	sigaddset(&pipes, SIGPIPE);
	return posix_spawn_file_actions_init(actions) || posix_spawnattr_init(attributes) ||
	       posix_spawnattr_setsigmask(attributes, signals) ||
	       posix_spawnattr_setsigdefault(attributes, &pipes) ||
	       posix_spawnattr_setflags(
		   attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF) ||
	       posix_spawn_file_actions_addopen(actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0) ||
	       posix_spawn_file_actions_addopen(
		   actions, STDERR_FILENO, log, O_WRONLY | O_CREAT | O_APPEND, 0644);
}

static int spawn_error(int ret, struct error *err)
{
	if (ret == ENOENT)
		return error_set(err, "perf is not installed: apt-get install linux-perf");
	return error_set(err, "cannot run perf: %s", strerror(ret));
}

static size_t append_arguments(const char **argv, size_t n, const char *const *more)
{
	while (*more && n < ARGUMENTS_MAX - 1)
		argv[n++] = *more++;
	argv[n] = NULL;
	return n;
}

static int spawn_attached(struct session *s, pid_t run, struct error *err)
{
	const struct perf_request *request = s->request;
	const struct perf_control *control = &s->link.control;
	const char *argv[ARGUMENTS_MAX];
	char fds[64], pid[32];
	const char *const attach[] = {"-D", "-1", "--control", fds, "-p", pid, NULL};
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	int ret;

	/* perf gets the numbers of its ends of the control pipes. Numbers of 10 and above cannot
	 * collide with the descriptors 0 to 2. */
	const int in = fcntl(control->command[0], F_DUPFD_CLOEXEC, 10);
	const int out = fcntl(control->answer[1], F_DUPFD_CLOEXEC, 10);

	snprintf(fds, sizeof(fds), "fd:%d,%d", in, out);
	snprintf(pid, sizeof(pid), "%d", (int)run);
	append_arguments(argv,
	    append_arguments(argv, append_arguments(argv, 0, request->command), attach),
	    request->options);
	ret = prepare_spawn(&actions, &attributes, request->log, &s->stop.signals);
	/* Duplicating a descriptor onto itself clears close-on-exec. */
	ret = ret || posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO) ||
	      posix_spawn_file_actions_adddup2(&actions, in, in) ||
	      posix_spawn_file_actions_adddup2(&actions, out, out);
	if (in < 0 || out < 0 || ret)
		ret = EMFILE;
	else
		ret = child_spawn(&s->perf, argv, &actions, &attributes);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attributes);
	close(in);
	close(out);
	return ret ? spawn_error(ret, err) : 0;
}

/* Copies perf's first meaningful message from the log into `text`, or "no message" if there is
 * none. */
static void first_words(const char *log, char *text, size_t size)
{
	static const char *const hollow[] = {"Error:", "Events disabled", "Events enabled",
	    "Warning:", "WARNING:", "ownbench: ", NULL};
	FILE *file = fopen(log, "re");
	char line[400];

	snprintf(text, size, "no message");
	while (file && fgets(line, sizeof(line), file)) {
		char *start = line + strspn(line, " \t");
		size_t i = 0;

		start[strcspn(start, "\n")] = '\0';
		while (hollow[i] && strncmp(start, hollow[i], strlen(hollow[i])))
			i++;
		if (*start && !hollow[i]) {
			snprintf(text, size, "%s", start);
			break;
		}
	}
	if (file)
		fclose(file);
}

static bool command_failed(const struct child_end *end)
{
	return end->outcome != CHILD_EXITED || end->code;
}

static int describe_failure(const struct child_end *end, const char *log, struct error *err)
{
	char words[300];

	first_words(log, words, sizeof(words));
	if (end->outcome == CHILD_CRASHED)
		return error_set(err, "perf was killed by SIG%s: %s; see %s",
		    sigabbrev_np(end->code), words, log);
	return error_set(err, "perf failed with status %d: %s; see %s", end->code, words, log);
}

/* Waits `patience` seconds for perf to exit, and then terminates it. Returns whether it had to
 * be terminated. */
static bool end_perf(struct child *perf, double patience, struct child_end *end)
{
	const bool killed = !child_wait(perf, patience, NULL);

	if (killed)
		child_kill(perf, SIGTERM);
	*end = child_finish(perf, KILL_SECONDS, NULL);
	return killed;
}

static int start_runner(struct session *s, struct error *err)
{
	int ret = child_start(&s->runner, run_beside_perf, s);

	if (ret)
		error_errno(err, "cannot start a process");
	close_end(&s->link.started[1]);
	close_end(&s->link.go[0]);
	return ret;
}

/* Waits for the run's process to start. Returns its process ID, or -1 with the error set if the run
 * failed before it started threads. */
static pid_t wait_for_run(struct session *s, struct error *err)
{
	const char *failure = s->result->failure;
	struct pollfd poll = {.fd = s->link.started[0], .events = POLLIN};
	pid_t run;

	while (!is_stopped(s) && ppoll(&poll, 1, NULL, &s->stop.signals) < 0)
		;
	if (!is_stopped(s) && read(s->link.started[0], &run, sizeof(run)) == sizeof(run))
		return run;
	child_reap(&s->runner);
	return error_set(err, "the run failed: %s",
	    failure[0] ? failure : "the run ended before its window began");
}

/* Starts perf, and lets the run begin once perf has attached. Before that, perf does not answer a
 * ping. */
static int attach_perf(struct session *s, pid_t run, struct error *err)
{
	if (spawn_attached(s, run, err))
		return -1;
	perf_control_close_perfs(&s->link.control);
	if (perf_control_send(&s->link.control, "ping", err))
		return -1;
	return write(s->link.go[1], "", 1) == 1 ? 0 : error_errno(err, "cannot start the run");
}

static void end_runner(struct session *s, bool attached)
{
	close_end(&s->link.go[1]);
	if (!attached || !child_wait(&s->runner, INFINITY, &s->stop))
		child_kill(&s->runner, SIGTERM);
	child_reap(&s->runner);
}

/* Waits for the run to end, and then for perf. */
static enum perf_end finish_session(struct session *s, bool attached, struct error *err)
{
	double patience = attached ? s->request->end_timeout : DEATH_SECONDS;
	const struct run_result *result = s->result;
	struct child_end end;
	bool killed;

	end_runner(s, attached);
	/* The control pipe has to stay open: perf 6.1 fails if it closes while perf drains its
	 * buffers. */
	if (!s->perf.pid)
		return PERF_FAILED;
	killed = end_perf(&s->perf, is_stopped(s) ? KILL_SECONDS : patience, &end);
	if (killed && attached && result->failure[0])
		error_set(err, "%s", result->failure); /* the cause of perf's failure */
	else if (killed && attached)
		error_set(err, "perf did not end within %g s of the run and was killed", patience);
	else if (command_failed(&end) && !killed)
		describe_failure(&end, s->request->log, err);
	else if (attached)
		return PERF_DONE;
	return PERF_FAILED; /* if perf was never attached, the error is already set */
}

static enum perf_end run_session(struct session *s, struct error *err)
{
	pid_t run;

	if (create_link(&s->link, s->request->answer_timeout, err) || start_runner(s, err))
		return PERF_FAILED;
	run = wait_for_run(s, err);
	if (run < 0)
		return PERF_FAILED;
	return finish_session(s, !attach_perf(s, run, err), err);
}

enum perf_end perf_beside(const struct perf_request *request, const struct run_spec *spec,
    struct run_result *result, const volatile sig_atomic_t *stop, struct error *err)
{
	struct session session = {.request = request, .spec = spec, .result = result};
	void (*pipes)(int) = signal(SIGPIPE, SIG_IGN);
	enum perf_end end;

	child_stop_begin(&session.stop, stop);
	end = run_session(&session, err);
	close_link(&session.link);
	child_stop_end(&session.stop);
	signal(SIGPIPE, pipes);
	return *stop ? PERF_INTERRUPTED : end;
}

int perf_open(
    struct perf_reader *reader, const char *const *argv, const char *log, struct error *err)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t signals;
	int out[2], ret;

	*reader = (struct perf_reader){0};
	if (pipe2(out, O_CLOEXEC))
		return error_errno(err, "cannot make a pipe");
	pthread_sigmask(SIG_SETMASK, NULL, &signals);
	ret = prepare_spawn(&actions, &attributes, log, &signals);
	ret = ret || posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO)
	          ? EMFILE
	          : child_spawn(&reader->child, argv, &actions, &attributes);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attributes);
	close(out[1]);
	if (ret) {
		close(out[0]);
		return spawn_error(ret, err);
	}
	reader->out = fdopen(out[0], "r");
	return 0;
}

int perf_close(struct perf_reader *reader, const char *log, struct error *err)
{
	struct child_end end;

	fclose(reader->out);
	end = child_reap(&reader->child);
	return command_failed(&end) ? describe_failure(&end, log, err) : 0;
}
