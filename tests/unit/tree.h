/* SPDX-License-Identifier: MIT */
/* A made-up machine: files in a temporary directory, to which a struct env_root points. */
#ifndef TESTS_TREE_H
#define TESTS_TREE_H

#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "harness/env/root.h"

struct tree {
	char path[32];
	struct env_root root;
};

static inline void tree_make(struct tree *tree, const char *architecture, const char *topology)
{
	strcpy(tree->path, "/tmp/ownbench-env-XXXXXX");
	assert_non_null(mkdtemp(tree->path));
	tree->root = (struct env_root){tree->path, topology, architecture};
}

static inline int tree_remove_one(
    const char *path, const struct stat *st, int type, struct FTW *where)
{
	(void)st;
	(void)type;
	(void)where;
	return remove(path);
}

static inline void tree_remove(struct tree *tree)
{
	assert_int_equal(nftw(tree->path, tree_remove_one, 16, FTW_DEPTH | FTW_PHYS), 0);
}

/* Writes a file of the tree, and makes its parent directories. */
static inline void tree_write(struct tree *tree, const char *name, const char *text)
{
	char path[PATH_MAX];
	FILE *f;

	snprintf(path, sizeof(path), "%s%s", tree->path, name);
	for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		mkdir(path, 0755);
		*slash = '/';
	}
	f = fopen(path, "w");
	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

#endif
