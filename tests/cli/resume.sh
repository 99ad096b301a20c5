# SPDX-License-Identifier: MIT
# Sweeps that are killed at any moment and go on: the same runs, each measured once. And what cannot.
source "$(dirname "$0")/lib.sh" "$@"

sweep="--impl=ceiling,mutex_count,device_slots --workload=share --threads=1,2 --devices=2,4 --groups=1
	--duration=0.01 --warmup=0.005 --repetitions=2 --events=none"
expect 0 "$ownbench" run $sweep --plan
grep -Eq '^12 runs, 2 repetitions each' out || fail "the plan: $(cat out)"
grep -q -- '--seed=1, whatever the order' out || fail "the plan does not tell the seed: $(cat out)"
grep ^share/ out >listed
sed 's/$/ 0/' listed >want
sed 's/$/ 1/' listed >>want
sort -o want want
[ "$(ls)" = "$(printf 'err\nlisted\nout\nwant')" ] || fail "the plan has run something: $(ls)"

# The order that can be had again is the plan's.
expect 0 "$ownbench" run $sweep --benchmark_enable_random_interleaving=false --out=listed_order
jq -r .run listed_order/runs.jsonl | uniq | cmp -s - listed || fail "not in the order of the plan"

# And that which was drawn is the journal's.
expect 0 "$ownbench" run $sweep --out=drawn_order
jq -es '[.[] | [.figures.counters.at_seconds, .threads[0].start_ns]] | length == 24 and . == sort' drawn_order/runs.jsonl >/dev/null ||
	fail "the journal is not in the order of the runs"
jq -r '.run + " " + (.repetition | tostring)' drawn_order/runs.jsonl >drawn
cmp -s drawn <(jq -r '.run + " " + (.repetition | tostring)' listed_order/runs.jsonl) && fail "nothing was drawn"

# Goes on where there is something to go on with, as a person would.
again()
{
	if [ -e "$1/arguments.json" ]; then
		echo --resume="$1"
	else
		echo $sweep --out="$1"
	fi
}

# killed MILLISECONDS COMMAND...: in the foreground, as timeout would else kill itself, too, and not wait.
killed()
{
	timeout --foreground -s KILL "0.$(printf %03d "$1")" "${@:2}" || true
} >/dev/null 2>&1

RANDOM=${SEED:-$$}
echo "SEED=${SEED:-$$}"
for kill in $(seq "${KILLS:-12}"); do
	dir=killed$kill
	killed $((RANDOM % 500)) "$ownbench" run $(again $dir)
	killed $((RANDOM % 300)) "$ownbench" run $(again $dir)
	expect 0 "$ownbench" run $(again $dir)
	jq -r '.run + " " + (.repetition | tostring)' $dir/runs.jsonl | sort | cmp -s - want ||
		fail "kill $kill: not each run once: $(jq -r .run $dir/runs.jsonl | sort | uniq -c)"
	jq -r '.benchmarks[] | select(.run_type == "iteration") | .run_name + " " + (.repetition_index | tostring)' \
		$dir/benchmark.json | sort | cmp -s - want || fail "kill $kill: benchmark.json lacks runs"
done

# What was measured stays as it was: the journal only grows, and benchmark.json says what it says.
cp killed1/runs.jsonl before
expect 0 "$ownbench" run --resume killed1
cmp -s before killed1/runs.jsonl || fail "something was measured twice"
jq -es '[.[] | .figures.counters.items_per_second] | sort' before >a
jq -e '[.benchmarks[] | select(.run_type == "iteration") | .items_per_second] | sort' killed1/benchmark.json >b
cmp -s a b || fail "benchmark.json and the journal differ"

# A line that power loss has torn.
head -c -20 before >killed1/runs.jsonl
expect 0 "$ownbench" run --resume=killed1
expect_line "was not written whole"
[ "$(wc -l <killed1/runs.jsonl)" = 24 ] || fail "the torn line: $(wc -l <killed1/runs.jsonl)"

# A failure is not measured again either, and is told again.
expect 1 "$faulty" run --impl=faulty_leak --workload=share --threads=1 --devices=2 --groups=1 --duration=0.01 \
	--warmup=0.005 --repetitions=2 --events=none --out=failed
expect 1 "$faulty" run --resume=failed
grep -q 'faulty_leak: leaked' err || fail "the failure is forgotten"
[ "$(wc -l <failed/runs.jsonl)" = 2 ] || fail "a failure was measured again"

# What cannot go on.
expect 2 "$ownbench" run --resume=killed1 --threads=2
expect_line "with its own options, and no others"
expect 2 "$ownbench" run --resume=nowhere
expect_line "nowhere/arguments.json"
expect 1 "$ownbench" run $sweep --out=killed1
expect_line "holds a sweep already"
sed 's/"model_name": "/&Another /' killed1/environment.json >moved && mv moved killed1/environment.json
expect 2 "$ownbench" run --resume=killed1
expect_line "its cpu.model_name was"
# One commit has many builds while nothing is committed; and a machine can lose a CPU, or the right to it.
refused_where()
{
	jq "$2" $dir/environment.json >other
	rm -rf other_place && cp -r $dir other_place && mv other other_place/environment.json
	expect 2 "$ownbench" run --resume=other_place
	expect_line "its $1 was"
	cmp -s $dir/runs.jsonl other_place/runs.jsonl || fail "$1: something was measured"
}
jq -e '.build.id | test("^[0-9a-f]{16,}$")' $dir/environment.json >/dev/null || fail "no build id"
refused_where build.id '.build.id = "0123456789abcdef"'
refused_where build.commit '.build.commit += "-dirty"'
refused_where cpus.online '.cpus.online += 1'
refused_where cpus.allowed '.cpus.allowed += 1'
refused_where cgroup.cpu_limit '.cgroup.cpu_limit = "1.5"'
refused_where build.id 'del(.build.id)'
cp -r killed2 torn && sed -i '3s/.*/{"run": "share"}/' torn/runs.jsonl
expect 2 "$ownbench" run --resume=torn
expect_line "runs.jsonl:3: not a repetition"
sed -i '3s/.*/{"run/' torn/runs.jsonl
expect 2 "$ownbench" run --resume=torn
expect_line "runs.jsonl:3: not JSON"
echo '[1]' >torn/arguments.json
expect 2 "$ownbench" run --resume=torn
expect_line "not a list of arguments"

# Two at once.
"$ownbench" run --impl=ceiling --workload=share --threads=1 --devices=2 --duration=60 --events=none --out=busy \
	>/dev/null 2>&1 &
until [ -s busy/benchmark.json ]; do :; done
expect 1 "$ownbench" run --resume=busy
expect_line "another process is at work on this sweep"
kill -KILL $!
wait $! 2>/dev/null
# A listing that came through a pipe is kept with the sweep.
expect 0 sh -c '"$0" run --workload=storm --impl=mutex_count --threads=1 --topology=- --duration=0.01 --warmup=0.005 \
	--repetitions=1 --events=none --out=piped <"$1"' "$ownbench" "$source_dir/tests/cases/topologies/fences.txt"
grep -q "stdin: 2 lines that are no listing were skipped, the first is line 1" err || fail "nothing skipped: $(cat err)"
jq -r .run piped/runs.jsonl >piped_runs
grep -q 'devices:2/groups:3/topology:stdin' piped_runs || fail "a topology from standard input: $(cat piped_runs)"
: >piped/runs.jsonl
expect 0 "$ownbench" run --resume=piped
jq -r .run piped/runs.jsonl | cmp -s - piped_runs || fail "a piped topology: other runs after --resume"

finish
