// SPDX-License-Identifier: MIT
/*
 * The module's files in /sys/kernel/debug/ownbench. Reading `designs` lists the designs, one JSON
 * object per line. Writing "design=NAME workload=NAME ..." to `run` executes a run; the write
 * returns when the run has ended. If the line is invalid, the write fails and the kernel log says
 * why. Reading `result` returns the result of the last run.
 */
#include <linux/debugfs.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "harness/kernel/memory.h"
#include "harness/kernel/run.h"

enum { LINE_MAX = 512 };

static DEFINE_MUTEX(run_lock); /* serializes runs, and reads of the last result */
static struct dentry *dir;

static ssize_t run_write(struct file *file, const char __user *text, size_t size, loff_t *pos)
{
	struct run_spec spec;
	char *line;
	int ret;

	if (size > LINE_MAX) {
		pr_err("ownbench: the line is longer than %d characters\n", LINE_MAX);
		return -EINVAL;
	}
	line = memdup_user_nul(text, size);
	if (IS_ERR(line))
		return PTR_ERR(line);
	ret = mutex_lock_interruptible(&run_lock);
	if (!ret) {
		ret = run_parse(line, &spec);
		if (!ret)
			ret = run_start(&spec);
		mutex_unlock(&run_lock);
	}
	kfree(line);
	return ret ? ret : size;
}

static const struct file_operations run_fops = {
	.owner = THIS_MODULE,
	.open = simple_open,
	.write = run_write,
};

static int result_show(struct seq_file *out, void *unused)
{
	int ret = mutex_lock_interruptible(&run_lock);

	if (ret)
		return ret;
	run_show(out);
	mutex_unlock(&run_lock);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(result);

static int designs_show(struct seq_file *out, void *unused)
{
	for (unsigned int i = 0; i < nr_designs; i++) {
		seq_puts(out, "{");
		run_show_design(out, designs[i]);
		seq_puts(out, "}\n");
	}
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(designs);

static int __init ownbench_init(void)
{
	int ret = bus_register_all();

	if (ret)
		return ret;
	dir = debugfs_create_dir("ownbench", NULL);
	debugfs_create_file("run", 0200, dir, NULL, &run_fops);
	debugfs_create_file("result", 0400, dir, NULL, &result_fops);
	debugfs_create_file("designs", 0400, dir, NULL, &designs_fops);
	return 0;
}

static void __exit ownbench_exit(void)
{
	debugfs_remove(dir);
	bus_unregister_all();
	memory_free_all();
}

module_init(ownbench_init);
module_exit(ownbench_exit);
MODULE_DESCRIPTION("Designs of group ownership under the real driver core");
MODULE_LICENSE("Dual MIT/GPL");
