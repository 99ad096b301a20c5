/* SPDX-License-Identifier: MIT */
/*
 * Three processes: this one, perf, and the runner, which perf attaches to before the runner forks
 * the run's own process; events are inherited by it and by its threads. The run's process talks to
 * perf when its window begins and ends.
 */
#include "bench/perf.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench/options.h"
#include "harness/measure/perf_control.h"
#include "harness/measure/process.h"

enum { ARGUMENTS_MAX = 64 };

/* What a killed perf may take to be gone. */
static const double KILL_SECONDS = 5;

/* Between perf's closing of its pipes and its end. */
static const double DEATH_SECONDS = 1;

/* What connects the processes; the ends that one has no use for are closed in it. */
struct link {
	struct perf_control control;
	int started[2]; /* the run's process says its number, */
	int go[2];      /* and waits until perf has attached to it */
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

/* These three are called in the run's process. */
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
	return n == 1 ? 0 : error_set(err, "perf did not attach");
}

static int enable(void *arg, struct error *err)
{
	return perf_control_send(&((struct link *)arg)->control, "enable", err);
}

static int disable(void *arg, struct error *err)
{
	return perf_control_send(&((struct link *)arg)->control, "disable", err);
}

__attribute__((noreturn)) static void runner_main(const struct perf_request *request,
    const struct run_spec *spec, struct run_result *result, struct link *link,
    const volatile sig_atomic_t *stop)
{
	const struct run_watch watch = {wait_for_perf, enable, disable, link};
	const double timeout = request->run_timeout + 3 * request->answer_timeout;
	struct run_spec watched = *spec;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	perf_control_close_perfs(&link->control);
	close_end(&link->started[0]);
	close_end(&link->go[1]);
	watched.watch = &watch;
	_exit(run_isolated(&watched, result, timeout, stop) == RUN_INTERRUPTED ? EXIT_INTERRUPTED
									       : EXIT_OK);
}

/* The two ends of perf survive exec, under numbers that are its own to know. */
static int prepare_spawn(posix_spawn_file_actions_t *actions, posix_spawnattr_t *attributes,
    const char *log, const sigset_t *signals)
{
	sigset_t pipes; /* which this process ignores */

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
		return error_set(err, "there is no perf: apt-get install linux-perf");
	return error_set(err, "cannot run perf: %s", strerror(ret));
}

static size_t append(const char **argv, size_t n, const char *const *more)
{
	while (*more && n < ARGUMENTS_MAX - 1)
		argv[n++] = *more++;
	argv[n] = NULL;
	return n;
}

static int spawn_attached(const struct perf_request *request, const struct perf_control *control,
    pid_t run, const sigset_t *signals, pid_t *perf, struct error *err)
{
	const char *argv[ARGUMENTS_MAX];
	char fds[64], pid[32];
	const char *const attach[] = {"-D", "-1", "--control", fds, "-p", pid, NULL};
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	int ret;

	/* Far from 0 to 2, so that adddup2() never finds its source overwritten. */
	const int in = fcntl(control->command[0], F_DUPFD_CLOEXEC, 10);
	const int out = fcntl(control->answer[1], F_DUPFD_CLOEXEC, 10);

	snprintf(fds, sizeof(fds), "fd:%d,%d", in, out);
	snprintf(pid, sizeof(pid), "%d", (int)run);
	append(argv, append(argv, append(argv, 0, request->command), attach), request->options);
	ret = prepare_spawn(&actions, &attributes, request->log, signals);
	/* To itself: that takes close-on-exec away. */
	ret = ret || posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO) ||
	      posix_spawn_file_actions_adddup2(&actions, in, in) ||
	      posix_spawn_file_actions_adddup2(&actions, out, out);
	if (in < 0 || out < 0 || ret)
		ret = EMFILE;
	else
		ret = posix_spawnp(
		    perf, argv[0], &actions, &attributes, (char *const *)argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attributes);
	close(in);
	close(out);
	return ret ? spawn_error(ret, err) : 0;
}

/* The first line of the log that says something; "no message" if none does. */
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

static int say_failed(int status, const char *log, struct error *err)
{
	char words[300];

	first_words(log, words, sizeof(words));
	if (WIFSIGNALED(status))
		return error_set(err, "perf was killed by SIG%s: %s; see %s",
		    sigabbrev_np(WTERMSIG(status)), words, log);
	return error_set(
	    err, "perf failed with status %d: %s; see %s", WEXITSTATUS(status), words, log);
}

/* Ends perf if it does not end by itself. True: it had to be killed. */
static bool end_perf(pid_t perf, double patience, int *status)
{
	static const volatile sig_atomic_t never;
	sigset_t signals;
	bool killed = false;

	pthread_sigmask(SIG_SETMASK, NULL, &signals);
	if (!process_wait(perf, patience, &never, &signals)) {
		killed = true;
		kill(perf, SIGTERM);
		if (!process_wait(perf, KILL_SECONDS, &never, &signals))
			kill(perf, SIGKILL);
	}
	*status = process_reap(perf);
	return killed;
}

struct session {
	const struct perf_request *request;
	struct link link;
	pid_t runner;
	pid_t perf; /* 0: was never started */
};

static int start_runner(struct session *s, const struct run_spec *spec, struct run_result *result,
    const volatile sig_atomic_t *stop, const sigset_t *signals, struct error *err)
{
	s->runner = fork();
	if (s->runner == 0) {
		pthread_sigmask(SIG_SETMASK, signals, NULL);
		runner_main(s->request, spec, result, &s->link, stop);
	}
	close_end(&s->link.started[1]);
	close_end(&s->link.go[0]);
	return s->runner > 0 ? 0 : error_errno(err, "cannot start a process");
}

/* The number of the run's process, or -1 with the error set: it failed before it had threads. */
static pid_t wait_for_run(struct session *s, const sigset_t *signals,
    const volatile sig_atomic_t *stop, const struct run_result *result, struct error *err)
{
	struct pollfd poll = {.fd = s->link.started[0], .events = POLLIN};
	pid_t run;

	while (!*stop && ppoll(&poll, 1, NULL, signals) < 0)
		;
	if (!*stop && read(s->link.started[0], &run, sizeof(run)) == sizeof(run))
		return run;
	process_reap(s->runner);
	s->runner = 0;
	return error_set(err, "the run failed: %s",
	    result->failure[0] ? result->failure : "it ended before it began");
}

/* perf has attached when it answers; then the run may begin. */
static int attach(struct session *s, pid_t run, const sigset_t *signals, struct error *err)
{
	if (spawn_attached(s->request, &s->link.control, run, signals, &s->perf, err))
		return -1;
	perf_control_close_perfs(&s->link.control);
	if (perf_control_send(&s->link.control, "ping", err))
		return -1;
	return write(s->link.go[1], "", 1) == 1 ? 0 : error_errno(err, "cannot start the run");
}

static void end_runner(
    struct session *s, bool attached, const volatile sig_atomic_t *stop, const sigset_t *signals)
{
	close_end(&s->link.go[1]);
	while (attached && !*stop && !process_wait(s->runner, 3600, stop, signals))
		;
	if (!attached || *stop)
		kill(s->runner, SIGTERM);
	process_reap(s->runner);
}

/* Waits for the run, and then for perf. */
static enum perf_end finish(struct session *s, bool attached, const struct run_result *result,
    const volatile sig_atomic_t *stop, const sigset_t *signals, struct error *err)
{
	double patience = attached ? s->request->end_timeout : DEATH_SECONDS;
	bool killed;
	int status;

	end_runner(s, attached, stop, signals);
	/* The control pipe stays open: perf 6.1 fails if it closes while perf drains its buffers.
	 */
	if (!s->perf)
		return PERF_FAILED;
	killed = end_perf(s->perf, *stop ? KILL_SECONDS : patience, &status);
	if (killed && attached && result->failure[0])
		error_set(err, "%s", result->failure); /* and perf with it */
	else if (killed && attached)
		error_set(err, "perf did not end within %g s of the run, killed", patience);
	else if (status && !killed)
		say_failed(status, s->request->log, err);
	else if (attached)
		return PERF_DONE;
	return PERF_FAILED; /* not attached: the error is that of the attempt */
}

static enum perf_end run_session(struct session *s, const struct run_spec *spec,
    struct run_result *result, const volatile sig_atomic_t *stop, const sigset_t *signals,
    struct error *err)
{
	pid_t run;

	if (create_link(&s->link, s->request->answer_timeout, err) ||
	    start_runner(s, spec, result, stop, signals, err))
		return PERF_FAILED;
	run = wait_for_run(s, signals, stop, result, err);
	if (run < 0)
		return PERF_FAILED;
	return finish(s, !attach(s, run, signals, err), result, stop, signals, err);
}

enum perf_end perf_beside(const struct perf_request *request, const struct run_spec *spec,
    struct run_result *result, const volatile sig_atomic_t *stop, struct error *err)
{
	struct session session = {.request = request};
	void (*pipes)(int) = signal(SIGPIPE, SIG_IGN);
	enum perf_end end;
	sigset_t block, before;

	/* Taken inside ppoll() alone, so that none is missed between a look at *stop and a wait. */
	sigemptyset(&block);
	sigaddset(&block, SIGINT);
	sigaddset(&block, SIGTERM);
	pthread_sigmask(SIG_BLOCK, &block, &before);
	end = run_session(&session, spec, result, stop, &before, err);
	close_link(&session.link);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
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

	if (pipe2(out, O_CLOEXEC))
		return error_errno(err, "cannot make a pipe");
	pthread_sigmask(SIG_SETMASK, NULL, &signals);
	ret = prepare_spawn(&actions, &attributes, log, &signals);
	ret = ret || posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO)
	          ? EMFILE
	          : posix_spawnp(
			&reader->pid, argv[0], &actions, &attributes, (char *const *)argv, environ);
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
	int status;

	fclose(reader->out);
	status = process_reap(reader->pid);
	return status ? say_failed(status, log, err) : 0;
}
