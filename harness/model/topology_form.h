/* SPDX-License-Identifier: MIT */
/*
 * Readers for the line formats of listings. A reader returns false if the line has another format.
 * Otherwise it returns true and sets line->kind, which stays UNKNOWN if the line has this format
 * but is damaged.
 */
#ifndef HARNESS_MODEL_TOPOLOGY_FORM_H
#define HARNESS_MODEL_TOPOLOGY_FORM_H

#include <stdbool.h>

#include "harness/model/topology_line.h"

/* Scripts that run lspci in a loop: a group and a device on a line, or a heading with devices
 * below. */
bool topology_form_loop(const char *text, struct topology_line *line);
bool topology_form_member(const char *text, struct topology_line *line);

/* Headings such as "### Group 1 ###", and comments. */
bool topology_form_heading(const char *text, struct topology_line *line);

/* Unraid's web page: "Bus 1 --> 0000:00:14.0 (IOMMU group 2)", and the other lines it prints. */
bool topology_form_unraid(const char *text, struct topology_line *line);

/* Paths as printed by find; links and headings as printed by ls -l. */
bool topology_form_path(const char *text, struct topology_line *line);
bool topology_form_ls(const char *text, struct topology_line *line);

/* The kernel's log: messages that a device joins or leaves a group, and all other messages. */
bool topology_form_log(const char *text, struct topology_line *line);

/* A shell prompt with a command, or a line of a shell script. */
bool topology_form_shell(const char *text, struct topology_line *line);

/* The XML description of a device in libvirt. */
bool topology_form_xml(const char *text, struct topology_line *line);

/* The headers of a diff and of a quoted mail. */
bool topology_form_wrapper(const char *text, struct topology_line *line);

/* Other lines of ls and lspci: "total 0", "Kernel driver in use: ...". */
bool topology_form_remark(const char *text, struct topology_line *line);

#endif
