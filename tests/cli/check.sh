# SPDX-License-Identifier: MIT
# Histories of ownership: recorded, saved, checked again, and refuted with a window and a timeline.
source "$(dirname "$0")/lib.sh" "$@"

quick="--check=history --duration=0.05 --repetitions=1 --threads=2,4 --devices=4 --claims=0.3"

expect 0 "$ownbench" run $quick --impl=mutex_count,rcu_driver --workload=takeover,flap,busy \
	--save-histories --history=2000 --out=right
[ "$(ls right/history-*.jsonl | wc -l)" = 24 ] || fail "there is not one history for each run"
expect 0 "$ownbench" check --spec=cautious right/history-*.jsonl
[ "$(grep -c 'legal, [0-9]* operations' out)" = 24 ] || fail "some histories are not legal: $(cat out)"
for op in use unuse group_claim group_release device_claim device_release; do
	cat right/history-*.jsonl | jq -e -n --arg op $op 'any(inputs; .op == $op and .result == "ok")' >/dev/null || fail "no $op is granted"
done

# explained FILE...: prints the name of the first history whose window is short enough to be searched.
explained()
{
	for history in "$@"; do
		if "$ownbench" check "$history" | grep -q "no order explains this"; then
			echo "$history"
			return
		fi
	done
	return 1
}

# The histories of negative controls are refuted. A saved history is refuted again, printed and drawn.
file=
for control in busted_unlocked_check busted_uncounted_get busted_viability_walk; do
	# An operation stays open while its thread waits for a CPU, which makes the window long.
	once_in 40 '[ $got = 1 ] && file=$(explained '$control'/history-*.jsonl)' \
		"$ownbench" run $quick --impl=$control --workload=takeover --out=$control || continue
	grep -q "$control: history of group 0: .*, which no order explains" err ||
		fail "$control is not refuted: $(cat err)"
	expect 1 "$ownbench" check --timeline=window.html "$file"
	grep -q "no order explains this" out || fail "$control: check shows no window: $(head out)"
	page_data window.html >window.json
	[ "$(jq '.operations | length' window.json)" = "$(grep -cE '^ +[0-9]+ +([0-9]+|-) ' out)" ] || fail "$control: the page has other operations than the window: $(cat out)"
	jq -e '[.operations[].outcome] | index("unexplained")' window.json >/dev/null || fail "$control: no operation is unexplained: $(cat window.json)"
done

if [ "$file" ]; then
	expect 1 "$ownbench" check --json "$file"
	jq -e '.judgement == "illegal" and .group == 0 and .operations > 10' out >/dev/null ||
		fail "check --json does not report the illegal history: $(cat out)"
	expect 1 "$ownbench" check --timeline=/nowhere/at/all.html "$file"
fi

echo '{"op":"use"}' >bad.jsonl
expect 2 "$ownbench" check bad.jsonl
expect_line 'bad.jsonl:1: "thread" is missing'
expect 2 "$ownbench" check
expect_line "missing argument: a FILE"
expect 2 "$ownbench" check --spec=sloppy bad.jsonl
expect_line "spec"
expect 2 "$ownbench" check "${file:-$(ls right/history-*.jsonl | head -1)}" bad.jsonl
# The cause of this leak lies far back. The printed window is truncated, and says so; the page has the whole window.
for i in $(seq 0 2000); do
	case $i in
	2000) what='"op":"claimed","result":true' ;;
	*[02468]) what='"op":"use","device":0,"result":"ok"' ;;
	*) what='"op":"unuse","device":0,"result":"ok"' ;;
	esac
	echo "{$what,\"thread\":0,\"group\":0,\"call\":$((2 * i)),\"return\":$((2 * i + 1))}"
done >leak.jsonl
expect 1 "$ownbench" check --timeline=leak.html leak.jsonl
grep -q "too long to search for" out || fail "the truncation of the window is not reported: $(head -3 out)"
browse "file://$work/leak.html"
[ "$(grep -o 'class="pt bar"' dom | wc -l)" = 512 ] && grep -q 'class="series outcome-unexplained"' dom || fail "the timeline is not drawn"
page_data leak.html | jq -e '.operations | length == 512' >/dev/null || fail "leak.html does not have the window"
for i in $(seq 65); do
	echo "{\"op\":\"use\",\"thread\":$i,\"group\":0,\"device\":$i,\"call\":$i,\"return\":100,\"result\":\"ok\"}"
done >crowd.jsonl
expect 3 "$ownbench" check crowd.jsonl
grep -q "undecided.*more than 64 operations" out || fail "a history with too many open operations is not undecided: $(cat out)"
finish
