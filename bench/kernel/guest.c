/* SPDX-License-Identifier: MIT */
#include "bench/kernel/guest.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "bench/report/data_dir.h"
#include "bench/sweep/interrupt.h"
#include "harness/process/child.h"

/* A guest counts as hung if its scripts print nothing for SILENCE_SECONDS; a run takes at most a
 * minute. Kernel messages are ignored, because the kernel reports a stalled CPU again and again. */
enum { SILENCE_SECONDS = 120, BOOT_WITH_KVM_SECONDS = 20 };

static const char qemu[] = "qemu-system-x86_64";

/* A guest, and what its console has shown so far. */
struct guest {
	struct kernel_place *place;
	struct kernel_run *runs;
	size_t nr;
	/* The run that the guest is executing, or has executed last; NULL: none yet. */
	struct kernel_run *running;
	bool booted; /* /init has run */
	time_t
	    last_output; /* time of the last line that its scripts printed, in monotonic seconds */
	bool ended;      /* the guest executed all runs and unloaded the module */
	char trouble[200]; /* first warning or error of the kernel in this run */
	char error[200];   /* error message of its scripts */
};

/* Paths of the temporary files of one guest. */
struct files {
	char dir[64];
	char runs[96];
	char initrd[96];
};

static bool is_open(const struct kernel_run *run)
{
	return !run->result && !*run->failure;
}

static struct kernel_run *first_open(const struct guest *guest)
{
	for (size_t i = 0; i < guest->nr; i++) {
		if (is_open(&guest->runs[i]))
			return &guest->runs[i];
	}
	return NULL;
}

static int files_create(struct files *files, const struct guest *guest, struct error *err)
{
	const char *arguments[] = {guest->place->module, files->runs, files->initrd, NULL};
	FILE *list;

	snprintf(files->dir, sizeof(files->dir), "/tmp/ownbench-guest.XXXXXX");
	if (!mkdtemp(files->dir))
		return error_errno(err, "cannot make a directory in /tmp");
	snprintf(files->runs, sizeof(files->runs), "%s/runs", files->dir);
	snprintf(files->initrd, sizeof(files->initrd), "%s/initrd", files->dir);
	list = fopen(files->runs, "w");
	if (!list)
		return error_errno(err, "cannot write %s", files->runs);
	for (size_t i = 0; i < guest->nr; i++) {
		if (is_open(&guest->runs[i]))
			fprintf(list, "design=%s %s\n", guest->runs[i].design, guest->runs[i].spec);
	}
	if (fclose(list))
		return error_errno(err, "cannot write %s", files->runs);
	return guest->place->host ? 0 : kernel_script("initrd", arguments, NULL, 0, err);
}

static void files_remove(const struct files *files)
{
	unlink(files->runs);
	unlink(files->initrd);
	rmdir(files->dir);
}

/* Returns the rest of the line after `word` and a blank, or NULL if the line does not begin with
 * them. */
static const char *line_after(const char *line, const char *word)
{
	size_t len = strlen(word);

	return !strncmp(line, word, len) && line[len] == ' ' ? line + len + 1 : NULL;
}

static void take_result(struct guest *guest, const char *text)
{
	if (!guest->running)
		return;
	guest->running->result = json_loads(text, 0, NULL);
	if (!guest->running->result)
		snprintf(guest->running->failure, sizeof(guest->running->failure),
		    "the run's result is not JSON");
}

/* Called before the guest begins the next run. If the current run has no result, sets its
 * failure. */
static void close_running(struct guest *guest)
{
	if (guest->running && is_open(guest->running))
		snprintf(guest->running->failure, sizeof(guest->running->failure),
		    "the run ended without a result");
}

static bool is_trouble(const char *line)
{
	static const char *const signs[] = {
	    "WARNING:", "BUG:", "Oops", "Kernel panic", "general protection", "INFO: task"};

	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
		if (strstr(line, signs[i]))
			return true;
	}
	return false;
}

static time_t now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec;
}

static void take_line(struct guest *guest, const char *line)
{
	const char *rest;

	if (!strncmp(line, "ownbench-", strlen("ownbench-"))) {
		guest->booted = true;
		guest->last_output = now();
	}
	if (line_after(line, "ownbench-run")) {
		close_running(guest);
		guest->running = first_open(guest);
		*guest->trouble = '\0';
	} else if ((rest = line_after(line, "ownbench-result"))) {
		take_result(guest, rest);
	} else if ((rest = line_after(line, "ownbench-refused"))) {
		if (guest->running)
			snprintf(guest->running->failure, sizeof(guest->running->failure), "%.200s",
			    rest);
	} else if ((rest = line_after(line, "ownbench-error"))) {
		snprintf(guest->error, sizeof(guest->error), "%.*s", (int)sizeof(guest->error) - 1,
		    rest);
	} else if (!strcmp(line, "ownbench-end")) {
		close_running(guest);
		guest->ended = true;
	} else if (!*guest->trouble && is_trouble(line)) {
		snprintf(guest->trouble, sizeof(guest->trouble), "%.*s",
		    (int)sizeof(guest->trouble) - 1, line);
	}
}

/* Reads the console until the guest ends, or until SIGINT or SIGTERM. Returns false if the guest
 * hangs. */
static bool read_console(struct guest *guest, int fd)
{
	struct pollfd poll_fd = {.fd = fd, .events = POLLIN};
	char text[8192];
	size_t len = 0;

	guest->last_output = now();
	while (!interrupted) {
		const bool booting = guest->place->kvm && !guest->booted;
		const time_t limit = booting ? BOOT_WITH_KVM_SECONDS : SILENCE_SECONDS;
		char *end;
		ssize_t n;

		if (now() - guest->last_output >= limit)
			return false;
		if (poll(&poll_fd, 1, 1000) <= 0)
			continue;
		n = read(fd, text + len, sizeof(text) - 1 - len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return true;
		len += (size_t)n;
		text[len] = '\0';
		while ((end = strpbrk(text, "\r\n")) || len == sizeof(text) - 1) {
			size_t used = end ? (size_t)(end - text) + 1 : len;

			if (end)
				*end = '\0';
			take_line(guest, text);
			memmove(text, text + used, len - used + 1);
			len -= used;
		}
	}
	return true;
}

/* Arguments of the child process. It becomes QEMU, or for runs on the host the script that a guest
 * would run. Its output goes to `console`, a pipe. */
struct machine {
	const struct kernel_place *place;
	const struct files *files;
	int console;
};

static void exec_qemu(const struct machine *machine)
{
	const struct kernel_place *place = machine->place;
	char cpus[16];
	const char *const argv[] = {qemu, "-M", "q35", "-accel",
	    place->kvm ? "kvm" : "tcg,thread=multi", "-cpu", place->kvm ? "host" : "max", "-smp",
	    cpus, "-m", "512", "-nodefaults", "-display", "none", "-serial", "stdio", "-no-reboot",
	    "-kernel", place->image, "-initrd", machine->files->initrd, "-append",
	    "console=ttyS0 quiet panic=-1 oops=panic panic_on_warn=1", NULL};

	snprintf(cpus, sizeof(cpus), "%u", place->cpus);
	execvp(qemu, (char *const *)argv);
	printf("ownbench-error no %s; install qemu-system-x86\n", qemu);
}

static void exec_on_host(const struct machine *machine)
{
	const struct data_path script = data_path("harness/kernel/do_runs");
	const struct kernel_perf *perf = &machine->place->perf;
	char frequency[16];

	snprintf(frequency, sizeof(frequency), "%u", perf->frequency);
	execlp("sh", "sh", script.s, machine->place->module, machine->files->runs, perf->dir,
	    perf->event, frequency, (char *)NULL);
	printf("ownbench-error cannot run sh\n");
}

static void machine_main(void *arg)
{
	const struct machine *machine = arg;
	int null = open("/dev/null", O_RDONLY);

	dup2(null, STDIN_FILENO);
	dup2(machine->console, STDOUT_FILENO);
	dup2(machine->console, STDERR_FILENO);
	if (machine->place->host)
		exec_on_host(machine);
	else
		exec_qemu(machine);
	fflush(stdout);
}

/* Runs one guest until it ends or hangs. Returns 0, or -1 with the error set. */
static int boot(struct guest *guest, const struct files *files, struct error *err)
{
	struct machine machine = {.place = guest->place, .files = files};
	struct child child = {.group = guest->place->host};
	int pipes[2];

	if (pipe2(pipes, O_CLOEXEC))
		return error_errno(err, "cannot make a pipe");
	machine.console = pipes[1];
	if (child_start(&child, machine_main, &machine)) {
		close(pipes[0]);
		close(pipes[1]);
		return error_errno(err, "cannot start a process");
	}
	close(pipes[1]);
	if (!read_console(guest, pipes[0]))
		snprintf(guest->trouble, sizeof(guest->trouble), "hung");
	/* On the host, SIGTERM ends the run, and lets the script unload the module first. */
	child_kill(&child, guest->place->host ? SIGTERM : SIGKILL);
	child_reap(&child);
	close(pipes[0]);
	return 0;
}

/* Handles a guest that ended before all runs were executed: sets the failure of the run that it was
 * executing. Returns 0, or -1 with the error set if another guest would fail in the same way. */
static int blame(struct guest *guest, struct error *err)
{
	struct kernel_run *run = guest->running;

	if (interrupted)
		return error_set(err, "interrupted");
	if (*guest->error)
		return error_set(err, "%s", guest->error);
	if (guest->place->kvm && !guest->booted) {
		fprintf(stderr, "ownbench kernel: the guest does not boot with /dev/kvm, so its "
				"CPUs are emulated\n");
		guest->place->kvm = false;
		return 0;
	}
	if (guest->place->host)
		return error_set(err, "the runs on this machine ended early: %s",
		    *guest->trouble ? guest->trouble : "see dmesg");
	if (!run)
		return error_set(err, "the guest does not boot: %s",
		    *guest->trouble ? guest->trouble : "it printed nothing");
	if (is_open(run))
		snprintf(run->failure, sizeof(run->failure), "%s",
		    *guest->trouble ? guest->trouble : "the guest ended during the run");
	return 0;
}

int kernel_guest_run(
    struct kernel_place *place, struct kernel_run *runs, size_t nr, struct error *err)
{
	struct guest guest;
	int ret = 0;

	interrupt_catch();
	do {
		struct files files;

		guest = (struct guest){.place = place, .runs = runs, .nr = nr};
		if (!first_open(&guest))
			return 0;
		ret = files_create(&files, &guest, err);
		if (!ret)
			ret = boot(&guest, &files, err);
		files_remove(&files);
		if (!ret && (!guest.ended || *guest.error))
			ret = blame(&guest, err);
	} while (!ret);
	return ret;
}
