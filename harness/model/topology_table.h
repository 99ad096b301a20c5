/* SPDX-License-Identifier: MIT */
/* A table with a column of devices and one of groups, as Proxmox' pvesh prints it. */
#ifndef HARNESS_MODEL_TOPOLOGY_TABLE_H
#define HARNESS_MODEL_TOPOLOGY_TABLE_H

#include <stdbool.h>

#include "harness/model/topology_line.h"

/* The columns, from 1; 0: no heading was read yet. */
struct topology_table {
	unsigned int device, group;
};

/* As the readers of topology_form.h. */
bool topology_table_read(
    struct topology_table *table, const char *text, struct topology_line *line);

#endif
