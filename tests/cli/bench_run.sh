# SPDX-License-Identifier: MIT
# Tests bench/run with a fake ownbench: its output, its log, its exit status, and Ctrl-C.
source "$(dirname "$0")/lib.sh" "$@"

# Uses a copy of bench/run, because the script stores sweeps in its own tree. The copy's path contains a space.
top="$work/a clone"
mkdir -p "$top/bench"
cp "$source_dir/bench/run" "$top/bench"
export calls=$work/calls
export OWNBENCH=$work/pretender
cat >"$OWNBENCH" <<'END'
#!/bin/bash
# Appends its arguments to $calls, and writes a lot to both outputs. $pretend_COMMAND sets how that command behaves.
printf '%s\n' "$*" >>"$calls"
for option in "$@"; do
	case $option in
	--out=*) out=${option#--out=} ;;
	-o) next=yes ;;
	*) [ "${next:-}" != yes ] || { out=$option; next=; } ;;
	esac
done
case $* in
*--format=summary*) ;;
*) seq 200; seq 200 >&2 ;;
esac
pretend=pretend_$1
pretend=${!pretend:-}
case $1 in
run)
	[ "$pretend" != refuse ] || { echo "ownbench run: --threads=x: not a number" >&2; exit 2; }
	[ "$pretend" != plan ] || { echo "the plan"; exit 0; }
	mkdir -p "$out" && echo '{}' >"$out/runs.jsonl"
	[ "$pretend" != wait ] || { touch "$calls.waits"; trap 'exit 130' INT; while :; do sleep 0.05; done; }
	[ "$pretend" != fail ] || exit 1
	;;
report)
	[ "$2" != --format=summary ] || { echo "the answer"; exit 0; }
	[ "$pretend" != fail ] || exit 1
	echo page >"$out"
	;;
esac
exit 0
END
chmod +x "$OWNBENCH"

# bench_run STATUS OPTION...: runs the copy and checks its exit status.
bench_run()
{
	local want=$1
	shift
	rm -rf "$top/results" "$calls" "$calls.waits"
	expect "$want" "$top/bench/run" "$@"
}

# -- without options: sweeps of all families and the claims; prints the log first, then the summary, and the page last --
bench_run 0
[ "$(wc -l <out)" = 3 ] || fail "not three lines on stdout: $(cat out)"
log=$(head -n 1 out)
case $log in "$top/results/sweeps/"*.log) ;; *) fail "the first line does not name a log: $log" ;; esac
[ "$(sed -n 2p out)" = "the answer" ] || fail "the second line is not the summary"
page=$(tail -n 1 out)
[ -s "$page" ] || fail "the last line does not name a page: $page"
[ ! -s err ] || fail "stderr is not empty although it is not a terminal: $(head -n 3 err)"
[ "$(grep -cx 200 "$log")" -ge 20 ] || fail "the log lacks the output of the steps"
grep -qE "^== .*pretender verify --family=ownership --budget=90 --json\$" "$log" || fail "the log does not name the commands that ran"
dir=$(sed -n 's/^run --out=\([^ ]*\).*/\1/p' "$calls" | head -n 1)
cat >expected <<END
run --out=$dir
cost --sweep=$dir --out=$dir/cost.json
verify --family=ownership --budget=90 --json
claims --json
run --out=$dir/lifetime --family=lifetime --latency=1021 --budget=30
verify --family=lifetime --budget=10 --json
run --out=$dir/configure --family=configure --latency=1021 --budget=30
verify --family=configure --budget=10 --json
plot $dir
plot $dir/lifetime
plot $dir/configure
report -o $dir/report.html $dir $dir/lifetime $dir/configure
report --format=summary $dir $dir/lifetime $dir/configure
END
diff expected "$calls" >&2 || fail "the script ran other commands than expected"
for file in verify.json claims.json lifetime/verify.json; do
	[ -s "$top/$dir/$file" ] || fail "$file is missing"
done

# -- with options: one sweep with these options, verify for the selected designs, and no claims --------------------
bench_run 0 --workload=share --impl mutex_count --impl=packed_cas,'mutex_count<*>'
grep -q claims "$calls" && fail "claims ran for a sweep with options"
[ "$(grep -c '^run ' "$calls")" = 1 ] || fail "a sweep with options ran more or less than once"
grep -qxF "verify --family=ownership --impl=packed_cas,mutex_count<*> --budget=20 --json" "$calls" || fail "verify does not get the options of the sweep: $(cat "$calls")"
bench_run 0 --family lifetime
grep -qxF "verify --family=lifetime --budget=90 --json" "$calls" || fail "verify does not get the family of the sweep: $(cat "$calls")"
grep -q '^cost' "$calls" && fail "cost ran for another family"
for option in --out=x --resume=x; do
	expect 2 "$top/bench/run" "$option"
	expect_line "bench/run: ${option%=x} cannot be used here, because bench/run makes a new directory"
	[ ! -s out ] || fail "a log was written although nothing was measured"
done

# -- the exit status is the first failing step's; the message of a step that cannot continue is shown --------------
pretend_run=fail bench_run 1
grep -q '^claims' "$calls" || fail "failed checks end the script"
[ "$(tail -n 2 out | head -n 1)" = "the answer" ] || fail "no summary after failed checks"
pretend_run=refuse bench_run 2 --threads=x
grep -qF "ownbench run: --threads=x: not a number" err || fail "the reason is not shown"
[ "$(wc -l <"$calls")" = 1 ] || fail "the script continues after a refused option"
pretend_run=plan bench_run 0 --plan
grep -qxF "the plan" out || fail "does not show the requested output"
[ "$(wc -l <"$calls")" = 1 ] || fail "the script continues after --plan"
pretend_report=fail bench_run 1
[ "$(tail -n 1 out)" = "the answer" ] && fail "a page that could not be made is ignored"

# -- Ctrl-C: the finished part is shown, and no other step starts --------------------------------------------------
rm -rf "$top/results" "$calls"
set -m # gives it a process group of its own, as at a terminal
pretend_run='wait' "$top/bench/run" >out 2>err </dev/null &
pid=$!
until [ -e "$calls.waits" ]; do
	kill -0 "$pid" 2>/dev/null || { fail "ended before it was interrupted"; break; }
	sleep 0.05
done
kill -INT -- "-$pid"
got=0
wait "$pid" || got=$?
set +m
[ "$got" = 130 ] || fail "exit status $got, not 130"
[ "$(sed -n 2p out)" = "the answer" ] || fail "no summary after Ctrl-C: $(cat out)"
grep -qE '^(verify|claims)' "$calls" && fail "the script verifies or tests claims after Ctrl-C"
[ "$(grep -c '^run ' "$calls")" = 1 ] || fail "the script starts a sweep after Ctrl-C"

# -- progress is shown on a terminal, although all other output goes to the log ------------------------------------
script -qec "OWNBENCH_PROGRESS_FD=3 '$ownbench' run --impl=mutex_count --workload=share --threads=1 --devices=2 \
	--duration=0.01 --repetitions=1 --events=none --out=seen 3>&2 2>err >out" typescript >/dev/null </dev/null
grep -q 'left\].*share/mutex_count' typescript || fail "no progress on the terminal"
grep -q 'left\]' err && fail "the progress line is in the log"
script -qec "'$top/bench/run' >out" typescript >/dev/null </dev/null
grep -q 'verify \.\.' typescript || fail "no steps on the terminal"
grep -q 'verify \.\.' out && fail "the steps are on stdout"
finish
