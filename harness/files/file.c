/* SPDX-License-Identifier: MIT */
#include "harness/files/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "harness/memory.h"

static int write_all(int fd, const char *data, size_t size)
{
	while (size > 0) {
		ssize_t n = write(fd, data, size);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		data += n;
		size -= (size_t)n;
	}
	return 0;
}

/* Closes `fd` in all cases. `sync` is 0 for devices and pipes, where fsync() fails with
 * EINVAL. */
static int write_and_close(int fd, const char *data, size_t size, int sync)
{
	int failed = write_all(fd, data, size) || (sync && fsync(fd));
	int saved = errno;

	if (close(fd) && !failed)
		return -1;
	errno = saved;
	return failed ? -1 : 0;
}

static int is_special(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && !S_ISREG(st.st_mode);
}

static int write_special(const char *path, const char *data, size_t size, struct error *err)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	if (fd < 0 || write_and_close(fd, data, size, 0))
		return error_errno(err, "cannot write %s", path);
	return 0;
}

int file_write_whole(const char *path, const char *data, size_t size, struct error *err)
{
	char tmp[PATH_MAX];
	int fd;

	if (is_special(path))
		return write_special(path, data, size, err);
	if (snprintf(tmp, sizeof(tmp), "%s.XXXXXX", path) >= (int)sizeof(tmp))
		return error_set(err, "cannot write %s: path too long", path);
	fd = mkostemp(tmp, O_CLOEXEC);
	if (fd < 0)
		return error_errno(err, "cannot write %s", path);
	if (fchmod(fd, 0644) || write_and_close(fd, data, size, 1) || rename(tmp, path)) {
		error_errno(err, "cannot write %s", path);
		unlink(tmp);
		return -1;
	}
	return 0;
}

char *file_read_whole(const char *path, size_t *size, struct error *err)
{
	char *data = NULL;
	size_t used = 0, room = 0, n;
	FILE *f = fopen(path, "re");

	if (!f) {
		error_errno(err, "cannot read %s", path);
		return NULL;
	}
	do {
		char *more = room - used < 2 ? realloc(data, room = 2 * room + 65536) : data;

		if (!more)
			break;
		data = more;
		n = fread(data + used, 1, room - used - 1, f);
		used += n;
	} while (n > 0);
	if (!data || ferror(f)) {
		error_errno(err, "cannot read %s", path);
		free(data);
		data = NULL;
	} else {
		data[used] = '\0';
		*size = used;
	}
	fclose(f);
	return data;
}

char *file_read_open(int fd, const char *path, size_t *size, struct error *err)
{
	struct stat st;
	char *data = NULL;
	ssize_t n;

	*size = 0;
	if (!fstat(fd, &st))
		data = calloc(1, (size_t)st.st_size + 1);
	while (data && *size < (size_t)st.st_size) {
		n = pread(fd, data + *size, (size_t)st.st_size - *size, (off_t)*size);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			free(data);
			data = NULL;
			break;
		}
		*size += (size_t)n;
	}
	if (!data)
		error_errno(err, "cannot read %s", path);
	return data;
}

struct file_path file_dated_name(const char *prefix)
{
	const time_t now = time(NULL);
	struct file_path name;
	char date[32];
	struct tm tm;

	strftime(date, sizeof(date), "%Y%m%d-%H%M%S", localtime_r(&now, &tm));
	snprintf(name.s, sizeof(name.s), "%s-%s", prefix, date);
	return name;
}

struct file_path file_path(const char *dir, const char *name)
{
	struct file_path path;

	snprintf(path.s, sizeof(path.s), "%s/%s", dir, name);
	return path;
}
