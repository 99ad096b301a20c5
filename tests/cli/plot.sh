# SPDX-License-Identifier: MIT
# ownbench plot: draws a sweep as SVG and PNG, and reports in one line what it cannot draw.
source "$(dirname "$0")/lib.sh" "$@"

# echo_environment CPUS: prints the environment of a machine with that many CPUs.
echo_environment()
{
	echo "{\"cpus\": {\"allowed\": $1}, \"virtualization\": {\"guest\": true}, \"cpu\": {\"model_name\": \"a model\"}}"
}

# of_three: a jq filter that makes runs of three implementations at each given point.
of_three='[.[] as $place | {ceiling: 100, device_slots: 20, mutex_count: 1} | to_entries[] |
	$place + {implementation: .key, rate: (.value * 1e6 * ($place.threads // 2))}]'

jq -n '[{workload: "share", threads: (1, 2, 4)}, {workload: "share", devices: (2, 32)}] |'"$of_three"' +
	[{workload: "storm", path: "probe", topology: "board", groups: 32, implementation: ("ceiling", "mutex_count"),
	metrics: {time_to_last_bind_us: 12}}]' | make_sweep sweep
echo_environment 2 >sweep/environment.json
expect 0 "$ownbench" plot sweep
grep -v '^ ' out >pictures
[ "$(wc -l <pictures)" = 6 ] || fail "not three pictures in two formats: $(cat out)"
while read -r picture; do
	[ -s "$picture" ] || fail "$picture is named in the output, but does not exist"
done <pictures
# The scalability law does not apply to four threads on two CPUs.
grep -qF 'Universal Scalability Law is not fitted: 2 thread counts, at least 4 are needed; points with more threads than the 2 CPUs' \
	out || fail "the law is fitted to two thread counts, or nothing reports that it is not fitted: $(cat out)"
[ -e sweep/plots/share-scaling.svg ] && fail "a law that is not fitted is drawn"
for name in share-threads share-devices storm-board-threads2; do
	rsvg-convert "sweep/plots/$name.svg" -o converted.png || fail "$name.svg is not SVG"
	[ "$(head -c 8 "sweep/plots/$name.png" | od -An -tx1 | tr -d ' ')" = 89504e470d0a1a0a ] ||
		fail "$name.png is not PNG"
	grep -qF 'mutex_count' "sweep/plots/$name.svg" || fail "$name.svg does not name mutex_count"
	grep -qF "median over rounds" "sweep/plots/$name.svg" || fail "$name.svg does not say that it shows medians over rounds"
	grep -qF 'measured on 2 virtual CPUs, a model' "sweep/plots/$name.svg" || fail "$name.svg does not describe the machine"
done
grep -qF 'median over rounds with its 95% interval' sweep/plots/share-threads.svg || fail "the picture of eight rounds does not mention intervals"
# A picture shows the document's figures, and no others.
expect 0 "$ownbench" report sweep --format=json -o sweep/report.json
jq -r '.sweeps[0] | (.charts[] | select(.name == "share-threads") | .points) as $ids | .points[] |
	select(.id as $id | $ids | index($id)) | .threads as $threads | .results[] | select(.implementation == "device_slots") |
	"\($threads) \(.value.value) \(.value.low) \(.value.high)"' sweep/report.json >wanted
sed -n '/"device_slots"/,/^$/{/^[0-9]/p}' sweep/plots/share-threads.dat >found
diff wanted found >&2 || fail "the picture differs from the document"
# A document can be drawn without its sweep.
mkdir document
mv sweep/report.json document
expect 0 "$ownbench" plot document
cmp sweep/plots/share-threads.dat document/plots/share-threads.dat || fail "the picture of a document is different"

# Each of the 40 series has its own combination of line colour, dash and marker.
jq -n '[range(0; 40) as $i | (1, 2) as $n | {workload: "share", threads: $n, implementation: (if $i == 0 then "ceiling" else
	"design_\($i)" end), rate: (1e6 * ($i + 1) * $n)}]' | make_sweep many
expect 0 "$ownbench" plot many
awk -v quote="'" '/gnuplot_plot_/ {n++; done = 0}
	n && !done {
		if (match($0, "stroke=" quote "rgb[^)]*")) look[n] = look[n] " " substr($0, RSTART, RLENGTH)
		if (match($0, "stroke-dasharray=" quote "[^" quote "]*")) look[n] = look[n] " " substr($0, RSTART, RLENGTH)
		if (match($0, "#gpPt[0-9]+")) { look[n] = look[n] " " substr($0, RSTART, RLENGTH); done = 1 }
	}
	END { for (i in look) print look[i] }' many/plots/share-threads.svg >looks
[ "$(wc -l <looks)" = 40 ] || fail "not 40 curves: $(wc -l <looks)"
grep -vc '#gpPt' looks | grep -qx 0 || fail "a curve has no markers: $(cat looks)"
[ -z "$(sort looks | uniq -d)" ] || fail "some curves look alike: $(sort looks | uniq -cd)"
grep -qF 'unknown machine' many/plots/share-threads.svg || fail "a picture without environment.json does not name an unknown machine"

# The curve of C2 is drawn if claims.json has one.
echo '{"claims": [{"id": "C2", "claim": "walks", "curve": {"limit": 2, "boundary": 32, "real_machines": 8,
	"real_groups": [[1, 88], [12, 1]], "warm": [[1, 1.03, 0.9, 1.1], [8, null, null, 3], [32, 2.13, 2.05, 2.2]],
	"cold": [[1, 1, -4, 1e99], [8, 4, 3, 5], [32, 7, 6, 8]]}}]}' >sweep/claims.json
expect 0 "$ownbench" plot sweep
grep -qxF 'sweep/plots/c2-walk.svg' out || fail "C2's curve is not named: $(cat out)"
rsvg-convert sweep/plots/c2-walk.svg -o converted.png || fail "c2-walk.svg is not SVG"
grep -qF 'groups of 8 real machines' sweep/plots/c2-walk.svg || fail "c2-walk.svg does not count the machines"
rm sweep/claims.json

# Makes two curves of the scalability law with sigma 0.2 and kappa 0.01, one of which fails at its last points, and a
# straight line. There are also runs with a device per thread, and runs with several groups.
jq -n '[range(0; 7) as $i | pow(2; $i) | floor | . as $n | ("ceiling", "bent", "broken") | . as $impl |
	{workload: "share", implementation: $impl, threads: $n, devices: ([8, $n] | max),
	rate: (if . == "ceiling" then 1e8 * $n else 4e7 * $n / (1 + 0.2 * ($n - 1) + 0.01 * $n * ($n - 1)) end)} +
	if . == "broken" and $n > 4 then {failure: "leaked"} else {} end] +
	[{workload: "spread", implementation: "bent", groups: (1, 16, 256)}]' | make_sweep law
echo_environment 32 >law/environment.json
expect 0 "$ownbench" plot law
grep -Eq '^    bent +40\.0 M/s  0\.200 \(0\.200 to 0\.200\) +0\.0100 \(0\.0100 to 0\.0100\) +8\.94 \(8\.94 to 8\.94\) ' out ||
	fail "the coefficients of the law differ: $(cat out)"
grep -Eq '^    ceiling +100 M/s  0 \(0 to 0\) +0 \(0 to 0\) +none, model ' out || fail "the law of a straight line has another form: $(cat out)"
grep -qF '    broken                     not fitted: 3 thread counts, at least 4 are needed' out || fail "the law is fitted to a failed run"
grep -q '^  share, 1 group of 8 devices or one for each thread, path ops, hold 0, gap 0: .*; points with more threads than the 32 CPUs are left out$' out ||
	fail "the law has no heading: $(cat out)"
for text in 'σ 0.200 (0.200 to 0.200)' 'κ 0.0100 (0.0100 to 0.0100)' 'peak, threads: 8.94' model hollow \
	'not drawn because they failed their checks: broken' 'the law with its 95% band'; do
	grep -qF "$text" law/plots/share-scaling.svg || fail "the picture of the law does not say: $text"
done
grep -qF 'not drawn because they failed their checks: broken' law/plots/share-threads.svg || fail "a failed implementation is not named"
# The law is fitted up to 32 threads and extrapolated to 128. The points at 64 threads are drawn separately.
awk '/κ 0.01/ {model = 1} /peak/ {model = 0} model && NF == 4 && $1 > 1 {if (!least) least = $1; most = $1}
	END {exit !(least == 32 && most == 128)}' law/plots/share-scaling.dat || fail "the extrapolation does not reach from 32 to 128 threads"
awk '/^"ceiling"/ {n = 1} /^"σ/ {n = 0} n && NF == 4 && $1 > 1 {most = $1} END {exit most != 32}' law/plots/share-scaling.dat ||
	fail "64 threads on 32 CPUs are fitted"
[ "$(grep -c '^[0-9]' law/plots/share-threads.dat)" = 17 ] || fail "some points with more threads than devices are not drawn"
[ "$(grep -c '^[0-9]' law/plots/spread-groups.dat)" = 3 ] || fail "the picture over groups lacks points"
rm law/environment.json
expect 0 "$ownbench" plot law
grep -q 'CPUs are left out' out && fail "points are left out of the law although the number of CPUs is unknown"

# Each point has its own bar chart. Where file names would collide, the name includes the rest of the point.
jq -n '[("mutex", "kref_gone") as $impl | (
		([2, 2, 1], [2, 8, 2], [4, 8, 3] | {family: "lifetime", workload: "keep", threads: .[0], devices: .[1],
			metrics: {held_bytes: (.[2] * 1000)}}),
		{family: "lifetime", workload: "keep", devices: 64, metrics: {held_bytes: 0}}) | . + {implementation: $impl}]' |
	make_sweep held 1
jq -n '[("global_mutex", "lock") as $impl | {family: "configure", workload: "steal", implementation: $impl,
	parameters: ({hold_ns: 100}, {}), metrics: {first_touch_p50_ns: 2000}}]' | make_sweep touched 1
jq -n '[("mutex_count", "snzi") as $impl | (["apu", 1, {}], ["apu", 2, {hold_ns: 5}], ["board", 4, {}]) | {workload: "storm",
	path: "probe", implementation: $impl, topology: .[0], parameters: .[2], metrics: {time_to_last_bind_us: .[1]}}]' |
	make_sweep storms 1
for sweep in held touched storms; do
	expect 0 "$ownbench" plot "$sweep"
	cat out >>places
done
# drawn SWEEP NAME VALUE TITLE: checks that a picture shows VALUE and TITLE, and that it is drawn once and not
# overwritten.
drawn()
{
	grep -qF " $3" "$1/plots/$2.dat" || fail "$2 shows another point: $(cat "$1/plots/$2.dat")"
	grep -qF "$4" "$1/plots/$2.svg" || fail "$2 does not have the title $4"
	[ "$(grep -cxF "$1/plots/$2.png" places)" = 1 ] || fail "$2 is not drawn exactly once"
}
drawn held keep-held-threads2-devices2-groups1 1000 'keep: 2 threads, 1 group of 2 devices'
drawn held keep-held-threads2-devices8-groups1 2000 'keep: 2 threads, 1 group of 8 devices'
drawn held keep-held-threads4 3000 'keep: 4 threads, 1 group of 8 devices'
drawn touched steal-first-touch-threads2-devices8-groups1-hold_ns100 '"2.00 µs"' \
	'steal: 2 threads, 1 group of 8 devices, hold 100 ns, gap 0'
drawn touched steal-first-touch-threads2-devices8-groups1 '"2.00 µs"' 'steal: 2 threads, 1 group of 8 devices, hold 0, gap 0'
drawn storms storm-apu-threads2-devices8-groups1-apu-probe '"1.00 µs"' 'storm: 2 threads, 1 group of apu, path probe, hold 0, gap 0'
drawn storms storm-apu-threads2-devices8-groups1-apu-probe-hold_ns5 '"2.00 µs"' \
	'storm: 2 threads, 1 group of apu, path probe, hold 5 ns, gap 0'
drawn storms storm-board-threads2 '"4.00 µs"' 'storm: 2 threads, 1 group of board'
grep -qF 'one round' storms/plots/storm-board-threads2.svg || fail "the picture of one round does not say so"
grep -lE '95%|interval|range|median' storms/plots/*.svg && fail "the picture of one round has an interval"
[ "$(find held touched storms -name "*.svg" | grep -c "held-\|touch-\|storm-")" = 8 ] || fail "there are more or fewer bar charts than eight: $(find held touched storms)"

# Latency percentiles are merged over all rounds.
jq -n '[{workload: "share", implementation: ("ceiling", "mutex_count"), latency: {timer_ns: 20, probe: {count: 1000,
	max_ns: 5000, buckets: [[40, 990], [4000, 10]]}}}]' | make_sweep timed
expect 0 "$ownbench" plot timed
awk '/"mutex_count"/ {mine = 1} mine && $1 > 50 && $1 < 90 && ($2 < 38 || $2 > 42) {wrong = 1}
	mine && NF == 2 {last = $1 " " $2} END {exit wrong || last != "8000 5000"}' timed/plots/share-latency-probe.dat ||
	fail "the curve of probe latencies differs: $(cat timed/plots/share-latency-probe.dat)"
sed -i '1s/\[40,990\]/[-1,990]/' timed/runs.jsonl
expect 2 "$ownbench" plot timed
expect_line "timed: runs.jsonl: latencies of probe, ceiling: a bucket is not [from_ns, count]"

expect 2 "$ownbench" plot
expect_line "missing argument: the directory of a sweep; for example: ownbench plot"
expect 2 "$ownbench" plot sweep many
expect_line "one argument too many: many"
expect 2 "$ownbench" plot --scripts
expect_line "a value is missing after --scripts"
mkdir empty
expect 2 "$ownbench" plot empty
expect_line "cannot read empty/sweep.json: No such file or directory"
expect 2 "$ownbench" plot nowhere
expect_line "cannot read nowhere/sweep.json: No such file or directory"
echo '[]' | make_sweep empty
expect 2 "$ownbench" plot empty
expect_line "nothing was measured"
expect 2 "$ownbench" plot --scripts=nowhere sweep
expect_line "--scripts=nowhere: cannot read this directory: No such file or directory"
expect 1 env PATH=/nonexistent "$ownbench" plot sweep
expect_line "gnuplot is not installed: apt-get install gnuplot-nox"
finish
