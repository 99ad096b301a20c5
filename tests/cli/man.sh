# SPDX-License-Identifier: MIT
# The man page and the shell completion are made from the tables of options: both must cover all that --help lists.
source "$(dirname "$0")/lib.sh" "$@"

expect 0 "$ownbench" --man
cp out ownbench.1
# Without a database of man pages, mandoc cannot check references to other pages.
mandoc -Tlint -Wstyle ownbench.1 2>&1 | grep -v 'mandoc.db' >lint
[ -s lint ] && fail "mandoc reports faults of the page: $(head -n 3 lint)"
MANWIDTH=200 man -E UTF-8 -l ./ownbench.1 >page 2>err || fail "man cannot show the page"
[ -s err ] && fail "man says: $(head -n 1 err)"
mandoc -Tutf8 -O width=200 ownbench.1 >page 2>/dev/null

expect 0 "$ownbench" --help
sed -n 's/^  \([a-z][a-z]*\) .*/\1/p' out >commands
[ "$(wc -l <commands)" -ge 8 ] || fail "--help lists fewer than eight commands: $(tr '\n' ' ' <commands)"
while read -r command; do
	sed 's/.\x08//g' page | grep -q "^ *ownbench $command" || fail "the page lacks the command $command"
	expect 0 "$ownbench" "$command" --help
	sed -n 's/^  \(--*[A-Za-z][a-z_-]*\).*/\1/p' out >options
	while read -r option; do
		sed 's/.\x08//g' page | grep -qF -- "$option" || fail "the page lacks the option $option of $command"
	done <options
done <commands

# -- completion --------------------------------------------------------------------------------------
expect 0 "$ownbench" --completion=bash
cp out ownbench.bash
bash -n ownbench.bash || fail "the completion is no script"

# complete_words WORD...: prints the completions of the last word, with words split as bash does.
complete_words()
{
	bash -c 'source ./ownbench.bash; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _ownbench; printf "%s\n" "${COMPREPLY[@]}"' \
		- "$@"
}
[ "$(complete_words ownbench rep)" = report ] || fail "'rep' is not completed to report"
[ "$(complete_words ownbench run --impl)" = --impl= ] || fail "'--impl' is not completed to --impl="
[ "$(complete_words ownbench run --impl = packed)" = packed_cas ] || fail "'--impl=packed' is not completed to packed_cas"
[ "$(complete_words ownbench run --impl = list_walk,packed)" = list_walk,packed_cas ] || fail "the last name of a list is not completed"
[ "$(complete_words ownbench run --workload = | tr '\n' ' ' | grep -c share)" = 1 ] || fail "'--workload=' does not offer share"
[ "$(complete_words ownbench explore --model = t)" = tso ] || fail "'--model=t' is not completed to tso"
while read -r command; do
	expect 0 "$ownbench" "$command" --help
	sed -n 's/^  \(--[A-Za-z][a-z-]*\).*/\1/p' out >options
	while read -r option; do
		complete_words ownbench "$command" -- | grep -q "^$option" || fail "the completion lacks $option of $command"
	done <options
done <commands
finish
