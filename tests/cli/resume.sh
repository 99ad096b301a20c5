# SPDX-License-Identifier: MIT
# Sweeps that are killed at any moment and resumed have the same runs, each measured once. Also tests sweeps that
# cannot be resumed.
source "$(dirname "$0")/lib.sh" "$@"

runs="--impl=ceiling,mutex_count,device_slots --workload=share --threads=1,2 --devices=2,4 --groups=1
	--duration=0.01 --warmup=0.005 --events=none"
sweep="$runs --repetitions=2"
expect 0 "$ownbench" run $sweep --plan
grep -Eq '^4 points, 12 runs, 2 rounds: ' out || fail "the plan has another size: $(cat out)"
grep -q -- '--seed=1' out || fail "the plan does not show the seed: $(cat out)"
grep ^share/ out >listed
sed 's/$/ 0/' listed >want
sed 's/$/ 1/' listed >>want
sort -o want want
[ "$(ls)" = "$(printf 'err\nlisted\nout\nwant')" ] || fail "--show-plan ran something: $(ls)"
expect 0 "$ownbench" run $runs --precision=10% --budget=2m --plan
grep -Eq '^4 points, 12 runs, at least 1[0-9] rounds: 0:0[0-9] minutes' out || fail "the plan with a goal has another size: $(cat out)"
grep -q '^Rounds continue until every ratio is known to within 10%, or 2:00 minutes are used up' out || fail "the plan does not say when the rounds end: $(cat out)"

# names DIR: prints the names of the journal's runs, in Google Benchmark's form, with their rounds.
names()
{
	jq -r '.run as $r | [$r.workload, $r.implementation, "threads:\($r.threads)", "devices:\($r.devices)",
		"groups:\($r.groups)", "path:\($r.path) \(.round)"] | join("/")' "$1/runs.jsonl"
}

# The seed determines the order of the runs, and the journal has them in that order.
expect 0 "$ownbench" run $sweep --order-seed=3 --out=drawn
jq -e '.seed == 3 and .repetitions == 2 and .precision == null' drawn/sweep.json >/dev/null || fail "sweep.json has other settings: $(cat drawn/sweep.json)"
jq -es '[.[] | [.at_seconds, .threads[0].start_ns]] | length == 24 and . == sort' drawn/runs.jsonl >/dev/null ||
	fail "the journal is not in the order of the runs"
names drawn >order
expect 0 "$ownbench" run $sweep --order-seed=3 --out=again
names again | cmp -s - order || fail "the same seed gave another order"
expect 0 "$ownbench" run $sweep --order-seed=4 --out=reseeded
names reseeded | cmp -s - order && fail "another seed gave the same order"

# again DIR: prints the options that resume the sweep in DIR, or start it if it has not begun.
again()
{
	if [ -e "$1/sweep.json" ]; then
		echo --resume="$1"
	else
		echo $sweep --out="$1"
	fi
}

# killed MILLISECONDS COMMAND...: kills the command after that time. Without --foreground, timeout would kill itself,
# too, and not wait for the command.
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
	names $dir | sort | cmp -s - want || fail "kill $kill: some run is missing or was measured twice: $(names $dir | sort | uniq -c)"
	jq -r '.benchmarks[] | select(.run_type == "iteration") | .run_name + " " + (.round | tostring)' \
		$dir/benchmark.json | sort | cmp -s - want || fail "kill $kill: benchmark.json lacks runs"
done

# complete DIR: checks that each round that has begun has each of its designs once, and that their positions are
# distinct.
complete()
{
	jq -es 'group_by([.run.threads, .run.devices, .round]) | length > 0 and
		all((map(.order) | sort) == [range(.[0].designs)] and
		(map(.run.implementation) | unique | length) == length)' "$1/runs.jsonl" >/dev/null
}

# Kills and resumes a sweep that ends when its ratios are precise or its time is up.
sweep="$runs --precision=100% --budget=10m" # every machine reaches this precision in the minimum number of rounds
for kill in $(seq "${KILLS:-4}"); do
	dir=goal$kill
	for again in 1 2 3; do
		killed $((RANDOM % 700)) "$ownbench" run $(again $dir)
	done
	expect 0 "$ownbench" run $(again $dir)
	complete $dir || fail "kill $kill: a round is not complete: $(jq -c '[.run.threads, .run.devices, .round, .order,
		.designs, .run.implementation]' $dir/runs.jsonl)"
	jq -es '[.[] | .round] | max >= 9' $dir/runs.jsonl >/dev/null || fail "kill $kill: there are fewer rounds than the minimum"
	jq -e -n --slurpfile runs $dir/runs.jsonl --slurpfile b $dir/benchmark.json '($runs | length) ==
		([$b[0].benchmarks[] | select(.run_type == "iteration")] | length)' >/dev/null || fail "kill $kill: benchmark.json and runs.jsonl differ in length"
	cp $dir/runs.jsonl before
	expect 0 "$ownbench" run --resume=$dir
	cmp -s before $dir/runs.jsonl || fail "kill $kill: a finished sweep was continued"
done
sweep="$runs --repetitions=2"
dir=killed${KILLS:-12}

# Existing measurements do not change: the journal only grows, and benchmark.json agrees with it.
cp killed1/runs.jsonl before
expect 0 "$ownbench" run --resume killed1
cmp -s before killed1/runs.jsonl || fail "something was measured twice"
jq -es '[.[] | .metrics.items_per_second] | sort' before >a
jq -e '[.benchmarks[] | select(.run_type == "iteration") | .items_per_second] | sort' killed1/benchmark.json >b
cmp -s a b || fail "benchmark.json and the journal differ"

# If a power failure cut the last line short, its repetition is measured again.
head -c -20 before >killed1/runs.jsonl
expect 0 "$ownbench" run --resume=killed1
expect_line "the last line of runs.jsonl is incomplete"
[ "$(wc -l <killed1/runs.jsonl)" = 24 ] || fail "the torn line's repetition was not measured again: $(wc -l <killed1/runs.jsonl)"

# A failed run is not measured again, but its failure is reported again.
expect 1 "$faulty" run --impl=faulty_leak --workload=share --threads=1 --devices=2 --groups=1 --duration=0.01 \
	--warmup=0.005 --repetitions=2 --events=none --out=failed
expect 1 "$faulty" run --resume=failed
grep -q 'faulty_leak: leaked' err || fail "the failure is forgotten"
[ "$(wc -l <failed/runs.jsonl)" = 1 ] || fail "a failure was measured again"

# Sweeps that cannot be resumed.
expect 2 "$ownbench" run --resume=killed1 --threads=2
expect_line "--resume=DIR cannot be combined with other options"
expect 2 "$ownbench" run --resume=nowhere
expect_line "nowhere/sweep.json"
expect 1 "$ownbench" run $sweep --out=killed1
expect_line "already contains a sweep"
sed 's/"model_name": "/&Another /' killed1/environment.json >moved && mv moved killed1/environment.json
expect 2 "$ownbench" run --resume=killed1
expect_line "cpu.model_name was"
# Uncommitted builds can share a commit but not a build id. A machine can lose a CPU, or the permission to use it.
refused_where()
{
	jq "$2" $dir/environment.json >other
	rm -rf other_place && cp -r $dir other_place && mv other other_place/environment.json
	expect 2 "$ownbench" run --resume=other_place
	expect_line "$1 was"
	cmp -s $dir/runs.jsonl other_place/runs.jsonl || fail "$1: something was measured"
}
jq -e '.build.id | test("^[0-9a-f]{16,}$")' $dir/environment.json >/dev/null || fail "environment.json has no build id"
refused_where build.id '.build.id = "0123456789abcdef"'
refused_where build.commit '.build.commit += "-dirty"'
refused_where cpus.online '.cpus.online += 1'
refused_where cpus.allowed '.cpus.allowed += 1'
refused_where cgroup.cpu_limit '.cgroup.cpu_limit = "1.5"'
refused_where build.id 'del(.build.id)'
cp -r killed2 torn && sed -i '3s/.*/{"run": "share"}/' torn/runs.jsonl
expect 2 "$ownbench" run --resume=torn
expect_line "runs.jsonl:3: not a record of a repetition"
sed -i '3s/.*/{"run/' torn/runs.jsonl
expect 2 "$ownbench" run --resume=torn
expect_line "runs.jsonl:3: not JSON"
jq '.arguments = [1]' killed2/sweep.json >torn/sweep.json
expect 2 "$ownbench" run --resume=torn
expect_line "\"arguments\" is not a list of strings"
jq '.format = 3 | .written_by = "ownbench 9"' killed2/sweep.json >torn/sweep.json
expect 2 "$ownbench" run --resume=torn
expect_line "torn is a sweep of format 3, written by ownbench 9: this version reads format 2"

# Two processes cannot measure the same sweep at once.
"$ownbench" run --impl=ceiling --workload=share --threads=1 --devices=2 --duration=60 --events=none --out=busy \
	>/dev/null 2>&1 &
until pgrep -P $! >/dev/null; do :; done # waits until its first repetition runs
expect 1 "$ownbench" run --resume=busy
expect_line "another process is running this sweep"
kill -KILL $!
wait $! 2>/dev/null
# A listing from standard input is kept with the sweep.
expect 0 sh -c '"$0" run --workload=storm --impl=mutex_count --threads=1 --topology=- --duration=0.01 --warmup=0.005 \
	--repetitions=1 --events=none --out=piped <"$1"' "$ownbench" "$source_dir/tests/cases/topologies/fences.txt"
grep -q "stdin: skipped 2 lines that are not part of a listing, the first is line 1" err || fail "the skipped lines are not reported: $(cat err)"
jq -c .run piped/runs.jsonl >piped_runs
grep -q '"topology":"stdin".*"devices":2,"groups":3' piped_runs || fail "the run has no topology from standard input: $(cat piped_runs)"
: >piped/runs.jsonl
expect 0 "$ownbench" run --resume=piped
jq -c .run piped/runs.jsonl | cmp -s - piped_runs || fail "a sweep with a piped topology has other runs after --resume"

finish
