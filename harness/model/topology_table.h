/* SPDX-License-Identifier: MIT */
/* A table with a column of devices and one of groups, as printed by Proxmox's pvesh. */
#ifndef HARNESS_MODEL_TOPOLOGY_TABLE_H
#define HARNESS_MODEL_TOPOLOGY_TABLE_H

#include <stdbool.h>

#include "harness/model/topology_line.h"

/* Column numbers, from 1; 0: no heading was read yet. */
struct topology_table {
	unsigned int device, group;
};

/* Reads a row. Returns false if the line is not part of a table; otherwise sets line->kind, as the
 * readers of topology_form.h do. */
bool topology_table_read(
    struct topology_table *table, const char *text, struct topology_line *line);

#endif
