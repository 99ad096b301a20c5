# SPDX-License-Identifier: MIT
# report: a page, a text and a table of one sweep or several; what is missing is said on the page, what
# is malformed in one line; nothing of a file gets into the page unescaped.
source "$(dirname "$0")/lib.sh" "$@"

reference_sweep sweep
rm -f sweep/{verify,claims,cost}.json

# -- one sweep ----------------------------------------------------------------------------------------
expect 0 "$ownbench" report sweep
[ "$(cat out)" = sweep/report.html ] || fail "does not print the name of the file"
page=sweep/report.html
for id in answer winners throughput latency runs classes claims implementations environment reproduce \
	impl-mutex_count impl-rcu_driver-urcu_qsbr; do
	[ "$(grep -cF "id=\"$id\"" $page)" = 1 ] || fail "not one part $id"
done
machine="2 virtual CPUs, $(jq -r .cpu.model_name sweep/environment.json)"
grep -qF "<b>$machine</b>" $page || fail "where it was measured"
grep -qF 'No claims.json in sweep' $page || fail "does not say how to get the claims"
grep -qF 'sweep has no verify.json' $page || fail "does not say that classes are declared"
grep -qF 'recorded no latencies' $page || fail "does not say that there are no latencies"
grep -qF '{{' $page && fail "a hole is left in the page"
grep -qE '(src|href)="?https?:|@import|url\(' $page && fail "the page asks the network"
[ "$(grep -cF '<svg class="chart wide"' $page)" -ge 5 ] || fail "not five pictures"
without_scripts()
{
	sed '/<script>/,/<\/script>/d; /<style>/,/<\/style>/d; /<pre/,/<\/pre>/d' "$1"
}
without_scripts $page | grep -qE '[^a-z](nan|inf|-nan)[^a-z]' && fail "a figure that is none is written"
# Of some designs the following pages say all that they can say, and take a third of the time.
jq -c '.benchmarks |= map(select(.run_type == "iteration" and (.run_name |
	test("/(ceiling|mutex_count|device_slots|rcu_driver<urcu_qsbr>|bravo|snzi|list_walk|sharded)/"))))' \
	sweep/benchmark.json >some && mv some sweep/benchmark.json
expect 0 "$ownbench" report sweep
# Nor where the runs of a design, or half of those of another, or the ceiling's, did nothing.
cp -r sweep still
jq '(.benchmarks[] | select(.run_type == "iteration" and (.run_name | test("/(ceiling|snzi)/"))) | .items_per_second) = 0 |
	(.benchmarks[] | select(.run_type == "iteration" and .repetition_index < 2 and (.run_name | test("/(mutex_count|bravo)/"))) |
	.items_per_second) = 0' sweep/benchmark.json >still/benchmark.json
for format in html markdown csv; do
	expect 0 "$ownbench" report --format=$format still -o still.$format
	without_scripts still.$format | grep -nE '[^a-z](nan|inf|-nan)[^a-z]' && fail "$format: a figure that is none is written"
done
cp $page first.html
expect 0 "$ownbench" report sweep -o -
cmp -s out first.html || fail "the same files give another page"
expect 0 "$ownbench" report --source-url=https://example.org/tree/ sweep -o linked.html
grep -qF 'href="https://example.org/tree/impl/mutex_count.c"' linked.html || fail "no link to the source"

# -- what the number at the top is of, and the whole sequence beside it; the same at each picture -----------------
# headline FILE TEXT..: that is said at the number.
headline()
{
	local file=$1
	shift
	grep -oE '<p class="cond of">[^<]*' "$file" >of
	for text in "$@"; do
		grep -qF "$text" of || fail "$file does not say of its number: $text: $(cat of)"
	done
}
ops="Of the ownership operations alone (--path=ops: no device_lock): share, 2 threads, 1 group of 8 devices, hold 0, gap 0."
whole="Over the whole probe and remove (--path=probe): "
headline first.html "$ops" "$whole" "× in flap (95%: " "× in storm on amd-x570-matisse (95%: "
expect 0 "$ownbench" report --format=markdown sweep -o -
grep -qE '^- Fastest exact design: .* Of the ownership operations alone \(--path=ops: no device\\_lock\): share, 2 threads, .*hold 0, gap 0\. Over the whole .* in flap' out ||
	fail "markdown: what the number is of: $(grep Fastest out)"
grep -qxF '### flap: 2 threads, 1 group of 8 devices, path probe, hold 0, gap 0' out || fail "markdown: no path of flap"
without_scripts first.html | grep -oE '<figcaption>.*' | grep -v 'path \(ops\|probe\), hold 0, gap 0' && fail "a picture without its path, hold and gap"
[ "$(without_scripts first.html | grep -c '<td class="c">path ops, hold 0, gap 0</td></tr>')" -gt 50 ] || fail "runs without their path, hold and gap"
# The same workload's, where the sweep has it; and what else is no default.
mkdir whole && cp sweep/environment.json whole
jq '.benchmarks |= . + [.[] | select(.run_name | test("^share/.*/threads:2/devices:8/")) |
	.run_name += "/path:probe/hold:100/zipf:1" | .items_per_second = 1e6 * (if .run_name | test("/mutex_count/") then 1 else 3 end)]' \
	sweep/benchmark.json >whole/benchmark.json
expect 0 "$ownbench" report whole
headline whole/report.html "$ops $whole"'3.00× in share (95%: 3.00 to 3.00×).'
grep -qF '<span class="cond">2 threads, 1 group of 8 devices, path probe, hold 100 ns, gap 0, zipf:1; pairs' whole/report.html ||
	fail "other conditions: $(grep -o 'path probe[^<]*' whole/report.html | head -n 1)"
# Nothing but the whole.
jq '.benchmarks |= [.[] | select(.run_name | test("/path:probe"))]' whole/benchmark.json >b && mv b whole/benchmark.json
expect 0 "$ownbench" report whole
headline whole/report.html "Of the whole probe and remove (--path=probe: with device_lock): share, 2 threads, 1 group of 8 devices, hold 100 ns, gap 0, zipf:1."
grep -qF 'operations alone' of && fail "the whole is called the operations alone"

# -- fewer repetitions than an interval takes: their range; of one, nothing -----------------------------------
for nr in 1 3 5; do
	mkdir "of$nr"
	jq "del(.benchmarks[] | select(.repetition_index >= $nr))" sweep/benchmark.json >"of$nr/benchmark.json"
	for format in html markdown; do
		expect 0 "$ownbench" report --format=$format "of$nr" -o "of$nr.$format"
	done
	# Without the notes, which say what is called which.
	without_scripts "of$nr.html" | sed '/<p class="note">/,/<\/p>/d' >"of$nr.text"
	cat "of$nr.markdown" >>"of$nr.text"
done
grep -iE '95%|interval |range of' of1.text && fail "one repetition has an interval"
grep -F '95%' of3.text && fail "three repetitions have an interval of 95%"
grep -qE '<div class="interval">range of 3: [0-9.]+ to [0-9.]+×' of3.text || fail "the headline's range"
grep -qE 'title="range of 3: [0-9.]+ to [0-9.]+×"' of3.text || fail "a ratio's range"
grep -qF '<th>range of 3</th>' of3.text || fail "no column of ranges"
grep -qE '^\| implementation \| class \| median \| range of 3 \|' of3.text || fail "markdown: no column of ranges"
grep -qE '^- Fastest exact design: .* mutex\\_count \(range of 3: ' of3.text || fail "markdown: the headline's range"
grep -qE '<div class="interval">95% interval [0-9.]+ to [0-9.]+×' of5.text || fail "the headline's interval"
grep -F 'range of' of5.text && fail "five repetitions have a range"

# -- a machine that loses half of its speed meanwhile ---------------------------------------------------------
cp -r sweep drifting
jq -c '(.benchmarks | map(.at_seconds // 0) | max) as $last | .benchmarks |= map(if .run_type == "iteration" and
	(.run_name | test("/ceiling/")) then .items_per_second *= 1 - .at_seconds / $last / 2 else . end)' \
	sweep/benchmark.json >drifting/benchmark.json
expect 0 "$ownbench" report drifting
grep -Eq 'the machine drifted: the ceiling was -[0-9.]+% \(' drifting/report.html || fail "the drift is not told"
expect 0 "$ownbench" report --format=markdown drifting -o -
grep -Eq '^- The machine drifted: the ceiling was ' out || fail "the drift is not in the text: $(head -20 out)"

# -- a guest whose host is busy -------------------------------------------------------------------------------
cp -r sweep stolen
jq -c '.benchmarks |= map(.steal_percent = 2.5)' sweep/benchmark.json >stolen/benchmark.json
expect 0 "$ownbench" report stolen
grep -qF 'the hypervisor took 2.5% of the CPUs' stolen/report.html || fail "what was stolen is not told"
expect 0 "$ownbench" report --format=markdown stolen -o -
grep -q '^- The hypervisor took 2.5% of the CPUs' out || fail "what was stolen is not in the text: $(head -20 out)"
grep -qi 'the hypervisor took' first.html && fail "nothing was stolen, and it is told"

# -- a machine that others use ---------------------------------------------------------------------------------
# starved NAME CONDITION: threads of the runs for which it holds have 8% of what they had.
starved()
{
	cp -r sweep "$1"
	jq -c "(.benchmarks[] | select($2) | .cpu_time) *= 0.08" sweep/benchmark.json >"$1/benchmark.json"
	expect 0 "$ownbench" report "$1"
	expect 0 "$ownbench" report --format=markdown "$1" -o -
}
starved starved '.run_name | contains("/ceiling/")'
grep -qF '<b>threads had 8% of a CPU, others the rest</b>' starved/report.html || fail "threads without a CPU are not told"
grep -qx -- '- The machine was in use: threads had 8% of a CPU, others the rest\.' out || fail "not in the text: $(head -20 out)"
# More threads than CPUs share them; designs wait; and neither is others' doing.
starved crowded '(.run_name | contains("/threads:4/")) or (.run_name | contains("/ceiling/") | not)'
grep -F 'threads had' out crowded/report.html first.html && fail "threads had their CPUs"
jq -c '.benchmarks |= map(select(.run_name | contains("/ceiling/") | not))' starved/benchmark.json >b && mv b starved/benchmark.json
jq -c '.benchmarks |= map(select(.run_name | contains("/ceiling/") | not))' crowded/benchmark.json >b && mv b crowded/benchmark.json
for sweep in starved crowded; do
	expect 0 "$ownbench" report --format=markdown $sweep -o $sweep.md
done
grep -qF 'threads had' starved.md && fail "threads of designs had their CPUs"
grep -q 'threads had [0-9]*% of a CPU, others the rest, or the designs wait for long' crowded.md || fail "threads of designs had no CPU"
# What the environment warns of is in the text as on the page.
grep -q '^- Warning: 2 CPUs cannot show scaling\.$' starved.md || fail "no warnings in the text: $(head -20 starved.md)"
[ "$(grep -c '^- Warning: ' starved.md)" = "$("$ownbench" report starved -o - | sed -n '/<ul class="warnings">/,/<\/ul>/p' | grep -c '<li><b>')" ] ||
	fail "other warnings in the text than on the page"

# -- what lies beside it --------------------------------------------------------------------------------
cat >sweep/claims.json <<'END'
{"environment": {}, "claims": [
 {"id": "C2", "claim": "The walk is cheap", "where": "seed 001", "verdict": "boundary", "boundary": "below 37 devices",
  "figure": "2.1 times", "value": 2.13, "low": 2.05, "high": 2.2, "unit": "times mutex_count", "rule": "twice",
  "command": "ownbench run --impl=list_walk", "curve": {"limit": 2, "boundary": 32, "real_machines": 8,
   "warm": [[1, 1.03, 0.9, 1.1], [8, null, null, 3], [32, 2.13, 2.05, 2.2]], "cold": [[1, 1, -4, 1e99], [8, 4, 3, 5], [32, 7, 6, 8]],
   "real_groups": [[1, 88], [12, 1]]}},
 {"id": "C3", "claim": "All races are benign", "where": "seed 001", "verdict": "refuted", "boundary": null, "figure": "3 schedules",
  "value": null, "low": null, "high": null, "unit": "", "rule": "one is enough", "command": "ownbench explore"},
 {"id": "C5", "claim": "Given up too early", "where": "seed 001", "verdict": null, "error": "hung", "rule": "", "command": ""}]}
END
cat >sweep/verify.json <<'END'
{"implementations": [{"name": "mutex_count", "declared": "exact", "found": "unsafe", "contradiction": true,
  "explorations": 48, "exhausted": 48, "checkers": [{"checker": "audit", "ran": true, "checked": 4200000,
  "unit": "operations", "seconds": 1, "class": "unsafe", "caught_after_seconds": 0.1, "fault": "both hold"}]}],
 "controls": [{"name": "busted_x", "declared": "unsafe", "found": "exact", "checkers": []}]}
END
cat >sweep/cost.json <<'END'
{"implementations": [{"implementation": "mutex_count", "operations": {"probe": {"rmws": 2, "transfers": 1.5},
  "shared_probe": {"rmws": 3}}, "measured_pair_ns": {"1_thread": 25.5, "2_threads": 80.1}}]}
END
expect 0 "$ownbench" report sweep
grep -qF 'id="claim-C3"' $page || fail "no claim C3"
grep -qF '<b>1</b> refuted' $page || fail "claims are not counted"
grep -qF '<b>1</b> not run' $page || fail "a claim that could not be run is not counted"
grep -qF '<dd>hung</dd>' $page || fail "why a claim could not be run"
sed -n '/id="claim-C2"/,/<\/article>/p' $page >c2
[ "$(grep -c '<svg class="chart ' c2)" = 2 ] || fail "C2's curve is not drawn, wide and narrow"
[ "$(grep -oF '1 real group of 12 devices' c2 | wc -l)" = 2 ] || fail "C2's curve is not beside the real groups"
[ "$(grep -o '<title>[0-9]* devices\?, [a-z]* caches' c2 | wc -l)" = 10 ] || fail "C2's curve has not 5 points"
grep -qiE 'nan|inf[^a-z]' c2 && fail "C2's curve: what is unknown is drawn: $(grep -iE 'nan|inf[^a-z]' c2)"
grep -qF 'below 37 devices' $page || fail "no boundary"
grep -qF '2.13 (95% interval 2.05 to 2.20) times mutex_count' $page || fail "no figure of a claim"
grep -qF 'contradicts' $page || fail "a class that contradicts is not told"
grep -qF '<b>0 of 1</b> designs' $page || fail "controls are not counted"
grep -qF '<tr><th scope="row">probe</th><td class="n">2</td><td class="n">1.5</td></tr>' $page || fail "no cost model"
grep -qF '<tr><th scope="row">shared probe</th><td class="n">3</td><td class="n">-</td></tr>' $page || fail "a count that is not there"
grep -qF 'take a thread 25.5 ns with 1 thread, 80.1 ns with 2 threads.' $page || fail "no time beside the counts"

# An unsafe design is shown and not ranked.
expect 0 "$ownbench" report --format=markdown sweep -o -
grep -q '^- Fastest exact design: \*\*device\\_slots\*\*' out || fail "markdown: not the fastest"
grep -qF '| C3 | All races are benign | refuted | 3 schedules |' out || fail "markdown: no claims"
jq '.implementations[0].name = "device_slots"' sweep/verify.json >v && mv v sweep/verify.json
expect 0 "$ownbench" report --format=markdown sweep -o -
grep -q '^- Fastest.*\*\*device\\_slots\*\*' out && fail "an unsafe design is ranked"
rm sweep/verify.json

# -- failures are shown and not ranked ---------------------------------------------------------------
mkdir failed
jq '(.benchmarks[] | select(.run_name | test("/(device_slots|rcu_driver<urcu_qsbr>)/"))) |=
	. + {error_occurred: true, error_message: "leaked <b>3</b>"}' sweep/benchmark.json >failed/benchmark.json
expect 0 "$ownbench" report failed
grep -qF 'failed, not ranked: leaked &lt;b&gt;3&lt;/b&gt;' failed/report.html || fail "a failure is not shown"
grep -qF 'Not drawn, failed their checks: device_slots' failed/report.html || fail "a picture does not name it"
sed -n '/<section class="part" id="winners">/,/<\/section>/p' failed/report.html | grep -qF '>device_slots<' && fail "a failed one is ranked"
grep -qF 'an unknown machine' failed/report.html || fail "no environment.json"
jq '.benchmarks[] |= . + {error_occurred: true, error_message: "no"}' sweep/benchmark.json >failed/benchmark.json
expect 0 "$ownbench" report failed
grep -qF 'nothing is ranked' failed/report.html || fail "all failed and something is ranked"

# -- one point; one repetition -----------------------------------------------------------------------
mkdir one
jq '.benchmarks |= [.[] | select(.run_name == "spread/mutex_count/threads:2/devices:8/groups:16" and .run_type == "iteration")][:1]' \
	sweep/benchmark.json >one/benchmark.json
expect 0 "$ownbench" report one
grep -qF 'id="impl-mutex_count"' one/report.html || fail "one point: not there"
expect 0 "$ownbench" report --format=csv one
[ "$(wc -l <one/report.csv)" = 2 ] || fail "one point: not one line of CSV"

# -- a storm on several machines' groups: one table, the mean of what passed on each --------------------------
grep -qF 'data-name="storm-' sweep/report.html && fail "a table of storms on one listing"
mkdir storms
jq '.benchmarks |= map(select(.run_name | test("^storm/"))) | .benchmarks += (.benchmarks | map(
	.run_name |= sub("topology:.*"; "topology:other") | .name |= sub("topology:.*"; "topology:other") |
	if .time_to_last_bind_us then .time_to_last_bind_us *= 4 else . end)) |
	(.benchmarks[] | select(.run_name | test("/bravo/.*other"))) += {error_occurred: true, error_message: "leaked"}' \
	sweep/benchmark.json >storms/benchmark.json
expect 0 "$ownbench" report storms
sed -n '/data-name="storm-/,/<\/table>/p' storms/report.html >storm
[ "$(grep -c 'data-impl=' storm)" = "$(jq -r '.benchmarks[].run_name | split("/")[1]' storms/benchmark.json | sort -u | wc -l)" ] ||
	fail "not every implementation of the storms has a row"
grep 'data-impl="mutex_count"' storm | grep -qF '>1.00×<' || fail "the baseline's mean is not 1"
grep 'data-impl="bravo"' storm | grep -qF 'title="leaked">failed<' || fail "a failed storm has a figure"
grep 'data-impl="bravo"' storm | grep -qF '>-<' || fail "a mean over what did not pass on each listing"
expect 0 "$ownbench" report --format=markdown storms -o -
grep -qE '^\| implementation \| .* \| amd-x570-matisse \| other \|$' out || fail "markdown: no table of storms"

# -- several machines --------------------------------------------------------------------------------
expect 0 "$ownbench" report sweep one -o both.html
grep -qF 'id="f-m"' both.html || fail "no machine to select"
[ "$(grep -cF 'id="impl-mutex_count"' both.html)" = 1 ] || fail "an implementation is there twice"
grep -qF '<h3 class="machine" data-m="2">2. ' both.html || fail "no second machine"

# -- several families: each has its parts, in its own words, and its answer in the first screen -------------------
once_in 30 '[ $got = 1 ] && grep -q "module_ref: " err' "$ownbench" run --family=lifetime --workload=keep --threads=2 --repetitions=2 --duration=0.05 --warmup=0.01 \
	--latency=101 --impl=mutex,kref_gone,module_ref,ceiling --out=lifetime
expect 0 "$ownbench" run --family=configure --workload=touch,steal --threads=2 --repetitions=2 --duration=0.05 \
	--warmup=0.01 --latency=101 --impl=global_mutex,cas_publish,ceiling --out=configure
# The page tells machines apart by their environments. These sweeps count as measured on the reference's machine.
cp sweep/environment.json lifetime
cp sweep/environment.json configure
expect 0 "$ownbench" report lifetime
for id in answer lifetime-winners lifetime-throughput lifetime-latency lifetime-runs lifetime-classes implementations \
	impl-lifetime-kref_gone impl-lifetime-ceiling; do
	[ "$(grep -cF "id=\"$id\"" lifetime/report.html)" = 1 ] || fail "lifetime: not one part $id"
done
grep -qF '<h1>Who uses a device that is unbound? 3 designs measured</h1>' lifetime/report.html || fail "lifetime: its question"
for text in 'fastest safe design' '× mutex<' '>held, mean<' '>unbind p50<' 'bytes a provider, ' 'latency of unbind' \
	'memory of unbound services that is not freed yet' 'verify --family=lifetime --json'; do
	grep -qF "$text" lifetime/report.html || fail "lifetime: does not say: $text"
done
sed '/<style>/,/<\/style>/d; /<script>/,/<\/script>/d; /<pre /,/<\/pre>/d' lifetime/report.html |
	grep -E 'mutex_count|pairs|[Pp]robe|exact' >foreign && fail "lifetime: ownership's words: $(head -c 300 foreign)"
expect 0 "$ownbench" report configure
for text in 'Who sets up a device’s IOMMU state? 2 designs' '× global_mutex<' '>set up twice, of a million<' \
	'>lock reports, of a million<' '>first touch p50<' 'time of a first touch, p50: less is better'; do
	grep -qF "$text" configure/report.html || fail "configure: does not say: $text"
done
expect 0 "$ownbench" report configure sweep lifetime -o three.html
for id in answer ownership lifetime configure runs lifetime-runs configure-runs claims implementations \
	lifetime-implementations impl-ceiling impl-lifetime-ceiling impl-configure-ceiling; do
	[ "$(grep -cF "id=\"$id\"" three.html)" = 1 ] || fail "three families: not one part $id"
done
[ -z "$(grep -o ' id="[^"]*"' three.html | sort | uniq -d)" ] || fail "an id twice: $(grep -o ' id="[^"]*"' three.html | sort | uniq -d)"
grep -o 'href="#[^"?]*"' three.html | sort -u | sed 's/href="#\(.*\)"/\1/' | while read -r id; do
	grep -qF "id=\"$id\"" three.html || echo "$id"
done >dangling
[ -s dangling ] && fail "links that lead nowhere: $(head dangling)"
sed -n '/<section id="answer">/,/<\/section>/p' three.html >first
for text in '<h3>Ownership' '<h3>Lifetime' '<h3>Configure' 'The debate’s claims'; do
	[ "$(grep -cF "$text" first)" = 1 ] || fail "the first screen has not one $text"
done
grep -qF 'id="f-m"' three.html && fail "one machine is several"
[ "$(grep -c 'Measured on <b>' three.html)" = 1 ] || fail "one machine is told more than once"
expect 0 "$ownbench" report sweep one lifetime -o two.html
grep -qF 'id="f-m"' two.html || fail "two machines are one"
expect 0 "$ownbench" report --format=markdown sweep lifetime -o -
[ "$(grep -c '^# ownbench: ' out)" = 2 ] || fail "markdown: not one part for each family"
grep -qE '^\| kref\\_gone \| safe \|.*\| [0-9.]+ k? ?B \|' out || fail "markdown: what is held: $(grep kref out)"

# -- CSV: RFC 4180, as many fields in each line ------------------------------------------------------
expect 0 "$ownbench" report --format=csv sweep -o all.csv
lines=$(jq '[.benchmarks[] | select(.run_type == "iteration" and (.error_occurred | not))] | length' sweep/benchmark.json)
failed=$(jq '[.benchmarks[] | select(.error_occurred) | .run_name] | unique | length' sweep/benchmark.json)
[ "$(wc -l <all.csv)" = $((lines + failed + 1)) ] || fail "CSV has $(wc -l <all.csv) lines for $lines repetitions"
[ "$(grep -cv $'\r$' all.csv)" = 0 ] || fail "CSV: lines do not end in CRLF"
grep -qF "\"$machine\"" all.csv || fail "CSV: a comma is not quoted"
[ "$(sed 's/"[^"]*"//g' all.csv | grep -v 'list_walk' | awk -F, '{ print NF }' | sort -u | wc -l)" = 1 ] ||
	fail "CSV: lines of different length"

# -- hostile strings ---------------------------------------------------------------------------------
mkdir hostile
evil='<img src=x onerror=boom()>"&'\''|{{title}}'
jq --arg evil "$evil" '.benchmarks |= [.[] | select(.run_type == "iteration") |
	.run_name |= sub("/mutex_count/"; "/" + $evil + "/") | .label = $evil] |
	(.benchmarks[] | select(.run_name | test("/snzi/"))) |= . + {error_occurred: true, error_message: ("</script>" + $evil)}' \
	sweep/benchmark.json >hostile/benchmark.json
jq --arg evil "$evil" '.cpu.model_name = $evil | .build.flags = $evil | .time = $evil' sweep/environment.json >hostile/environment.json
jq --arg evil "$evil" '.claims[] |= with_entries(.value = $evil)' sweep/claims.json >hostile/claims.json
jq --arg evil "$evil" '.implementations[] |= (.implementation = $evil | .operations = {($evil): {($evil): 1}} | .measured_pair_ns = {($evil): 1})' sweep/cost.json >hostile/cost.json
printf '%s\n' "$evil" >hostile/command
expect 0 "$ownbench" report hostile
grep -qF '<img' hostile/report.html && fail "markup of a file is in the page"
[ "$(grep -cF '</script>' hostile/report.html)" = 1 ] || fail "a script's end is in the page"
expect 0 "$ownbench" report --format=markdown hostile
grep -qF '<img' hostile/report.md | grep -vF '\<img' && fail "markup of a file is in the markdown"
expect 0 "$ownbench" report --format=csv hostile

# -- what is wrong -----------------------------------------------------------------------------------
expect 2 "$ownbench" report
expect_line "the directory of a sweep is missing, as in: ownbench report"
expect 2 "$ownbench" report --format=pdf sweep
expect_line "--format=pdf: must be one of html, markdown, csv"
expect 2 "$ownbench" report --source-url=javascript:boom sweep
expect_line "must begin with https:// or http://"
expect 2 "$ownbench" report -o "" sweep
expect_line "-o: the name of a file is missing"
expect 2 "$ownbench" report nowhere
expect_line "cannot read nowhere/benchmark.json: No such file or directory"
expect 2 "$ownbench" report --data=nowhere sweep
expect_line "cannot read nowhere/plots/report/report.html: No such file or directory"
expect 1 "$ownbench" report sweep -o nowhere/x.html
expect_line "cannot write nowhere/x.html"
mkdir wrong
cp sweep/benchmark.json wrong
echo '{"claims": [' >wrong/claims.json
expect 2 "$ownbench" report wrong
expect_line "wrong/claims.json:"
echo '{"claims": [{"id": "C1", "claim": 3, "verdict": "confirmed"}]}' >wrong/claims.json
expect 2 "$ownbench" report wrong
expect_line 'wrong/claims.json: entry 1 of "claims" has no text "claim"'
jq '.claims[0].curve.warm[1][0] = 1' sweep/claims.json >wrong/claims.json
expect 0 "$ownbench" report wrong -o curve.html
grep -qF 'is not drawn' curve.html || fail "a curve that is none is drawn, or not told"
echo '[]' >wrong/claims.json
expect 2 "$ownbench" report wrong
expect_line "wrong/claims.json: must be an object, {...}"
rm wrong/claims.json
echo '{}' >wrong/verify.json
expect 2 "$ownbench" report wrong
expect_line 'wrong/verify.json: no list "implementations" in it'
[ -e wrong/report.html ] && fail "half a report is left"
mkdir -p data/plots/report
printf 'one\n{{nothing}}\n' >data/plots/report/report.html
expect 2 "$ownbench" report --data=data sweep
expect_line "data/plots/report/report.html:2: there is no part {{nothing}}"
printf 'one\n{{title\n' >data/plots/report/report.html
expect 2 "$ownbench" report --data=data sweep
expect_line "data/plots/report/report.html:2: a {{ without its }}"
finish
