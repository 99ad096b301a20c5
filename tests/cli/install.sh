# SPDX-License-Identifier: MIT
# cmake --install into a temporary directory: the installed program must use the installed data.
source "$(dirname "$0")/lib.sh" "$@"

expect 0 cmake --install "$build_dir" --prefix "$work/prefix"
installed=$work/prefix/bin/ownbench
data=$work/prefix/share/ownbench
for file in bin/ownbench share/man/man1/ownbench.1 share/bash-completion/completions/ownbench \
	share/ownbench/plots/lines.gp share/ownbench/plots/report/report.html share/ownbench/plots/report/d3.min.js \
	share/ownbench/results/topologies/amd-x570-matisse.find.txt; do
	[ -s "prefix/$file" ] || fail "$file is not installed"
done
man -M prefix/share/man -w ownbench >/dev/null || fail "man does not find the page"

# The program must read the installed files, not the sources. So each installed file gets a mark that the output must
# show.
"$installed" run --workload=share --threads=1,2 --impl=mutex_count,ceiling --repetitions=2 --duration=0.02 --warmup=0.01 --out=sweep >/dev/null 2>&1
sed -i 's/<body>/<body><!-- installed -->/' "$data/plots/report/head.html"
sed -i '1i /* installed */' "$data/plots/report/d3.min.js"
expect 0 "$installed" report sweep
grep -qF '<!-- installed -->' sweep/report.html || fail "report does not read the installed page"
grep -qxF '<script>/* installed */' sweep/report.html || fail "report does not inline the installed library"
expect 0 "$installed" plot sweep
mv "$data/plots/lines.gp" moved
expect 1 "$installed" plot sweep
expect_line "prefix/bin/../share/ownbench/plots/lines.gp: No such file or directory"
[ -d /sys/kernel/iommu_groups/0 ] || {
	rm "$data/results/topologies/"*
	expect 2 "$installed" run --workload=storm --impl=mutex_count --duration=0.01 --repetitions=1
	grep -qF 'prefix/bin/../share/ownbench/results/topologies/' err || fail "run does not read the installed topologies"
}
finish
