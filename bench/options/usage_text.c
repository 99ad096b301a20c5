/* SPDX-License-Identifier: MIT */
#include "bench/options/usage_text.h"

#include <stdbool.h>
#include <string.h>
#include <time.h>

#include "bench/families/families.h"
#include "bench/families/registry.h"
#include "bench/families/workload.h"

const char document_man_option[] = "--man-section";
const char document_completion_option[] = "--completion-words";

enum { LINE = 76 };

/* -- man page -- */

static size_t escaped_length(const char *word, size_t len)
{
	size_t n = len;

	for (size_t i = 0; i < len; i++)
		n += word[i] == '\\' || word[i] == '-' || word[i] == '(';
	return n;
}

/* Writes a word, and escapes characters that roff would interpret. */
static void write_word(const char *word, size_t len, bool first_of_line)
{
	if (first_of_line && (*word == '.' || *word == '\''))
		fputs("\\&", stdout);
	for (size_t i = 0; i < len; i++) {
		if (word[i] == '\\')
			fputs("\\e", stdout);
		else if (word[i] == '(' && i && word[i + 1] == ')')
			fputs("\\&(", stdout); /* "f()" must not become a link to a man page */
		else if (word[i] == '-' && (i == 0 || word[i - 1] == '-'))
			fputs("\\-",
			    stdout); /* an option's dash; at other dashes roff may break the line */
		else
			putchar(word[i]);
	}
}

/* Writes the text wrapped into lines. Each sentence starts on a new line, as mdoc requires. */
static void write_text(const char *text)
{
	size_t column = 0;
	bool ended = false;

	for (;;) {
		size_t len;

		if (column && !strncmp(text, "\n\n", 2)) {
			printf("\n.Pp\n");
			column = 0;
		}
		text += strspn(text, " \n\t");
		len = strcspn(text, " \n\t");
		if (!len)
			break;
		if (column && (ended || column + 1 + escaped_length(text, len) > LINE)) {
			putchar('\n');
			column = 0;
		} else if (column) {
			putchar(' ');
			column++;
		}
		write_word(text, len, !column);
		column += escaped_length(text, len);
		ended = strchr(".?!", text[len - 1]) && !(len > 1 && text[len - 2] == '.');
		text += len;
	}
	if (column)
		putchar('\n');
}

/* Writes a macro's argument in quotes, so that roff takes it as one word. */
static void write_argument(const char *text)
{
	putchar('"');
	for (; *text; text++) {
		if (*text == '"')
			fputs("\\(dq", stdout);
		else if (*text == '\\')
			fputs("\\e", stdout);
		else if (*text == '-')
			fputs("\\-", stdout);
		else
			putchar(*text);
	}
	putchar('"');
}

static void write_option(const struct option_spec *option)
{
	const bool letter = option_is_letter(option);

	printf(".It Fl %s", letter ? "" : "Fl ");
	fputs(option->name, stdout);
	if (option_value_is_optional(option)) {
		printf(" Ns Op = Ns Ar %.*s", (int)strlen(option->arg) - 2, option->arg + 1);
	} else if (option->arg) {
		fputs(letter ? " Ar " : " Ns = Ns Ar ", stdout);
		write_argument(option->arg);
	}
	putchar('\n');
	write_text(option->help);
}

static void write_section(const struct command *command)
{
	printf(".Ss %s\n.Dl ownbench %s ", command->name, command->name);
	write_text(command->synopsis);
	printf(".Pp\n");
	write_text(command->summary);
	printf(".Bl -tag -width Ds\n");
	for (const struct option_spec *o = command->options; o && o->name; o++)
		write_option(o);
	printf(".It Fl Fl help\n"
	       "Show the command's help.\n"
	       ".El\n"
	       ".Pp\n"
	       "Examples:\n"
	       ".Bd -literal -offset indent\n");
	for (int i = 0; i < 2; i++) {
		write_word(command->examples[i], strlen(command->examples[i]), true);
		putchar('\n');
	}
	printf(".Ed\n");
}

static void write_date(void)
{
	char date[64];
	time_t now = time(NULL);
	struct tm tm;

	strftime(date, sizeof(date), "%B %e, %Y", gmtime_r(&now, &tm));
	printf(".Dd %s\n", date);
}

static void write_beginning(const struct document_entry *commands, size_t nr)
{
	write_date();
	printf(
	    ".Dt OWNBENCH 1\n.Os\n.Sh NAME\n.Nm ownbench\n"
	    ".Nd measure and check designs of group ownership\n"
	    ".Sh SYNOPSIS\n.Nm\n.Ar command\n.Op Ar option ...\n.Nm\n.Fl Fl help | Fl Fl version\n"
	    ".Sh DESCRIPTION\n");
	write_text(
	    "A group is a set of devices that an IOMMU cannot isolate from each other. Kernel "
	    "drivers may share a group, but a user such as VFIO must have it exclusively. A "
	    "conflicting request fails at once. This program runs designs that enforce this rule "
	    "under identical workloads of many threads, and checks every run.");
	printf(".Pp\nThe commands are:\n.Bl -tag -width Ds\n");
	for (size_t i = 0; i < nr; i++) {
		printf(".It Cm %s\n", commands[i].name);
		write_text(commands[i].summary);
	}
	printf(".El\n.Sh COMMANDS\n");
}

static void write_files(void)
{
	printf(".Sh FILES\nA sweep is a directory:\n.Bl -tag -width Ds\n"
	       ".It Pa benchmark.json\nAll runs, in Google Benchmark's format.\n"
	       ".It Pa runs.jsonl\nA line for each repetition, written when it ends.\n"
	       ".It Pa environment.json\nProperties of the machine that affect results.\n"
	       ".It Pa command\nThe command line.\n"
	       ".It Pa plots\nPictures, drawn by\n.Nm\n.Cm plot .\n"
	       ".It Pa report.json , report.html\nReports on the sweep, written by\n.Nm\n"
	       ".Cm report ,\nwhich also reads\n.Pa verify.json ,\n.Pa claims.json\nand\n"
	       ".Pa cost.json .\n.El\n");
}

static void write_end(void)
{
	printf(".Sh EXIT STATUS\n.Bl -tag -width Ds\n.It 0\nEverything succeeded.\n"
	       ".It 1\nA check failed, or a file could not be written.\n"
	       ".It 2\nThe command line is wrong, or an input that it names is missing or\n"
	       "malformed.\n.It 130\nInterrupted.\n.El\n.Pp\n"
	       "A command with other exit statuses lists them above.\n"
	       ".Sh SEE ALSO\n.Xr gnuplot 1 ,\n.Xr perf 1\n");
}

void document_man(const struct document_entry *commands, size_t nr)
{
	write_beginning(commands, nr);
	for (size_t i = 0; i < nr; i++) {
		char *argv[] = {(char *)commands[i].name, (char *)document_man_option, NULL};

		commands[i].run(2, argv);
	}
	write_files();
	write_end();
}

/* -- shell completion -- */

/* Writes the values of a choice such as "sc|tso|all". */
static void write_choices(const struct option_spec *option)
{
	printf("\t\t--%s) values='", option->name);
	for (const char *c = option->arg; *c; c++)
		putchar(*c == '|' ? ' ' : *c);
	printf("' ;;\n");
}

static void write_words(const struct command *command)
{
	printf("\t%s)\n\t\twords='", command->name);
	for (const struct option_spec *o = command->options; o && o->name; o++)
		printf("%s%s%s ", option_is_letter(o) ? "-" : "--", o->name,
		    o->arg && !option_is_letter(o) && !option_value_is_optional(o) ? "=" : "");
	printf("--help'\n\t\tcase $option in\n");
	for (const struct option_spec *o = command->options; o && o->name; o++) {
		if (o->arg && strchr(o->arg, '|'))
			write_choices(o);
	}
	printf("\t\tesac ;;\n");
}

/* Writes each name once, up to its '<'. Such a name stands for all implementations built from that
 * file. */
static void write_names(const struct bench_family *family)
{
	size_t last = 0;

	for (size_t i = 0; family->instances[i]; i++) {
		const char *name = family->instances[i]->name;
		size_t len = strcspn(name, "<");

		if (!i || len != last || strncmp(name, family->instances[i - 1]->name, len) != 0)
			printf(" %.*s", (int)len, name);
		last = len;
	}
}

static void write_implementations(void)
{
	printf("\t--impl) values='all");
	for (size_t f = 0; f < nr_families; f++)
		write_names(families[f]);
	printf("' ;;\n\t--workload) values='");
	for (size_t i = 0; workload_at(i); i++)
		printf("%s%s", i ? " " : "", workload_at(i)->name);
	printf("' ;;\n");
}

void document_completion(const struct document_entry *commands, size_t nr)
{
	printf("# bash completion for ownbench, made by 'ownbench --completion=bash'\n"
	       "_ownbench()\n{\n"
	       "\tlocal cur=${COMP_WORDS[COMP_CWORD]} option='' words='' values=''\n"
	       "\tCOMPREPLY=()\n"
	       "\tif [ \"$COMP_CWORD\" = 1 ]; then\n"
	       "\t\tCOMPREPLY=($(compgen -W '--help --version");
	for (size_t i = 0; i < nr; i++)
		printf(" %s", commands[i].name);
	/* Bash splits --impl=A into three words: the option, '=', and the value. */
	printf("' -- \"$cur\"))\n\t\treturn\n\tfi\n"
	       "\tif [ \"$cur\" = = ]; then\n\t\toption=${COMP_WORDS[COMP_CWORD - 1]} cur=''\n"
	       "\telif [ \"${COMP_WORDS[COMP_CWORD - 1]}\" = = ]; then\n"
	       "\t\toption=${COMP_WORDS[COMP_CWORD - 2]}\n\tfi\n"
	       "\tcase $option in\n");
	write_implementations();
	printf("\tesac\n\tcase ${COMP_WORDS[1]} in\n");
	for (size_t i = 0; i < nr; i++) {
		char *argv[] = {(char *)commands[i].name, (char *)document_completion_option, NULL};

		commands[i].run(2, argv);
	}
	printf("\tesac\n"
	       "\tif [ -n \"$option\" ]; then\n"
	       "\t\t# Complete what follows the last comma of a list.\n"
	       "\t\tCOMPREPLY=($(compgen -P \"${cur%%\"${cur##*,}\"}\" -W \"$values\" -- "
	       "\"${cur##*,}\"))\n"
	       "\t\treturn\n\tfi\n"
	       "\tif [[ $cur == -* ]]; then\n"
	       "\t\tCOMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
	       "\t\t[[ ${COMPREPLY[0]} == *= ]] && compopt -o nospace 2>/dev/null\n"
	       "\tfi\n"
	       "}\n"
	       "complete -o default -F _ownbench ownbench\n");
}

bool document_asked(const struct command *command, int argc, char **argv)
{
	if (argc != 2)
		return false;
	if (!strcmp(argv[1], document_man_option))
		write_section(command);
	else if (!strcmp(argv[1], document_completion_option))
		write_words(command);
	else
		return false;
	return true;
}
