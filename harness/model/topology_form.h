/* SPDX-License-Identifier: MIT */
/*
 * The forms of a listing's line. A reader returns false if the line is of another form. Otherwise
 * it returns true and sets the kind, which stays UNKNOWN if the line is of this form but damaged.
 */
#ifndef HARNESS_MODEL_TOPOLOGY_FORM_H
#define HARNESS_MODEL_TOPOLOGY_FORM_H

#include <stdbool.h>

#include "harness/model/topology_line.h"

/* Loops over lspci: a group and a device, or a group's heading with devices below. */
bool topology_form_loop(const char *text, struct topology_line *line);
bool topology_form_member(const char *text, struct topology_line *line);

/* "### Group 1 ###", and comments. */
bool topology_form_heading(const char *text, struct topology_line *line);

/* "Bus 1 --> 0000:00:14.0 (IOMMU group 2)", and what else the page of Unraid prints. */
bool topology_form_unraid(const char *text, struct topology_line *line);

/* Paths as find prints them, links and headings as ls -l prints them. */
bool topology_form_path(const char *text, struct topology_line *line);
bool topology_form_ls(const char *text, struct topology_line *line);

/* The log: a device joins or leaves a group; all other messages. */
bool topology_form_log(const char *text, struct topology_line *line);

/* A prompt and a command, or a line of a shell script. */
bool topology_form_shell(const char *text, struct topology_line *line);

/* The description of a device in libvirt. */
bool topology_form_xml(const char *text, struct topology_line *line);

/* The headers of diff, and of a quoted mail. */
bool topology_form_wrapper(const char *text, struct topology_line *line);

/* What ls and lspci print beside the devices: "total 0", "Kernel driver in use: ..." */
bool topology_form_remark(const char *text, struct topology_line *line);

#endif
