# SPDX-License-Identifier: MIT
# Prints the score of tests/mutants/run. Reads the file of known survivors, the list of all mutants, and the results.
# Writes the results of survivors that are not known to the file `unknown`. Fails if one is written, or if a known survivor
# is not among the mutants or does not survive.

BEGIN { FS = "\t" }

FNR == 1 { file++ }

file == 1 && !/^#/ {
	known[$1, $2, $3, $4] = $5
	if ($5 !~ /^(equivalent|misuse|missed)$/ || $6 == "")
		complain(FILENAME ":" FNR ": not six fields, of which the fifth is equivalent, misuse or missed")
}
file == 2 { listed[$2, $5, $6, $7]; of_source[$2] }

file == 3 {
	key = $2 SUBSEP $5 SUBSEP $6 SUBSEP $7
	outcome = $8
	if (outcome == "survived" && key in known)
		outcome = known[key]
	else if (outcome == "survived")
		print >unknown
	else if (key in known)
		complain("known as a survivor, but " ($9 ? "caught by " $9 : outcome) ": " $2 ": " $5 ": " $6 ": " $7)
	add("source", $2)
	add("operator", $6)
	add("all", "all")
	n = split($9, by, ",")
	for (i = 1; i <= n; i++)
		caught_by[by[i]]++
	first_by[by[1]] += n > 0
	alone[by[1]] += n == 1
}

END {
	for (key in known) {
		split(key, part, SUBSEP)
		if (part[1] in of_source && !(key in listed))
			complain("known as a survivor, but no mutant: " part[1] ": " part[2] ": " part[3] ": " part[4])
	}
	print_table("source")
	print_table("operator")
	print_table("all")
	print_checkers()
	printf "%s", complaints
	exit score["all", "all", "survived"] || complaints != ""
}

function complain(text)
{
	complaints = complaints "\n" text "\n"
}

function add(kind, name)
{
	if (!((kind, name) in seen)) {
		seen[kind, name]
		names[kind, ++nr_names[kind]] = name
	}
	score[kind, name, outcome]++
}

# Faults are the mutants that are not equivalent, and whose callers need not break a rule to notice. Left out are those
# that do not compile, and those whose code is that of the original.
function print_table(kind,    i, name, caught, missed, survived)
{
	printf "%-28s %8s %8s %8s %8s %10s %8s %8s\n", kind == "all" ? "" : kind, "faults", "caught", "missed", "unknown",
		"equivalent", "misuse", "left out"
	for (i = 1; i <= nr_names[kind]; i++) {
		name = names[kind, i]
		caught = score[kind, name, "caught"]
		missed = score[kind, name, "missed"]
		survived = score[kind, name, "survived"]
		printf "%-28s %8d %8d %8d %8d %10d %8d %8d\n", name, caught + missed + survived, caught, missed, survived,
			score[kind, name, "equivalent"], score[kind, name, "misuse"],
			score[kind, name, "same"] + score[kind, name, "invalid"]
	}
	print ""
}

function print_checkers(    i, n, name)
{
	n = split("walk explore c11 race audit history witness crash", name, " ")
	print all ? "checker      caught  caught by it alone" : "checker      caught first"
	for (i = 1; i <= n; i++) {
		if (all)
			printf "%-10s %8d %19d\n", name[i], caught_by[name[i]], alone[name[i]]
		else
			printf "%-10s %14d\n", name[i], first_by[name[i]]
	}
}
