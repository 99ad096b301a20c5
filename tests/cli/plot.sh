# SPDX-License-Identifier: MIT
# plot: draws the reference sweep as SVG and PNG; what is missing is said in one line.
source "$(dirname "$0")/lib.sh" "$@"

cp -r "$source_dir/results/reference" sweep
rm -rf sweep/plots
expect 0 "$ownbench" plot sweep
[ "$(wc -l <out)" -ge 4 ] || fail "not four pictures: $(cat out)"
while read -r picture; do
	[ -s "$picture" ] || fail "$picture is printed and not there"
done <out
for name in share-threads share-devices storm-amd-x570-matisse-threads2; do
	rsvg-convert "sweep/plots/$name.svg" -o converted.png || fail "$name.svg is not SVG"
	[ "$(head -c 8 "sweep/plots/$name.png" | od -An -tx1 | tr -d ' ')" = 89504e470d0a1a0a ] ||
		fail "$name.png is not PNG"
	grep -qF 'mutex_count' "sweep/plots/$name.svg" || fail "$name.svg does not name mutex_count"
	grep -qF 'measured on 2 virtual CPUs' "sweep/plots/$name.svg" || fail "$name.svg: machine"
done

# A failed implementation is named below the picture and has no curve.
mkdir failed
jq '(.benchmarks[] | select(.run_name | test("/list_walk/"))) |=
	. + {error_occurred: true, error_message: "leaked"}' sweep/benchmark.json >failed/benchmark.json
expect 0 "$ownbench" plot failed
grep -qw list_walk failed/plots/*.dat && fail "a failed implementation is drawn"
grep -qF 'not drawn, failed their checks: list_walk' failed/plots/share-threads.svg ||
	fail "a failed implementation is not named"
grep -qF 'unknown machine' failed/plots/share-threads.svg || fail "no environment.json"

expect 2 "$ownbench" plot
expect_line "the directory of a sweep is missing, as in: ownbench plot"
expect 2 "$ownbench" plot sweep failed
expect_line "one argument too many: failed"
expect 2 "$ownbench" plot --scripts
expect_line "a value is missing behind --scripts"

mkdir empty
expect 1 "$ownbench" plot empty
expect_line "cannot read empty/benchmark.json: No such file or directory"
expect 1 "$ownbench" plot nowhere
expect_line "cannot read nowhere/benchmark.json: No such file or directory"
echo '{"benchmarks": [' >empty/benchmark.json
expect 1 "$ownbench" plot empty
expect_line "empty/benchmark.json:"
echo '{"benchmarks": []}' >empty/benchmark.json
expect 1 "$ownbench" plot empty
expect_line "nothing was measured"
expect 1 "$ownbench" plot --scripts=nowhere sweep
expect_line ".gp: No such file or directory"
expect 1 env PATH=/nonexistent "$ownbench" plot sweep
expect_line "there is no gnuplot: apt-get install gnuplot-nox"
finish
