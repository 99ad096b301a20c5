/* SPDX-License-Identifier: MIT */
#include "bench/version/build_id.h"

#include <elf.h>
#include <link.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

static size_t align_to_word(size_t n)
{
	return (n + 3) & ~(size_t)3;
}

/* Looks for the build ID among the notes of an ELF segment. Each note consists of a header, a name
 * and a descriptor, both padded to words. */
static void look_for_id(const char *at, size_t size, char *text)
{
	ElfW(Nhdr) note;

	for (size_t left = size; left >= sizeof(note);) {
		const unsigned char *id;
		size_t length;

		memcpy(&note, at, sizeof(note));
		id = (const unsigned char *)at + sizeof(note) + align_to_word(note.n_namesz);
		length = sizeof(note) + align_to_word(note.n_namesz) + align_to_word(note.n_descsz);
		if (length > left)
			return;
		if (note.n_type == NT_GNU_BUILD_ID && note.n_namesz == sizeof("GNU") &&
		    !memcmp(at + sizeof(note), "GNU", sizeof("GNU"))) {
			for (size_t i = 0; i < note.n_descsz && 2 * i + 2 < BUILD_ID_TEXT; i++)
				snprintf(text + 2 * i, 3, "%02x", id[i]);
			return;
		}
		at += length;
		left -= length;
	}
}

/* Callback of dl_iterate_phdr(). It stops after the first entry, which is the program itself. */
static int look_at_program(struct dl_phdr_info *info, size_t size, void *text)
{
	(void)size;
	for (int i = 0; i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *part = &info->dlpi_phdr[i];

		if (part->p_type == PT_NOTE)
			look_for_id(
			    (const char *)(info->dlpi_addr + part->p_vaddr), part->p_memsz, text);
	}
	return 1;
}

void build_id(char text[BUILD_ID_TEXT])
{
	text[0] = '\0';
	dl_iterate_phdr(look_at_program, text);
}
