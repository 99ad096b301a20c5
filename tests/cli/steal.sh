# SPDX-License-Identifier: MIT
# Steal time is stored with the results and causes a warning, also for results from before an interruption.
source "$(dirname "$0")/lib.sh" "$@"

expect 0 "$ownbench" run --duration=0.1 --warmup=0 --repetitions=2 --events=none --impl=mutex_count --workload=share \
	--threads=1 --out=sweep
jq -es 'length == 2 and all(.steal | .stolen >= 0 and .all > 0 and .stolen <= .all)' sweep/runs.jsonl >/dev/null ||
	fail "runs.jsonl lacks the steal time: $(jq -c .steal sweep/runs.jsonl)"
jq -e '(.context.steal_percent | tonumber) >= 0 and ([.benchmarks[] | select(.run_type == "iteration")] |
	length == 2 and all(.steal_percent >= 0 and .steal_percent <= 100))' sweep/benchmark.json >/dev/null ||
	fail "benchmark.json lacks the steal time: $(jq -c .context sweep/benchmark.json)"

# steal SECONDS: gives each repetition this much steal time in ten seconds, resumes the sweep, and keeps its warnings.
steal()
{
	jq -c ".steal = {stolen: $1, all: 10} | .metrics.steal_percent = 10 * $1" sweep/runs.jsonl >changed && mv changed sweep/runs.jsonl
	expect 0 "$ownbench" run --resume=sweep
}

steal 0.15
[ "$(grep -c '^ownbench run: the hypervisor took 1.5% of the CPUs' <<<"$machine_said")" = 1 ] || fail "1.5% of steal time is not reported once: $machine_said"
jq -e '.context.steal_percent == "1.5"' sweep/benchmark.json >/dev/null || fail "the context has another percentage of steal time: $(jq -c .context sweep/benchmark.json)"
steal 0.09
grep -q 'the hypervisor took' <<<"$machine_said" && fail "0.9% of steal time is reported: $machine_said"
jq -e '.context.steal_percent == "0.9"' sweep/benchmark.json >/dev/null || fail "the context has another percentage of steal time: $(jq -c .context sweep/benchmark.json)"
finish
