/* SPDX-License-Identifier: MIT */
/*
 * The forms of a listing's line. A reader returns false if the line is of another form; else true,
 * with the kind set, or left at UNKNOWN if the line is of this form but spoilt.
 */
#ifndef HARNESS_MODEL_TOPOLOGY_FORM_H
#define HARNESS_MODEL_TOPOLOGY_FORM_H

#include <stdbool.h>

#include "harness/model/topology_line.h"

typedef bool (*topology_form)(const char *text, struct topology_line *line);

/* Loops over lspci: group and device, or a group's heading with devices below. */
bool topology_form_loop(const char *text, struct topology_line *line);
bool topology_form_member(const char *text, struct topology_line *line);

/* Paths as of find, links and headings as of ls -l. */
bool topology_form_path(const char *text, struct topology_line *line);
bool topology_form_ls(const char *text, struct topology_line *line);

/* The kernel's log: a device joins or leaves a group; as said before Linux 5.3; and all else. */
bool topology_form_event(const char *text, struct topology_line *line);
bool topology_form_old_event(const char *text, struct topology_line *line);
bool topology_form_log(const char *text, struct topology_line *line);

/* What ls and lspci print beside: "total 0", "Kernel driver in use: ..." */
bool topology_form_remark(const char *text, struct topology_line *line);

#endif
