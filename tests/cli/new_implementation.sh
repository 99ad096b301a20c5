# SPDX-License-Identifier: MIT
# A new implementation needs only one file: in a copy of the sources it is listed, run and checked.
source "$(dirname "$0")/lib.sh" "$@"

(cd "$source_dir" && cp -r --parents CMakeLists.txt bench harness impl plots results/topologies "$work") || fail "cannot copy the sources"
# To save time, deletes all implementations but those that the test uses and one that a claim's experiment needs.
find impl -name '*.c' ! -name mutex_count.c ! -name ceiling.c ! -name notifier.c -delete
find impl/lock -name '*.h' ! -name any.h ! -name pthread_mutex.h -delete
sed 's/mutex_count/newcomer/g' impl/mutex_count.c >impl/newcomer.c
sed 's/mutex_count/private/g
	s/^struct private {/static _Thread_local int mine __attribute__((unused));\n&/' impl/mutex_count.c >impl/private.c
cp "$source_dir/tests/faulty/leak.c" impl/broken_newcomer.c
compiler=$(sed -n 's/^CMAKE_C_COMPILER:[A-Z]*=//p' "$build_dir/CMakeCache.txt")
cxx=$(sed -n 's/^CMAKE_CXX_COMPILER:[A-Z]*=//p' "$build_dir/CMakeCache.txt")
# The build is not optimized, because nothing is measured.
cmake -G Ninja -B new -DOWNBENCH_TESTS=OFF -DCMAKE_BUILD_TYPE=None -DCMAKE_C_COMPILER="$compiler" \
	-DCMAKE_CXX_COMPILER="$cxx" >log 2>&1 && cmake --build new >>log 2>&1 ||
	{ tail -n 20 log >&2; fail "the new implementation does not build"; finish; }
expect 0 new/ownbench list
grep -q "^newcomer " out || fail "list does not show the new implementation"
expect 0 new/ownbench run --impl=newcomer --duration=0.02 --repetitions=1 --out=sweep
jq -e '[.benchmarks[].run_name | split("/")[1]] | unique == ["newcomer"]' sweep/benchmark.json \
	>/dev/null || fail "run does not measure the new implementation alone"
expect 1 new/ownbench run --impl=broken_newcomer --workload=share --threads=2 --duration=0.02 --repetitions=1 \
	--out=broken
expect_line "broken_newcomer: leaked: group 0"

# The explorer does not judge an implementation that it cannot see.
expect 0 new/ownbench explore --impl=newcomer --scenario=probe_claim
expect 2 new/ownbench explore --impl=private --scenario=probe_claim
expect_line "--impl=private: not explored"
finish
