/* SPDX-License-Identifier: MIT */
/* Tables with one column of devices and one of groups, as Proxmox's pvesh prints them. */
#ifndef HARNESS_MODEL_TOPOLOGY_TABLE_H
#define HARNESS_MODEL_TOPOLOGY_TABLE_H

#include <stdbool.h>

#include "harness/model/topology_line.h"

/* Numbers of the columns, from 1. 0: no heading was read yet. */
struct topology_table {
	unsigned int device, group;
};

/* Reads a row. Returns false if the line is not part of a table. Otherwise sets line->kind like the
 * readers of topology_form.h. */
bool topology_table_read(
    struct topology_table *table, const char *text, struct topology_line *line);

#endif
