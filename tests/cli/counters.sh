# SPDX-License-Identifier: MIT
# ownbench run --events: events are counted within the window, per operation. Events that cannot be counted are
# reported once and left out.
source "$(dirname "$0")/lib.sh" "$@"

quick="--duration=0.02 --warmup=0.01 --repetitions=2 --threads=2 --impl=mutex_count,ceiling"
one_line()
{
	[ "$(wc -l <err)" = 1 ] || { fail "stderr has not exactly one line"; cat err >&2; }
}

expect 0 "$ownbench" list --events
if ! grep -q '^task-clock ' out; then
	# perf_event_open is forbidden here: the sweep reports this once, and runs without events.
	expect 0 "$ownbench" run $quick --workload=share --out=forbidden --events=task-clock,page-faults
	one_line
	grep -q 'events: task-clock, page-faults (.*forbidden' err || { fail "stderr does not say that counting is forbidden"; cat err >&2; }
	jq -e '[.benchmarks[] | keys[] | select(endswith("_per_op"))] == []' \
		forbidden/benchmark.json >/dev/null || fail "events were counted although that is forbidden"
	finish
	exit
fi

# Software events exist on every machine. A thread's task-clock is about as long as its window.
expect 0 "$ownbench" run $quick --workload=share,takeover,storm --out=sweep \
	--events=task-clock,page-faults
# If an unprivileged user cannot count events in the kernel, this is reported.
grep -v '(counted in user mode only' err && fail "stderr warns of events that can be counted"
jq -e '[.benchmarks[] | select(.run_type == "iteration") |
	."task-clock_per_op" > 0 and has("page-faults_per_op")] | length == 12 and all' \
	sweep/benchmark.json >/dev/null || fail "a run lacks the counts per operation"
jq -es 'all(.counters | .operations > 0 and (.events | map(.name) == ["task-clock", "page-faults"]) and
	all(.events[]; .multiplexed == 0 and (.event | startswith("perf::"))))' sweep/runs.jsonl \
	>/dev/null || fail "runs.jsonl lacks the events, or they were multiplexed"
jq -es 'map(select(.run.workload == "share") | .threads[]) | length == 8 and
	all(.counts."task-clock" | .value > 0 and .running_ns > 0 and .running_ns == .enabled_ns)' \
	sweep/runs.jsonl >/dev/null || fail "runs.jsonl has wrong counts for a thread"
# Counters are enabled only within the window, so their enabled times do not exceed the threads' windows.
jq -es 'map(select(.run.workload == "share") | .threads[]) |
	all(.counts."task-clock".enabled_ns <= .end_ns - .start_ns)' sweep/runs.jsonl >/dev/null ||
	fail "a thread counted outside of its window"
# A probe with its remove counts as two operations, and a refused or failed probe counts as one.
jq -es 'map(select(.run.workload == "takeover")) | all(.counters.operations ==
	([.threads[].tally | 2 * .pairs + .refused + .failed + 2 * .claims + .claims_refused] | add))' \
	sweep/runs.jsonl >/dev/null || fail "the number of operations does not follow from the tallies"

# By default all events that the machine supports are counted. The others are named in one line, once per sweep.
expect 0 "$ownbench" run $quick --workload=share,busy --out=default
if ! "$ownbench" list --events | grep -q '^cycles '; then
	one_line
	grep -q '^ownbench run: events: cycles, instructions, ' err || { fail "stderr does not name the events that cannot be counted"; cat err >&2; }
	jq -e '[.benchmarks[] | has("cycles_per_op")] | any | not' default/benchmark.json >/dev/null ||
		fail "an event that is not available was counted"
else
	jq -e '[.benchmarks[] | select(.run_type == "iteration") | .cycles_per_op > 0] | all' \
		default/benchmark.json >/dev/null || fail "a run has no cycles"
fi

expect 0 "$ownbench" run $quick --workload=share --out=none --events=none
[ ! -s err ] || { fail "stderr reports events with --events=none"; cat err >&2; }
jq -e '[.benchmarks[] | keys[] | select(endswith("_per_op"))] == []' none/benchmark.json >/dev/null ||
	fail "--events=none counts events"
jq -es 'all(has("counters") | not)' none/runs.jsonl >/dev/null || fail "runs.jsonl has counters with --events=none"

# If there are too few file descriptors, the run continues without events, and reports this once.
expect 0 bash -c "ulimit -n 40; exec \"\$0\" run $quick --threads=32 --devices=32 \
	--workload=share --out=files --events=task-clock,cpu-clock" "$ownbench"
expect_line "events are not counted: Too many open files; raise the limit with ulimit -n"
jq -e '[.benchmarks[] | select(.run_type == "iteration") | .items_per_second > 0 and
	(has("task-clock_per_op") | not)] | length > 0 and all' files/benchmark.json >/dev/null ||
	fail "a run without counters has no figures, or wrong ones"

for wrong in "--events=cycle: event not found; 'ownbench list --events'" \
	"--events=cycles:z: invalid event attribute" "--events: cs is named twice" \
	"--events: an event's name is empty; 'none' disables counting"; do
	case $wrong in
	*twice) events=cs,cs ;;
	*empty*) events= ;;
	*) events=${wrong#--events=} events=${events%%: *} ;;
	esac
	expect 2 "$ownbench" run --events="$events" --out=unused
	expect_line "$wrong"
done
expect 2 "$ownbench" list --events --json
expect_line "--events cannot be combined with --json"
[ ! -e unused ] || fail "a sweep's directory was made for a wrong command line"
finish
