# SPDX-License-Identifier: MIT
# Histories of the families lifetime and configure: recorded, saved, checked again, and refuted.
source "$(dirname "$0")/lib.sh" "$@"

quick="--check=history --duration=0.05 --repetitions=1 --history=2000"

expect 0 "$ownbench" run --family=lifetime $quick --threads=2,4 --workload=unbind --devices=1 --unbind-every=5000 --save-histories --out=safe \
	--impl='mutex,rwlock,kref_gone,refcount,percpu_ref_kill,hazard,revocable<ck_epoch>'
[ "$(ls safe/history-*.jsonl | wc -l)" = 14 ] || fail "there is not one history for each run"
expect 0 "$ownbench" check safe/history-*.jsonl
[ "$(grep -c 'legal, [0-9]* operations' out)" = 14 ] || fail "some histories are not legal: $(cat out)"
cat safe/history-*.jsonl | jq -es 'map(.op) | unique == ["bind", "get", "put", "unbind", "use"]' >/dev/null ||
	fail "the histories lack some kind of operation"

# An unbind waits for a kept service, so the service must be put even when a log is full.
expect 0 "$ownbench" run --family=lifetime $quick --threads=2 --workload=keep --devices=1 \
	--impl=refcount,percpu_ref_kill --out=kept

expect 0 "$ownbench" run --family=configure $quick --threads=2,4 --devices=64 --hold=20000 \
	--impl=cas_publish,once,global_mutex --save-histories --out=configure
expect 0 "$ownbench" check configure/history-*.jsonl
[ "$(grep -c 'legal, [0-9]* operations' out)" = 6 ] || fail "some histories are not legal: $(cat out)"

# refuted FAMILY IMPL OPTION...: repeats a run, for longer each time, until its history is refuted. A fault may not show
# in the first milliseconds. On a busy machine, the log may fill within one time slice, before any two threads meet.
refuted()
{
	local family=$1 impl=$2 status=0 longer=
	shift 2
	for try in $(seq 30); do
		rm -rf "$impl"
		[ "$try" -le 5 ] || longer="--duration=0.5 --hold=10000"
		"$ownbench" run --family=$family --impl=$impl $quick $longer --threads=4 "$@" --out=$impl >out 2>err </dev/null
		status=$?
		grep -q "$impl: history of " err && break
	done
	[ $status = 1 ] && grep -q ", which no order explains" err || fail "$impl is not refuted: $(cat err)"
	expect 1 "$ownbench" check --timeline=window.html "$(ls $impl/history-*.jsonl | head -1)"
	grep -q "no order explains this" out || fail "$impl: check shows no window: $(head out)"
	page_data window.html | jq -e '.operations[0].name' >/dev/null || fail "window.html has no window"
}

refuted lifetime busted_stale_pointer --workload=unbind --devices=1 --unbind-every=5000
grep -Eq 'provider 0: (use|get) of thread' out || fail "the unexplained operation is no use or get: $(head -1 out)"
refuted configure unlocked --workload=touch --devices=64 --hold=20000
grep -Eq 'device [0-9]+: (touch|state) of thread' out || fail "the unexplained operation is no touch or state: $(head -1 out)"

# In a history written by hand, the first wrong line is reported.
cat >late.jsonl <<'LINES'
{"op":"bind","thread":0,"provider":3,"call":0,"return":1,"result":"ok"}
{"op":"get","thread":1,"provider":3,"call":2,"return":3,"result":"ok"}
{"op":"unbind","thread":0,"provider":3,"call":4,"return":9,"result":"ok"}
{"op":"use","thread":1,"provider":3,"call":10,"return":12,"result":"ok"}
LINES
expect 1 "$ownbench" check --json late.jsonl
jq -e '.judgement == "illegal" and .provider == 3' out >/dev/null || fail "check --json does not report the illegal history: $(cat out)"
sed -i 's/"call":10/"call":8/' late.jsonl
expect 0 "$ownbench" check late.jsonl
echo '{"op":"touch","thread":0,"device":0,"call":20}' >>late.jsonl
expect 2 "$ownbench" check late.jsonl
expect_line "late.jsonl:5: touch of a device in a history of providers: a file can have operations of only one family"
finish
