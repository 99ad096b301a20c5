/* SPDX-License-Identifier: MIT */
#include "harness/check/call_names.h"

#include <dwarf.h>
#include <stdint.h>
#include <stdlib.h>

/* libdwfl callback that finds no separate debug information: only what the program's file contains
 * is used. */
static int find_no_debuginfo(Dwfl_Module *module, void **user, const char *name, Dwarf_Addr base,
    const char *file, const char *link, GElf_Word crc, char **found)
{
	(void)module;
	(void)user;
	(void)name;
	(void)base;
	(void)file;
	(void)link;
	(void)crc;
	(void)found;
	return -1;
}

void call_names_open(struct call_names *names, pid_t pid)
{
	static const Dwfl_Callbacks callbacks = {
	    .find_elf = dwfl_linux_proc_find_elf,
	    .find_debuginfo = find_no_debuginfo,
	};
	Dwfl *dwfl = dwfl_begin(&callbacks);

	*names = (struct call_names){.dwfl = dwfl};
	if (dwfl && !dwfl_linux_proc_report(dwfl, pid) && !dwfl_report_end(dwfl, NULL, NULL))
		return;
	dwfl_end(dwfl);
	names->dwfl = NULL;
}

void call_names_close(struct call_names *names)
{
	dwfl_end(names->dwfl);
}

static void add_call(struct call_names *names, const void *address, const char *function,
    struct source_location site)
{
	if (names->n < CALL_NAMES_MAX)
		names->calls[names->n++] = (struct named_call){function, address, site};
}

/* Returns the source line where an inlined function was called. */
static struct source_location inlined_at(Dwarf_Die *unit, Dwarf_Die *scope)
{
	Dwarf_Attribute attribute;
	Dwarf_Word file, line;
	Dwarf_Files *files;
	size_t n;

	if (dwarf_formudata(dwarf_attr(scope, DW_AT_call_file, &attribute), &file) ||
	    dwarf_formudata(dwarf_attr(scope, DW_AT_call_line, &attribute), &line) ||
	    dwarf_getsrcfiles(unit, &files, &n))
		return (struct source_location){0};
	return (struct source_location){
	    .file = dwarf_filesrc(files, file, NULL, NULL), .line = (int)line};
}

/* Finds the innermost scope at an address, and the scopes that it is inlined into. Returns the
 * number of scopes, or 0 or less on failure. The caller frees the array. */
static int find_scopes(Dwfl_Module *module, Dwarf_Die *unit, Dwarf_Addr at, Dwarf_Die **scopes)
{
	Dwarf_Die *nested, innermost;
	Dwarf_Addr bias;
	Dwarf_Off offset;

	if (dwarf_getscopes(unit, at, &nested) <= 0)
		return 0;
	offset = dwarf_dieoffset(nested);
	free(nested);
	/* dwarf_getscopes() returns the scopes around an inlined function's definition. Restart
	 * from the innermost scope to get those around its call. */
	if (!dwarf_offdie(dwfl_module_getdwarf(module, &bias), offset, &innermost))
		return 0;
	return dwarf_getscopes_die(&innermost, scopes);
}

/* Returns the compilation unit that contains the address. If there is no address table, as with
 * clang, searches all units. */
static Dwarf_Die *find_unit(Dwfl_Module *module, Dwarf_Addr at, Dwarf_Addr *bias)
{
	Dwarf_Die *unit = dwfl_module_addrdie(module, at, bias);

	if (unit)
		return unit;
	do
		unit = dwfl_module_nextcu(module, unit, bias);
	while (unit && dwarf_haspc(unit, at - *bias) <= 0);
	return unit;
}

static struct source_location line_at(Dwarf_Die *unit, Dwarf_Addr at)
{
	Dwarf_Line *line = dwarf_getsrc_die(unit, at);
	struct source_location site = {0};

	if (line && !dwarf_lineno(line, &site.line))
		site.file = dwarf_linesrc(line, NULL, NULL);
	return site;
}

void call_names_add(struct call_names *names, const void *address)
{
	const Dwarf_Addr at = (uintptr_t)address - 1; /* inside the call instruction */
	Dwfl_Module *module = names->dwfl ? dwfl_addrmodule(names->dwfl, at) : NULL;
	Dwarf_Addr bias;
	Dwarf_Die *unit = module ? find_unit(module, at, &bias) : NULL;
	Dwarf_Die *scopes = NULL;
	const unsigned int before = names->n;
	struct source_location site = {0};
	int n = 0;

	if (unit) {
		site = line_at(unit, at - bias);
		n = find_scopes(module, unit, at - bias, &scopes);
	}
	for (int i = 0; i < n; i++) {
		const int tag = dwarf_tag(&scopes[i]);

		if (tag == DW_TAG_inlined_subroutine || tag == DW_TAG_subprogram)
			add_call(names, address, dwarf_diename(&scopes[i]), site);
		if (tag == DW_TAG_inlined_subroutine)
			site = inlined_at(unit, &scopes[i]);
	}
	if (names->n == before) /* clang -g1 describes only functions that contain inlined calls */
		add_call(names, address, module ? dwfl_module_addrname(module, at) : NULL, site);
	free(scopes);
}

void call_names_print(FILE *out, const struct named_call *call, unsigned int indent)
{
	const int width = call->site.file ? 24 : 0;

	fprintf(out, "%*s", (int)indent, "");
	if (call->function)
		fprintf(out, "%-*s", width, call->function);
	else
		fprintf(out, "%-*p", width, call->address);
	if (call->site.file) {
		fputs("  ", out);
		source_location_print(out, &call->site);
	}
	fputc('\n', out);
}
