# SPDX-License-Identifier: MIT
# plot: draws the reference sweep as SVG and PNG; what is missing is said in one line.
source "$(dirname "$0")/lib.sh" "$@"

reference_sweep sweep
rm -rf sweep/plots
expect 0 "$ownbench" plot sweep
grep -v '^ ' out >pictures
[ "$(wc -l <pictures)" -ge 4 ] || fail "not four pictures: $(cat out)"
while read -r picture; do
	[ -s "$picture" ] || fail "$picture is printed and not there"
done <pictures
# Four threads on two CPUs are not what the law is about.
grep -qF 'Universal Scalability Law is not fitted: 2 thread counts, at least 4 are needed; more threads than the 2 CPUs' \
	out || fail "the law is fitted to two thread counts, or it is not told that it is not: $(cat out)"
[ -e sweep/plots/share-scaling.svg ] && fail "a law that is not fitted is drawn"
for name in share-threads share-devices storm-amd-x570-matisse-threads2; do
	rsvg-convert "sweep/plots/$name.svg" -o converted.png || fail "$name.svg is not SVG"
	[ "$(head -c 8 "sweep/plots/$name.png" | od -An -tx1 | tr -d ' ')" = 89504e470d0a1a0a ] ||
		fail "$name.png is not PNG"
	grep -qF 'mutex_count' "sweep/plots/$name.svg" || fail "$name.svg does not name mutex_count"
	grep -qF "median over repetitions" "sweep/plots/$name.svg" || fail "$name.svg: repetitions"
	grep -qF 'measured on 2 virtual CPUs' "sweep/plots/$name.svg" || fail "$name.svg: machine"
done
grep -qF 'median over repetitions with its 95% interval' sweep/plots/share-threads.svg || fail "intervals of five repetitions"

# Series can be told apart, all 40 that there are: by colour and dash of the line, and by the marker.
mkdir many
jq -n '[range(0; 40) as $i | (1, 2) as $n | {run_name: "share/\(if $i == 0 then "ceiling" else "design_\($i)" end)/threads:\($n)/devices:8/groups:1",
	items_per_second: (1e6 * ($i + 1) * $n), run_type: "iteration", repetition_index: 0}] | {benchmarks: .}' >many/benchmark.json
expect 0 "$ownbench" plot many
awk -v quote="'" '/gnuplot_plot_/ {n++; done = 0}
	n && !done {
		if (match($0, "stroke=" quote "rgb[^)]*")) look[n] = look[n] " " substr($0, RSTART, RLENGTH)
		if (match($0, "stroke-dasharray=" quote "[^" quote "]*")) look[n] = look[n] " " substr($0, RSTART, RLENGTH)
		if (match($0, "#gpPt[0-9]+")) { look[n] = look[n] " " substr($0, RSTART, RLENGTH); done = 1 }
	}
	END { for (i in look) print look[i] }' many/plots/share-threads.svg >looks
[ "$(wc -l <looks)" = 40 ] || fail "not 40 curves: $(wc -l <looks)"
grep -vc '#gpPt' looks | grep -qx 0 || fail "a curve without markers: $(cat looks)"
[ -z "$(sort looks | uniq -d)" ] || fail "curves that look alike: $(sort looks | uniq -cd)"

# C2's curve, where there are claims that have one.
cp sweep/claims.json claims.json
jq '(.claims[] | select(.id == "C2")).curve = {limit: 2, boundary: 32, real_machines: 8, real_groups: [[1, 88], [12, 1]],
	warm: [[1, 1.03, 0.9, 1.1], [8, null, null, 3], [32, 2.13, 2.05, 2.2]], cold: [[1, 1, -4, 1e99], [8, 4, 3, 5], [32, 7, 6, 8]]}' \
	claims.json >sweep/claims.json
expect 0 "$ownbench" plot sweep
grep -qxF 'sweep/plots/c2-walk.svg' out || fail "C2's curve is not named: $(cat out)"
rsvg-convert sweep/plots/c2-walk.svg -o converted.png || fail "c2-walk.svg is not SVG"
grep -qF 'groups of 8 real machines' sweep/plots/c2-walk.svg || fail "c2-walk.svg: machines"
mv claims.json sweep/claims.json

# A failed implementation is named below the picture and has no curve.
mkdir failed
jq '(.benchmarks[] | select(.run_name | test("/list_walk/"))) |=
	. + {error_occurred: true, error_message: "leaked"}' sweep/benchmark.json >failed/benchmark.json
expect 0 "$ownbench" plot failed
grep -qw list_walk failed/plots/*.dat && fail "a failed implementation is drawn"
grep -qF 'not drawn, failed their checks: list_walk' failed/plots/share-threads.svg ||
	fail "a failed implementation is not named"
grep -qF 'unknown machine' failed/plots/share-threads.svg || fail "no environment.json"

# synthetic CPUS DIR: two curves of the law, sigma 0.2 and kappa 0.01, and a straight one, of which the last points fails;
# a device for each thread; and more groups.
synthetic()
{
	mkdir "$2"
	jq -n '[range(0; 7) as $i | pow(2; $i) | floor | . as $n | ("ceiling", "bent", "broken") | . as $impl |
		{run_name: "share/\($impl)/threads:\($n)/devices:\([8, $n] | max)/groups:1",
		items_per_second: (if . == "ceiling" then 1e8 * $n else 4e7 * $n / (1 + 0.2 * ($n - 1) + 0.01 * $n * ($n - 1)) end)} +
		if . == "broken" and $n > 4 then {error_occurred: true, error_message: "leaked"} else {} end] +
		[(1, 16, 256) | {run_name: "spread/bent/threads:2/devices:8/groups:\(.)", items_per_second: (1e7 * .)}] |
		{benchmarks: map(. as $b | range(0; 3) | $b + {run_type: "iteration", repetition_index: .})}' >"$2/benchmark.json"
	echo "{\"cpus\": {\"allowed\": $1}, \"virtualization\": {\"guest\": false}}" >"$2/environment.json"
}
synthetic 32 law
expect 0 "$ownbench" plot law
grep -Eq '^    bent +40 M/s  0\.2 \(0\.2 to 0\.2\) +0\.01 \(0\.01 to 0\.01\) +8\.94 \(8\.94 to 8\.94\) +0\.0%$' out ||
	fail "the coefficients of the law: $(cat out)"
grep -Eq '^    ceiling +100 M/s  0 \(0 to 0\) +0 \(0 to 0\) +none, model +0\.0%$' out || fail "a straight line: $(cat out)"
grep -qF '    broken                     not fitted: 3 thread counts, at least 4 are needed' out || fail "what failed is fitted"
grep -q '^  share, 1 group of 8 devices or one for each thread, path ops, hold 0, gap 0: .*; more threads than the 32 CPUs are not in it$' out ||
	fail "the law is not headed: $(cat out)"
# Three repetitions are no 95% of anything.
grep -q 'sigma (bootstrap) ' out || fail "an interval of three repetitions: $(cat out)"
grep -qF 'median with the range of 3 repetitions' law/plots/spread-groups.svg || fail "three repetitions: $(grep -o 'measured on[^<]*' law/plots/spread-groups.svg)"
grep -qF 'median with the range of 3 repetitions; the law with its bootstrap band' law/plots/share-scaling.svg || fail "the law's band"
grep -F '95%' law/plots/*.svg && fail "an interval of three repetitions is called 95%"
for text in 'σ 0.2 (0.2 to 0.2)' 'κ 0.01 (0.01 to 0.01)' 'peak, threads: 8.94' model hollow \
	'not drawn, failed their checks: broken'; do
	grep -qF "$text" law/plots/share-scaling.svg || fail "the picture of the law does not say: $text"
done
# Up to 32 threads it is fitted, to 128 it is a model, and 64 stand apart.
awk '/κ 0.01/ {model = 1} /peak/ {model = 0} model && NF == 4 && $1 > 1 {if (!least) least = $1; most = $1}
	END {exit !(least == 32 && most == 128)}' law/plots/share-scaling.dat || fail "the model does not go from 32 to 128 threads"
awk '/^"ceiling"/ {n = 1} /^"σ/ {n = 0} n && NF == 4 && $1 > 1 {most = $1} END {exit most != 32}' law/plots/share-scaling.dat ||
	fail "64 threads of 32 CPUs are fitted"
[ "$(grep -c '^[0-9]' law/plots/share-threads.dat)" = 17 ] || fail "not all points of more threads than devices are drawn"
[ "$(grep -c '^[0-9]' law/plots/spread-groups.dat)" = 3 ] || fail "no picture over groups"
rm law/environment.json
expect 0 "$ownbench" plot law
grep -q 'CPUs are not in it' out && fail "points are left out of the law, and the CPUs are not known"

# Bars are of one place: each has a picture, which is named by what differs, where anything does.
mkdir places
jq -n '[("mutex", "kref_gone") as $impl | (
		(["2/devices:2/groups:1", 1], ["2/devices:8/groups:1", 2], ["4/devices:8/groups:1", 3] |
			{run_name: "keep/\($impl)/threads:\(.[0])", held_bytes: (.[1] * 1000)}),
		({run_name: "keep/\($impl)/threads:2/devices:64/groups:1", held_bytes: 0}),
		(["/hold:100", 1], ["", 2], ["/hold:100/machine:one", 3], ["/gap:5/machine:one", 4] |
			{run_name: "steal/\($impl)/threads:2/devices:8/groups:1\(.[0])", first_touch_p50_ns: (.[1] * 1000)}),
		(["/topology:apu", 1], ["/topology:apu/hold:5", 2], ["/topology:apu/hold:50", 3], ["/topology:board", 4] |
			{run_name: "storm/\($impl)/threads:2/devices:8/groups:1\(.[0])", time_to_last_bind_us: (.[1] * 1000)})) |
		. + {run_type: "iteration", repetition_index: 0, items_per_second: 1e6}] | {benchmarks: .}' >places/benchmark.json
expect 0 "$ownbench" plot places
# drawn NAME VALUE TITLE: and each once, as none is drawn over another.
drawn()
{
	grep -q "\"mutex\" $2 " "places/plots/$1.dat" || fail "$1 is not of its place: $(cat "places/plots/$1.dat")"
	grep -qF "$3" "places/plots/$1.svg" || fail "$1 does not say: $3"
	[ "$(grep -cxF "places/plots/$1.png" out)" = 1 ] || fail "$1 is not drawn once"
}
drawn keep-held-threads2-devices2 1000 'keep: 2 threads, 1 group of 2 devices'
drawn keep-held-threads2-devices8 2000 'keep: 2 threads, 1 group of 8 devices'
drawn keep-held-threads4 3000 'keep: 4 threads, 1 group of 8 devices'
drawn steal-first-touch-threads2-hold100 1000 'steal: 2 threads, 1 group of 8 devices, hold 100 ns, gap 0'
drawn steal-first-touch-threads2 2000 'steal: 2 threads, 1 group of 8 devices, hold 0, gap 0'
drawn steal-first-touch-threads2-hold100-one 3000 'devices, hold 100 ns, gap 0, machine:one'
drawn steal-first-touch-threads2-gap5-one 4000 'devices, hold 0, gap 5 ns, machine:one'
drawn storm-apu-threads2 1000 'storm: 2 threads, 1 group of apu, path probe, hold 0, gap 0'
drawn storm-apu-threads2-hold5 2000 'storm: 2 threads, 1 group of apu, path probe, hold 5 ns, gap 0'
drawn storm-apu-threads2-hold50 3000 'storm: 2 threads, 1 group of apu, path probe, hold 50 ns, gap 0'
drawn storm-board-threads2 4000 'storm: 2 threads, 1 group of board'
grep -qF 'one repetition' places/plots/storm-board-threads2.svg || fail "one repetition"
grep -lE '95%|interval|range|median' places/plots/*.svg && fail "one repetition has an interval"
[ "$(ls places/plots/*{held,touch}*.svg places/plots/storm-*.svg | wc -l)" = 11 ] || fail "other bars: $(ls places/plots)"

expect 2 "$ownbench" plot
expect_line "the directory of a sweep is missing, as in: ownbench plot"
expect 2 "$ownbench" plot sweep failed
expect_line "one argument too many: failed"
expect 2 "$ownbench" plot --scripts
expect_line "a value is missing behind --scripts"

mkdir empty
expect 2 "$ownbench" plot empty
expect_line "cannot read empty/benchmark.json: No such file or directory"
expect 2 "$ownbench" plot nowhere
expect_line "cannot read nowhere/benchmark.json: No such file or directory"
echo '{"benchmarks": [' >empty/benchmark.json
expect 2 "$ownbench" plot empty
expect_line "empty/benchmark.json:"
echo '{"benchmarks": []}' >empty/benchmark.json
expect 2 "$ownbench" plot empty
expect_line "nothing was measured"
expect 2 "$ownbench" plot --scripts=nowhere sweep
expect_line "--scripts=nowhere: cannot read this directory: No such file or directory"
expect 1 env PATH=/nonexistent "$ownbench" plot sweep
expect_line "there is no gnuplot: apt-get install gnuplot-nox"
finish
