# SPDX-License-Identifier: MIT
# results/DEBATE.md must agree with the reference sweep on each claim, and must name the mails that the claims name.
source "$(dirname "$0")/lib.sh" "$@"

page=$source_dir/results/DEBATE.md
reference=$source_dir/results/reference/claims.json

"$ownbench" claims --list >list
while IFS=$'\t' read -r id text verdict; do
	row=$(grep -F "| $id: $text |" "$page") || fail "no row begins '| $id: $text |'"
	case $row in
	*"| $verdict |") ;;
	*) fail "the row of $id does not end with '| $verdict |', as claims.json has it: $row" ;;
	esac
	grep -qF "$id " list || fail "no claim $id in 'claims --list'"
done < <(jq -r '.claims[] | [.id, .claim, .verdict + if .boundary then ": " + .boundary else "" end] | @tsv' "$reference")
[ "$(grep -c '^| C[0-9]*: ' "$page")" = "$(grep -c '^C' list)" ] || fail "there is not one row per claim"

sed -n 's/^ *said in: \([^,]*\), \([^,]*\), .*/\1, \2/p' list | sort -u >mails
[ -s mails ] || fail "no claim names its mail: $(head -n 3 list)"
while read -r mail; do
	grep -qiF "$mail" "$page" || fail "no mail of $mail in DEBATE.md"
done < <(sed '/^the thread of/d' mails)
finish
