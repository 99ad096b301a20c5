# SPDX-License-Identifier: MIT
# results/DEBATE.md must agree with the reference sweep on each claim's verdict and its figures, must word each boundary
# as the program does now, and must name the mails that the claims name.
source "$(dirname "$0")/lib.sh" "$@"

page=$source_dir/results/DEBATE.md
reference=$source_dir/results/reference/claims.json

numbers()
{
	grep -oE '[0-9]+(\.[0-9]+)?' | tr '\n' ' '
}

# The program's texts, with N for each number that is printed into them.
cat "$source_dir"/bench/claims/*.c | tr -s '\n\t ' ' ' |
	sed -E 's/([^\\])" "/\1/g; s/%(zu|u|d|\.[0-9]f)/N/g; s/%%/%/g' >wording

"$ownbench" claims --list >list
while IFS=$'\t' read -r id text verdict boundary; do
	row=$(grep -F "| $id: $text |" "$page") || fail "no row begins '| $id: $text |'"
	column=$(sed -E 's/.*\| ([^|]*) \|$/\1/' <<<"$row")
	stated=${column#"$verdict"}
	stated=${stated#: }
	[ "$column" = "$verdict${stated:+: $stated}" ] ||
		fail "the row of $id does not have the verdict $verdict of claims.json: $row"
	[ -n "$boundary" ] || [ -z "$stated" ] || fail "the row of $id has a boundary, and claims.json has none: $row"
	[ "$(numbers <<<"$stated")" = "$(numbers <<<"$boundary")" ] ||
		fail "the row of $id does not have the figures of claims.json, $boundary: $row"
	while [ -n "$boundary" ] && read -r part; do
		grep -qF "$part" wording || fail "the row of $id is not worded as in bench/claims: $part"
	done < <(sed -E 's/[0-9]+(\.[0-9]+)?/N/g; s/; /\n/g' <<<"$stated")
	grep -qF "$id " list || fail "no claim $id in 'claims --list'"
done < <(jq -r '.claims[] | [.id, .claim, .verdict, .boundary // ""] | @tsv' "$reference")
[ "$(grep -c '^| C[0-9]*: ' "$page")" = "$(grep -c '^C' list)" ] || fail "there is not one row per claim"

sed -n 's/^ *said in: \([^,]*\), \([^,]*\), .*/\1, \2/p' list | sort -u >mails
[ -s mails ] || fail "no claim names its mail: $(head -n 3 list)"
while read -r mail; do
	grep -qiF "$mail" "$page" || fail "no mail of $mail in DEBATE.md"
done < <(sed '/^the thread of/d' mails)
finish
