# SPDX-License-Identifier: MIT
# Prints the score of tests/mutants/run. Reads the file of mutants argued to be equivalent, the list of all mutants, and
# the results. Writes those that survived without an argument to the file `survivors`. Fails if there is one, or if an
# argument is for no mutant that survives.

BEGIN { FS = "\t" }

FNR == 1 { file++ }

file == 1 && !/^(#|$)/ { argued[$1, $2, $3, $4] = FNR; if ($5 == "") complain(FILENAME ":" FNR ": no argument") }
file == 2 { listed[$2, $5, $6, $7]; of_source[$2] }

file == 3 {
	key = $2 SUBSEP $5 SUBSEP $6 SUBSEP $7
	outcome = $8
	if (outcome == "survived" && key in argued)
		outcome = "equivalent"
	else if (outcome == "survived")
		print >survivors
	else if (key in argued)
		complain("argued to be equivalent, but " ($9 ? "caught by " $9 : outcome) ": " $2 ": " $5 ": " $6 ": " $7)
	add("source", $2)
	add("operator", $6)
	add("all", "all")
	n = split($9, by, ",")
	for (i = 1; i <= n; i++)
		caught_by[by[i]]++
	if (n)
		first_by[by[1]]++
	if (n == 1)
		alone[by[1]]++
}

END {
	for (key in argued) {
		split(key, part, SUBSEP)
		if (part[1] in of_source && !(key in listed))
			complain("argued to be equivalent, but no mutant: " part[1] ": " part[2] ": " part[3] ": " part[4])
	}
	print_table("source")
	print_table("operator")
	print_table("all")
	print_checkers()
	if (complaints)
		printf "\n%s", complaints
	exit score["all", "all", "survived"] || complaints != ""
}

function complain(text)
{
	complaints = complaints text "\n"
}

function add(kind, name)
{
	if (!((kind, name) in seen)) {
		seen[kind, name]
		names[kind, ++nr_names[kind]] = name
	}
	score[kind, name, outcome]++
}

# Left out are mutants that do not compile, and those whose code is that of the original.
function print_table(kind,    i, name, caught, equivalent, survived)
{
	printf "%-28s %8s %8s %10s %8s %8s\n", kind == "all" ? "" : kind, "verified", "caught", "equivalent", "survived", "left out"
	for (i = 1; i <= nr_names[kind]; i++) {
		name = names[kind, i]
		caught = score[kind, name, "caught"]
		equivalent = score[kind, name, "equivalent"]
		survived = score[kind, name, "survived"]
		printf "%-28s %8d %8d %10d %8d %8d\n", name, caught + equivalent + survived, caught, equivalent, survived,
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
