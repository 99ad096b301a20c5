/* SPDX-License-Identifier: MIT */
/*
 * Readers for the formats that lines of a listing may have. A reader returns false if the line has
 * another format. Otherwise it returns true and sets line->kind; for a damaged line of its format,
 * the kind stays UNKNOWN.
 */
#ifndef HARNESS_MODEL_TOPOLOGY_FORM_H
#define HARNESS_MODEL_TOPOLOGY_FORM_H

#include <stdbool.h>

#include "harness/model/topology_line.h"

/* Output of scripts that run lspci in a loop: a group and a device on one line, or a heading with
 * the group's devices below it. */
bool topology_form_loop(const char *text, struct topology_line *line);
bool topology_form_member(const char *text, struct topology_line *line);

/* Headings such as "### Group 1 ###", and comments. */
bool topology_form_heading(const char *text, struct topology_line *line);

/* Lines of Unraid's web page, such as "Bus 1 --> 0000:00:14.0 (IOMMU group 2)". */
bool topology_form_unraid(const char *text, struct topology_line *line);

/* Paths as printed by find, and links and headings as printed by ls -l. */
bool topology_form_path(const char *text, struct topology_line *line);
bool topology_form_ls(const char *text, struct topology_line *line);

/* Messages of the kernel's log: that a device joins or leaves a group, or anything else. */
bool topology_form_log(const char *text, struct topology_line *line);

/* A shell prompt with a command, or a line of a shell script. */
bool topology_form_shell(const char *text, struct topology_line *line);

/* Lines of libvirt's XML description of a device. */
bool topology_form_xml(const char *text, struct topology_line *line);

/* Headers of a diff or of a quoted mail. */
bool topology_form_wrapper(const char *text, struct topology_line *line);

/* Lines of ls and lspci that name no device: "total 0", "Kernel driver in use: ...". */
bool topology_form_remark(const char *text, struct topology_line *line);

#endif
