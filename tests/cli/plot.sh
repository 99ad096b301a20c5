# SPDX-License-Identifier: MIT
# plot: draws the reference sweep as SVG and PNG; what is missing is said in one line.
source "$(dirname "$0")/lib.sh" "$@"

cp -r "$source_dir/results/reference" sweep
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
	grep -qF 'measured on 2 virtual CPUs' "sweep/plots/$name.svg" || fail "$name.svg: machine"
done

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
grep -q '^  share, 1 group of 8 devices or one for each thread: .*; more threads than the 32 CPUs are not in it$' out ||
	fail "the law is not headed: $(cat out)"
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
