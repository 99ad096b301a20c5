# SPDX-License-Identifier: MIT
# ownbench profile: the hot lines found by the real perf, if it is installed and permitted, and the errors of fake
# perfs that misbehave in every way.
source "$(dirname "$0")/lib.sh" "$@"

# left WHAT: checks that neither perf nor a run is left behind.
left()
{
	for pid in $(cat pids 2>/dev/null); do
		kill -0 "$pid" 2>/dev/null && fail "a process is still running: $1"
	done
	rm -f pids
}

# A fake perf that speaks perf's control protocol, and can misbehave at each command.
mkdir fake
cat >fake/perf <<'EOF'
#!/bin/bash
echo $$ >>pids
mode=$1
while [ $# -gt 0 ]; do
	case $1 in
	--control) control=${2#fd:} ;;
	-p) echo "$2" >>pids ;;
	-o) out=$2 ;;
	-D) [ "$2" = -1 ] || echo "not disabled at first" >>wrong ;;
	esac
	shift
done
if [ "$mode" = c2c ] && [ ! "$control" ]; then
	echo "Shared Data Cache Line Table"
	exit
fi
if [ "$mode" = stat ] && [ "$control" ]; then
	STOP='cp counts "$out"'
fi
if [ "$mode" = script ]; then
	cat script
	exit "${SCRIPT_STATUS:-0}"
fi
answer()
{
	printf 'ack\n\0' >&"${control#*,}"
}
echo "message of the made perf" >&2
: >"$out"
[ "$START" ] && eval "$START"
while read -r -u "${control%,*}" command; do
	echo "$command" >>commands
	eval "${AT[$command]:-}"
	case $command in
	ping) eval "${PING:-answer}" ;;
	enable) eval "${ENABLE:-answer}" ;;
	disable) eval "${DISABLE:-answer}"; break ;;
	esac
done
[ "$STOP" ] && eval "$STOP"
exit "${STATUS:-0}"
EOF
chmod +x fake/perf
mkfifo never
# Prints the line in impl/mutex_count.c where function $1 takes the mutex.
lock_line()
{
	awk -v name="^static inline int $1[(]" '$0 ~ name { found = 1 } found && /lock_acquire/ { print NR; exit }' \
		"$source_dir/impl/mutex_count.c"
}
use_line=$(lock_line mutex_count_use)
unuse_line=$(lock_line mutex_count_unuse)
cat >script <<EOF
 100    1000 cpu-clock: 
	            10 lock_acquire
  $source_dir/build/x/../../impl/lock/pthread_mutex.h:25 (inlined)
	            10 mutex_count_use
  $source_dir/impl/mutex_count.c:$use_line (inlined)
	            10 pairs_ops ($build_dir/ownbench)
  $source_dir/bench/ownership/instance.c:200
	            20 window_thread ($build_dir/ownbench)
  $source_dir/harness/measure/window.c:101

 100    3000 cpu-clock: 
	ffffffff81000000 futex_wait ([kernel.kallsyms])
  [kernel.kallsyms][ffffffff81000000]
	            30 mutex_count_unuse ($build_dir/ownbench)
  $source_dir/impl/mutex_count.c:$unuse_line

EOF
# made NAME=VALUE... -- OPTIONS...: profiles with the fake perf, and with a clock event, which every machine has.
made()
{
	local with=()
	while [ "$1" != -- ]; do
		with+=("$1")
		shift
	done
	shift
	rm -rf made commands wrong
	env PATH="$work/fake:$PATH" "${with[@]}" "$ownbench" profile --event=cpu-clock --out=made \
		--duration=0.05 --warmup=0.01 --threads=2 "$@" mutex_count share
}

expect 0 made --
[ "$(tr '\n' ' ' <commands)" = "ping enable disable " ] || fail "perf got other commands: $(cat commands)"
[ ! -e wrong ] || fail "$(cat wrong)"
grep -q "75.0%  mutex_count_unuse  impl/mutex_count.c:$unuse_line .*lock_acquire" out &&
	grep -q "25.0%  mutex_count_use    impl/mutex_count.c:$use_line .*lock_acquire" out &&
	grep -q '75.0%  futex_wait .*kernel' out && grep -q '2 samples of cpu-clock' out ||
	{ fail "the samples are not shown as recorded"; cat out >&2; }
[ ! -e made/flamegraph.html ] || fail "a flame graph without --flamegraph"
expect 0 made -- --flamegraph
page_data made/flamegraph.html | jq -r '.. | objects | select(.share) | "\(.name) (\(.kind)): \(.share)"' >shares
browse "file://$work/made/flamegraph.html"
grep -q 'data-share="75.00%" data-name="futex_wait"' dom || fail "the flame graph is not drawn"
grep -qxF 'mutex_count_use (ownbench): 25.00%' shares && grep -qxF 'futex_wait (kernel): 75.00%' shares ||
	fail "the flame graph does not show the stacks"
left "a perf that did well"

# stat marks events that shared hardware counters, and names events that could not be counted.
cat >counts <<EOF
# started on a day

1500.25;msec;task-clock;1500250000;100.00;1.5;CPUs utilized
4000;;cycles;750000000;50.00;;
<not supported>;;instructions;0;100.00;;
EOF
expect 0 made -- --mode=stat
grep -Eq '^  task-clock +1500 msec$' out && grep -Eq '^  instructions +<not supported>$' out &&
	grep -Eq '^  cycles +4000 .* per operation  \(scaled: .* 50.00% of the time\)$' out ||
	{ fail "stat does not show the recorded counts"; cat out >&2; }
# c2c saves perf's report whole.
expect 0 env PATH="$work/fake:$PATH" "$ownbench" profile --mode=c2c --out=shared --duration=0.05 \
	mutex_count share
grep -q '^Shared Data Cache Line Table' out && grep -q '^Shared' shared/c2c.txt ||
	fail "c2c does not show perf's report"
left "stat and c2c"

expect 1 made STATUS=3 START='exit 3' --
expect_line "perf failed with status 3: message of the made perf; see made/perf.log"
left "a perf that did not start"
expect 1 made START='exit 0' --
expect_line "perf exited before it acknowledged 'ping'"
expect 1 made PING='kill -KILL $$' --
expect_line "perf was killed by SIGKILL: message of the made perf"
left "a perf that was killed"
expect 1 made ENABLE='exit 4' --
expect_line "perf failed with status 4: message of the made perf"
left "a perf that ended in the window"
expect 1 made DISABLE='exit 5' --
expect_line "perf failed with status 5: "
expect 1 made DISABLE='answer; exit 6' --
expect_line "perf failed with status 6: "
expect 1 made ENABLE='exit 0' --
expect_line "perf exited before it acknowledged 'enable'"
expect 1 made PING='printf "nack\n" >&${control#*,}' --
expect_line "perf answered 'ping' with 'nack' instead of ack"
left "a perf that answers in tongues"
expect 1 made PING='read -r <>never' -- --timeout=5
expect_line "perf did not answer 'ping' within 5 s"
left "a perf that does not answer"
expect 1 made ENABLE='read -r <>never' -- --timeout=5
expect_line "perf did not answer 'enable' within 5 s"
left "a perf that hangs in the window"
expect 1 made STOP='trap "" TERM; read -r <>never' -- --timeout=5
expect_line "perf did not end within 5 s of the run and was killed"
left "a perf that does not end"

expect 1 made SCRIPT_STATUS=9 --
expect_line "perf failed with status 9"
mv script samples
echo "nonsense" >script
expect 1 made --
expect_line "perf script: line 1: unexpected format: nonsense"
: >script
expect 1 made --
expect_line "perf took no sample; a longer --duration"
mv samples script

# Ctrl-C within the window: all processes end, and no files are left.
set -m
mkfifo in_window
made ENABLE='answer; echo >in_window' -- --duration=1000 >out 2>err </dev/null &
read -r <in_window
kill -INT -- "-$!"
wait "$!"
status=$?
[ "$status" = 130 ] || fail "exit status $status after Ctrl-C, not 130"
expect_line "ownbench profile: interrupted"
[ ! -e made ] || fail "a directory is left after Ctrl-C: $(ls made)"
left "Ctrl-C"
set +m

expect 1 env PATH=/nonexistent "$ownbench" profile --event=cpu-clock --out=none mutex_count share
expect_line "perf is not installed: apt-get install linux-perf"
[ ! -e none ] || fail "a directory is left without perf"
left "no perf"

wrong()
{
	local text=$1
	shift
	expect 2 "$ownbench" profile --out=unused "$@"
	expect_line "$text"
}
wrong "missing arguments: an implementation and a workload; for example: ownbench profile" mutex_count
wrong "one argument too many: x" mutex_count share x
wrong "IMPL nonesuch: no such implementation in family ownership, which share belongs to" nonesuch share
wrong "IMPL mutex_count: no such implementation in family lifetime, which unbind belongs to" mutex_count unbind
wrong "WORKLOAD x: no such workload; 'ownbench list' shows them" mutex_count x
wrong "IMPL: must not be empty" "" share
wrong "WORKLOAD : no such workload" mutex_count ""
wrong "--mode=x: must be one of record, stat, c2c" --mode=x mutex_count share
wrong "--frequency=0: must be a whole number from 1" --frequency=0 mutex_count share
wrong "--call-graph=lbr: must be one of dwarf, fp" --call-graph=lbr mutex_count share
wrong "--event: must not be empty" --event= mutex_count share
wrong "--flamegraph needs stacks" --mode=stat --flamegraph mutex_count share
wrong "--frequency and --call-graph need --mode=record" --mode=c2c --frequency=9 mutex_count share
wrong "a profile needs a single run, and these arguments select 3: " rcu_driver share
wrong "a profile needs a single run, and these arguments select 2: " --threads=1,2 mutex_count share
[ ! -e unused ] || fail "a directory was made for a wrong command line"
mkdir unused
expect 1 "$ownbench" profile --event=cpu-clock --out=unused mutex_count share
expect_line "unused exists and is not overwritten"
expect 0 "$ownbench" profile --help
grep -q '^    ownbench profile' out || fail "--help has no example"

if ! "$ownbench" list --events | grep -q '^cpu-clock '; then
	expect 1 "$ownbench" profile --out=forbidden mutex_count share
	expect_line "nothing can be sampled here: cpu-clock ("
	grep -q 'forbidden' err || fail "the reason why nothing can be sampled is not reported"
	expect 1 "$ownbench" profile --mode=stat --out=forbidden mutex_count share
	expect_line "nothing can be counted here: "
	[ ! -e forbidden ] || fail "a directory is left although nothing can be sampled"
	finish
	exit
fi

if ! command -v perf >/dev/null; then
	expect 1 "$ownbench" profile --out=missing mutex_count share
	expect_line "perf is not installed: apt-get install linux-perf"
	finish
	exit
fi

# The real perf names the contended line, which takes the lock.
top_line()
{
	sed -n '/line, including its callees/{n;p}' out
}
profile=("$ownbench" profile --duration=0.5 --threads=2)
expect 0 "${profile[@]}" --out=contended --flamegraph mutex_count share
top_is_lock()
{
	# clang merges the two unlocks of an operation, which leaves only the line of the lock itself.
	top_line | grep -Eq 'impl/mutex_count.c:[0-9]+ +lock_(acquire|release)\(|impl/lock/pthread_mutex.h:'
}
top_is_lock ||
	{ fail "the lock of mutex_count is not at the top"; cat out >&2; }
[ -s contended/perf.data ] && perf evlist -i contended/perf.data >/dev/null 2>&1 ||
	fail "no perf.data that perf reads"
page_data contended/flamegraph.html | jq -r '.. | objects | select(.share) | "\(.name) (\(.kind))"' >functions
grep -qxF 'window_thread (ownbench)' functions && grep -qxF 'mutex_count_use (ownbench)' functions ||
	fail "the stacks lack the inlined loop"

# Only the window is sampled: however long the warm-up is, samples cover no more than the CPU time used in the window.
# (Each sample stands for a millisecond, so a few more are possible.)
expect 0 "$ownbench" profile --event=cpu-clock --warmup=1 --duration=0.3 --threads=2 --out=window \
	mutex_count share
sed -n 's/.* samples of .*, which cover \([0-9.]*\) s of the \([0-9.]*\) s that .*/\1 \2/p' out |
	awk '{ seen = 1; if ($1 > 1.2 * $2) exit 1 } END { exit !seen }' ||
	{ fail "there are samples outside the window"; cat out >&2; }

expect 0 "${profile[@]}" --out=slots device_slots share
# The line belongs to the inlined function. perf names that function with gcc, and the surrounding loop with clang.
grep -Eq '^ .*  impl/device_slots.c:[0-9]+ ' out || { fail "no line of device_slots is shown"; cat out >&2; }
expect 0 "${profile[@]}" --out=path --path=probe --claims=0.5 mutex_count takeover
grep -q 'takeover/mutex_count/.*/path:probe/claims:0.5: ' out || fail "another run than the requested one was profiled"
grep -Eq 'impl/mutex_count.c:[0-9]+ ' out || { fail "no line of mutex_count is shown with --path=probe"; cat out >&2; }
# With the ceiling all time is spent in the device lock.
expect 0 "${profile[@]}" --out=lock --path=probe ceiling share
grep -Eq 'device_(un)?lock ' out || { fail "device_lock is not shown"; cat out >&2; }
expect 0 "${profile[@]}" --out=storm mutex_count storm
# Rounds are short and their threads wait for each other, so on a busy machine the profile may show only the waiting.
grep -Eq '^ +[0-9.]+%  [a-z_]+ +(impl/mutex_count.c|harness/[a-z/_]+.h|bench/ownership/instance.c):[0-9]+ ' out || { fail "no line is shown for storm"; cat out >&2; }
expect 0 "${profile[@]}" --out=fp --call-graph=fp device_slots share
grep -q 'impl/device_slots.c:' out || { fail "no line of device_slots is shown with --call-graph=fp"; cat out >&2; }

# If perf samples a different event than the requested one, this is reported.
if ! "$ownbench" list --events | grep -q '^cycles '; then
	expect 0 "${profile[@]}" --out=fallback --event=cycles mutex_count share
	grep -q "samples of cpu-clock.* (perf chose it instead of cycles)" out ||
		{ fail "the event that perf sampled is not reported"; cat out >&2; }
fi

# stat reports the threads' clock, and counts per operation.
expect 0 "${profile[@]}" --out=stat --mode=stat mutex_count share
grep -Eq '^  task-clock(:u)? +[1-9][0-9]* ' out && grep -Eq 'page-faults.* per operation' out ||
	{ fail "stat lacks the clock, or the page faults per operation"; cat out >&2; }
expect 0 "${profile[@]}" --out=one --mode=stat --event=task-clock mutex_count share
[ "$(grep -c '^  ' out)" = 1 ] || fail "stat counts other events than the requested one"

# c2c shows the shared cache lines, or reports what it needs.
if "$ownbench" profile --duration=0.5 --out=c2c --mode=c2c mutex_count share >out 2>err; then
	[ -s c2c/c2c.txt ] || fail "c2c succeeded without a report"
elif grep -q 'not supported' c2c/perf.log; then
	expect_line "c2c needs a CPU that samples its loads (Intel PEBS, AMD IBS, Arm SPE)"
else
	[ "$(wc -l <err)" = 1 ] || fail "c2c: stderr has not exactly one line"
fi

# profile works without privileges, if this machine permits it.
if [ "$(id -u)" = 0 ] && [ "$(cat /proc/sys/kernel/perf_event_paranoid)" -le 2 ]; then
	chmod 777 .
	expect 0 setpriv --reuid=65534 --clear-groups env HOME="$work" "${profile[@]}" --out=nobody \
		mutex_count share
	top_is_lock ||
		{ fail "unprivileged: the lock is not at the top"; cat out >&2; }
fi

# A run that fails is reported. A run that leaks still has a profile.
faulty_profile=("$faulty" profile --duration=0.1 --threads=2)
expect 1 "${faulty_profile[@]}" --out=segv faulty_segv share
expect_line "crashed: SIGSEGV"
expect 1 "${faulty_profile[@]}" --out=hang --timeout=3 faulty_hang share
expect_line "hung: killed after"
expect 1 "${faulty_profile[@]}" --out=leak faulty_leak share
expect_line "leaked: group 0 is still owned"
grep -q ' samples of ' out || fail "no profile of a run that leaks"
finish
