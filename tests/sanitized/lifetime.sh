# SPDX-License-Identifier: MIT
# The family lifetime in a sanitizer's build, where services really are freed: no report for safe designs, and
# AddressSanitizer reports each design that frees too early. $5 is the sanitizer.
source "$(dirname "$0")/../cli/lib.sh" "$@"
sanitizer=$5

names()
{
	"$ownbench" list --json | jq -r ".implementations[] | select(.family == \"lifetime\" and $1) | .name"
}

names '.class == "safe" and (.negative_control | not)' >safe
[ "$(wc -l <safe)" -ge 9 ] || fail "implementations are missing"
while read -r name; do
	for check in audit witness race; do
		threads=--threads=2,4
		[ $check = race ] && threads=
		expect 0 "$ownbench" run --family=lifetime --impl="$name" --check=$check $threads \
			--repetitions=1 --duration=0.2 --hold=100 --out="$name-$check"
		grep -E 'Sanitizer|runtime error|exit status 66' err >/dev/null &&
			{ fail "a report: $name, $check"; head -60 err >&2; }
	done
done <safe

# These designs are left out, because AddressSanitizer does not report them: they use a service late but before it is
# freed, or not at all, or they hang.
if [[ $sanitizer = *address* ]]; then
	names '.class == "unsafe" and (.name | test("busted_(unlocked_check|relaxed_put|gone_by_address|forgotten_unlock)") | not)' >unsafe
	while read -r name; do
		# The first report ends the run, usually within seconds.
		once_in 3 '[ $got = 1 ]' "$ownbench" run --family=lifetime --impl="$name" --check=race --repetitions=1 \
			--duration=60 --out="$name"
		grep -q 'AddressSanitizer: heap-use-after-free' err || fail "no report of $name: $(head -5 err)"
	done <unsafe
fi

# ThreadSanitizer reports a missing memory order, even if x86 guarantees that order.
if [ "$sanitizer" = thread ]; then
	once_in 10 '[ $got = 1 ]' "$ownbench" run --family=lifetime --impl=busted_relaxed_put --threads=2 --repetitions=1 \
		--duration=2 --hold=100 --out=relaxed
	grep -q 'WARNING: ThreadSanitizer: data race' err || fail "no race in busted_relaxed_put"
fi
finish
