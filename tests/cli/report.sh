# SPDX-License-Identifier: MIT
# ownbench report: makes a document of sweeps and shows it as a page, as text and as a table. Malformed input is
# reported in one line.
source "$(dirname "$0")/lib.sh" "$@"

environment='{"cpus": {"allowed": 2}, "virtualization": {"guest": true}, "cpu": {"model_name": "a model"}}'
# document SWEEP...: writes the report document of the sweeps to the file `document`.
document()
{
	expect 0 "$ownbench" report --format=json "$@" -o document
}
# says FILTER TEXT: checks that FILTER, applied to the document's first sweep, gives TEXT.
says()
{
	local said
	said=$(jq -r ".sweeps[0] | $1" document)
	[ "$said" = "$2" ] || fail "$1 is $said, not $2"
}
# at POINT: prints a filter for the results of that point.
at()
{
	echo ".points[] | select(.id == \"$1\") | .results[]"
}

jq -n '[{workload: "share", threads: (1, 2)}, {workload: "flap", path: "probe"}, {workload: "busy"} | . as $place |
	{ceiling: 100, device_slots: 20, fetch_add: 30, mutex_count: 1} | to_entries[] |
	$place + {implementation: .key, rate: (.value * 1e6), metrics: {fairness: 1, refused_per_second: 5e5, steal_percent: 0}}]' |
	make_sweep sweep
echo "$environment" >sweep/environment.json
echo "run --made=up" >sweep/command

# -- formats and output files --------------------------------------------------------------------------------------
for name in html:report.html markdown:report.md csv:report.csv json:report.json; do
	expect 0 "$ownbench" report --format="${name%:*}" sweep
	[ "$(cat out)" = "sweep/${name#*:}" ] || fail "does not print the name of the file: $(cat out)"
	[ -s "sweep/${name#*:}" ] || fail "${name#*:} is missing"
done
expect 0 "$ownbench" report --format=summary sweep
grep -q '^ *share *device_slots ' out || fail "the summary lacks the headline: $(cat out)"
# The page contains the document's data.
page_data sweep/report.html | jq 'del(.made)' >page.json
jq -n --slurpfile page page.json --slurpfile document sweep/report.json -e '
	def texts: [.. | objects | select(has("text")) | [.text, .interval]] | unique;
	($page[0] | texts) as $shown | ($document[0] | [.sweeps[].points[].results[] | .value, .to_baseline, .to_ceiling] |
		texts) - $shown == []' >/dev/null || fail "the page's figures differ from the document's"
# A document can be shown without its sweep, with the same output.
mkdir kept
mv sweep/report.json kept
for format in markdown csv; do
	expect 0 "$ownbench" report --format=$format sweep -o of_sweep
	expect 0 "$ownbench" report --format=$format kept/report.json -o of_document
	sed -i '/^Made /d' of_sweep of_document
	cmp of_sweep of_document || fail "$format of a document differs from that of its sweep"
done
expect 0 "$ownbench" report --format=markdown kept/report.json
[ "$(cat out)" = kept/report.md ] || fail "the page is not written next to the file: $(cat out)"
expect 0 "$ownbench" report kept -o page.html
[ -s page.html ] || fail "report writes no page of a document"
expect 0 "$ownbench" report --source-url=https://example.org/tree/ kept -o linked.html
grep -qF 'https://example.org/tree/' linked.html || fail "the page has no link to the sources"
# compare and run report the same figures.
document sweep
expect 0 "$ownbench" compare sweep mutex_count device_slots
jq -r '.sweeps[0].points[].results[] | select(.implementation == "device_slots") | .to_baseline |
	"\(.text) (\(.interval))"' document >ratios
while read -r ratio; do
	grep -qF "device_slots against mutex_count: $ratio" out || fail "compare does not say $ratio: $(cat out)"
done <ratios

# -- contents of the document --------------------------------------------------------------------------------------
says .headline.point share-threads2-devices8-groups1-ops
says .headline.fastest.best_class.implementation device_slots
says .headline.fastest.any_class.implementation fetch_add
says .headline.words "Ownership operations only (--path=ops: without device_lock): share, 2 threads, 1 group of 8 devices, hold 0, gap 0. For the whole probe and remove (--path=probe): 20.0× in flap (20.0 to 20.0×)."
says .command "run --made=up"
says "$(at share-threads2-devices8-groups1-ops) | select(.implementation == \"device_slots\") | .to_ceiling.text" 0.200×
says "$(at share-threads2-devices8-groups1-ops) | select(.implementation == \"device_slots\") | .metrics.refused_percent.text" "2.44 %"
says "[$(at busy-threads2-devices8-groups1-ops) | .metrics.refused_percent] | unique | .[]" null
[ "$(jq -r '.machines[].name' document)" = "2 virtual CPUs, a model" ] || fail "the machine has another name: $(jq .machines document)"
[ "$(jq -c '[.families[0].implementations[] | [.name, .role, .color]]' document)" = \
	'[["ceiling","ceiling",0],["device_slots","design",1],["fetch_add","design",2],["mutex_count","design",3]]' ] ||
	fail "the implementations have other names, roles or colours: $(jq -c '.families[0].implementations' document)"
# A sweep that has only the probe path.
jq -n '[{workload: "share", path: "probe", parameters: {hold_ns: 100, zipf: 1}, implementation: "mutex_count"}]' | make_sweep whole
document whole
says .headline.words "Whole probe and remove (--path=probe: with device_lock): share, 2 threads, 1 group of 8 devices, hold 100 ns, gap 0, zipf 1."

# -- disturbed sweeps ----------------------------------------------------------------------------------------------
# spoiled NAME PROGRAM: copies the sweep, and applies PROGRAM to its records.
spoiled()
{
	cp -r sweep "$1"
	jq -c "$2" sweep/runs.jsonl >"$1/runs.jsonl"
	document "$1"
	expect 0 "$ownbench" report --format=markdown "$1" -o -
}
drops='if .run.implementation == "ceiling" then .metrics.items_per_second *= 1 - .at_seconds / 16 else . end'
spoiled drifting "$drops"
grep -qi 'the machine drifted: the ceiling changed by -' out || fail "the drift is not reported: $(head -20 out)"
says .drift.drifted true
spoiled stolen '.metrics.steal_percent = 2.5'
grep -qi 'the hypervisor took 2.5% of the CPUs' out || fail "steal time is not reported: $(head -20 out)"
says .steal_percent.text "2.50 %"
# used CONDITION: prints a filter that gives the threads of matching runs 8% of their CPUs.
used()
{
	echo ".threads = [range(.run.threads) | {start_ns: 0, end_ns: 1000, cpu_ns: 1000}] | if $1 then .threads[].cpu_ns = 80 else . end"
}
spoiled used "$(used '.run.implementation == "ceiling"')"
grep -qi 'the machine was in use: threads had only 8% of a CPU, and other processes had the rest' out || fail "the lack of CPU time is not reported: $(head -20 out)"
# If threads wait for each other, or outnumber the CPUs, no other load is reported.
spoiled waits "$(used '.run.implementation != "ceiling"')"
says '.warnings | length' 0
spoiled crowded "$(used true) | .run.threads += 4"
says '.warnings | length' 0
document sweep
says '.warnings | length' 0

# -- figures that do not exist -------------------------------------------------------------------------------------
spoiled still 'if .run.implementation == "ceiling" or .run.implementation == "fetch_add" or (.run.implementation == "mutex_count" and .round < 3)
	then .metrics.items_per_second = 0 else . end'
for format in markdown csv json html; do
	expect 0 "$ownbench" report --format=$format still -o shown
	[ $format = html ] && sed -i '/<script>/,/<\/script>/d' shown
	grep -nE '[^a-z_](nan|inf|-nan)[^a-z]' shown && fail "$format contains a value that is not finite"
done
# Failed results are not ranked. If all results failed, none is ranked.
spoiled failed 'if .run.implementation != "mutex_count" then del(.metrics) | .failure = "leaked" else . end'
says '[.points[].results[] | select(.failure) | .why_unranked] | unique | .[]' failed
spoiled all_failed 'del(.metrics) | .failure = "leaked"'
says '.headline.fastest.any_class' null
expect 0 "$ownbench" report all_failed

# -- several machines, families and listings -----------------------------------------------------------------------
jq -n '[{family: "lifetime", workload: "keep", implementation: ("mutex", "kref_gone", "ceiling"), metrics: {held_bytes: 2048}}]' |
	make_sweep lifetime
echo "$environment" >lifetime/environment.json
jq -n '[{family: "configure", workload: "steal", implementation: ("global_mutex", "cas_publish"), metrics: {first_touch_p50_ns: 90}},
	{family: "configure", workload: "steal", implementation: "ceiling"}]' |
	make_sweep configure
echo "$environment" >configure/environment.json
document configure
says '.points[0].results[] | select(.why_unranked) | "\(.implementation): \(.why_unranked)"' "ceiling: not measured"
document configure sweep lifetime whole
[ "$(jq -c '[[.families[].name], [.sweeps[] | [.family, .machine]]]' document)" = \
	'[["ownership","lifetime","configure"],[["ownership",1],["ownership",2],["lifetime",1],["configure",1]]]' ] ||
	fail "the sweeps have other families or machines: $(jq -c '[[.families[].name], [.sweeps[] | [.family, .machine]]]' document)"
expect 0 "$ownbench" report --format=markdown configure sweep lifetime -o -
[ "$(grep -c '^# ' out)" = 3 ] || fail "the Markdown has not one section per family: $(grep '^# ' out)"
grep -q 'kref.*2.05 kB' out || fail "the Markdown lacks the memory held by kref_gone: $(grep kref out)"
expect 0 "$ownbench" report configure sweep lifetime -o page.html
jq -n '[{workload: "storm", path: "probe", topology: ("one", "other"), implementation: ("mutex_count", "snzi", "bravo")} |
	.metrics = {time_to_last_bind_us: {mutex_count: 8, snzi: (if .topology == "one" then 1 else 4 end), bravo: 1}[.implementation]} |
	if .implementation == "bravo" and .topology == "other" then .failure = "leaked" else . end]' | make_sweep storms
document storms
says '.storms[0].rows | map([.implementation, .to_baseline.text // "-"] | join(" ")) | join(", ")' 'snzi 4.00×, mutex_count 1.00×, bravo -'
says '.points[0].results[0].value.text' "1.00 µs"
for sweep in sweep whole; do
	echo '{"context": {}, "benchmarks": []}' >$sweep/benchmark.json
done
expect 0 "$ownbench" merge both one=sweep other=whole
document both
[ "$(jq -c '[.sweeps[] | [.label, .machine]]' document)" = '[["one",1],["other",2]]' ] || fail "the sweeps of a merged sweep have other labels: $(jq -c '.sweeps[].label' document)"

# -- text from files is never interpreted as markup ----------------------------------------------------------------
evil='</script><img src=x onerror=boom()>"&'\''|{{library}}'
spoiled hostile '.'
jq -c --arg evil "$evil" '.unit = $evil | if .run.implementation == "fetch_add" then del(.metrics) | .failure = $evil else . end |
	if .run.implementation == "device_slots" then .run.implementation = $evil else . end' sweep/runs.jsonl >hostile/runs.jsonl
echo "$environment" | jq --arg evil "$evil" '.cpu.model_name = $evil' >hostile/environment.json
jq -n --arg evil "$evil" '{claims: [{id: $evil, claim: $evil, verdict: $evil, figure: $evil, curve: {limit: $evil}}]}' >hostile/claims.json
jq -n --arg evil "$evil" '{implementations: [{implementation: $evil, operations: {($evil): {($evil): 1}}}]}' >hostile/cost.json
printf '%s\n' "$evil" >hostile/command
expect 0 "$ownbench" report hostile
expect 0 "$ownbench" report sweep -o harmless.html
[ "$(grep -oF '</script>' hostile/report.html | wc -l)" = "$(grep -oF '</script>' harmless.html | wc -l)" ] ||
	fail "the page contains an unescaped end of a script"
grep -qF '<img src=x' hostile/report.html && fail "the page contains unescaped markup"
expect 0 "$ownbench" report --format=markdown hostile -o -
grep -F '<img' out | grep -qvF '\<img' && fail "the markdown contains unescaped markup: $(grep -F '<img' out | head -n 3)"
expect 0 "$ownbench" report --format=csv hostile
document hostile
says '.claims[0].curve' null

# -- errors --------------------------------------------------------------------------------------------------------
expect 2 "$ownbench" report
expect_line "missing argument: the directory of a sweep; for example: ownbench report"
expect 2 "$ownbench" report --format=pdf sweep
expect_line "--format=pdf: must be one of html, markdown, csv, summary, json"
expect 2 "$ownbench" report --source-url=javascript:boom sweep
expect_line "must begin with https:// or http://"
expect 2 "$ownbench" report -o "" sweep
expect_line "-o: the name of a file is missing"
expect 2 "$ownbench" report nowhere
expect_line "cannot read nowhere/sweep.json: No such file or directory"
expect 2 "$ownbench" report --data=nowhere sweep
expect_line "cannot read nowhere/plots/report/report.html: No such file or directory"
expect 1 "$ownbench" report sweep -o nowhere/x.html
expect_line "cannot write nowhere/x.html"
expect 2 "$ownbench" report kept/report.json sweep
expect_line "kept/report.json is a report: give it as the only argument, or give its sweeps"
echo '{"format": 99, "sweeps": []}' >other.json
expect 2 "$ownbench" report other.json
expect_line "other.json is a report of format 99: this version reads format 1"
jq 'del(.sweeps[0].points[0].results[0].implementation)' kept/report.json >other.json
expect 2 "$ownbench" report other.json
expect_line "sweeps[0].points[0].results[0].implementation is missing"
cp -r whole wrong
rm -f wrong/report.*
echo '{"claims": [' >wrong/claims.json
expect 2 "$ownbench" report wrong
expect_line "wrong/claims.json:"
echo '{"claims": [{"id": "C1", "claim": 3, "verdict": "confirmed"}]}' >wrong/claims.json
expect 2 "$ownbench" report wrong
expect_line 'wrong/claims.json: entry 1 of "claims" has no string "claim"'
[ -e wrong/report.html ] && fail "half a report is left"
finish
