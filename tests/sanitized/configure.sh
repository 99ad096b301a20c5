# SPDX-License-Identifier: MIT
# The family configure in a sanitizer's build: no report for safe designs, and ThreadSanitizer reports the state that
# is published before it is complete. $5 is the sanitizer.
source "$(dirname "$0")/../cli/lib.sh" "$@"
sanitizer=$5

"$ownbench" list --json |
	jq -r '.implementations[] | select(.family == "configure" and .class == "safe") | .name' >safe
[ "$(wc -l <safe)" = 4 ] || fail "implementations are missing"
while read -r name; do
	expect 0 "$ownbench" run --family=configure --impl="$name" --threads=2,4 --repetitions=1 \
		--duration=0.2 --hold=100 --out="$name"
	grep -E 'Sanitizer|runtime error|exit status 66' err >/dev/null &&
		{ fail "a report: $name"; head -60 err >&2; }
done <safe

if [ "$sanitizer" = thread ]; then
	once_in 10 '[ $got = 1 ]' "$ownbench" run --family=configure --impl=busted_early_publish --check=race \
		--repetitions=1 --duration=5 --hold=200 --out=busted
	grep -q 'WARNING: ThreadSanitizer: data race' err || fail "no race in busted_early_publish"
fi
finish
