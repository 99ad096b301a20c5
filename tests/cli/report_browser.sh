# SPDX-License-Identifier: MIT
# A report's page in a real browser, from file://. The page must show the document's figures digit by digit and cause
# no error on the console. Also tested: sorting, filtering, the address, values by keyboard and pointer, dark and
# light themes, the width of a phone, several families and machines, and printing.
source "$(dirname "$0")/lib.sh" "$@"

# with_script PAGE SCRIPT: prints a copy of the page that runs SCRIPT at its end. In SCRIPT, say(what, text) appends to
# the page's title.
with_script()
{
	head -n -2 "$1"
	printf '<script>{ const said = [], say = (what, text) => { said.push(what + ": " + text + ";"); document.title = said.join("\\n"); }; %s }</script></body></html>\n' "$2"
}
# press PAGE SCRIPT [OPTION...]: opens the page with the script, and stores what SCRIPT said in the file `said`.
press()
{
	with_script "$1" "$2" >pressed.html
	browse "file://$work/pressed.html$address" "${@:3}"
	sed -n '/<title>/,/<\/title>/p' dom | sed 's/.*<title>//; s/<\/title>.*//; s/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g' >said
}
address=
# says TEXT WHAT: checks that a line of the file `said` matches TEXT, a basic regular expression.
says()
{
	grep -qx "$1;" said || fail "$2: $(grep "^${1%%:*}:" said | head -c 500)"
}

quick="--repetitions=2 --duration=0.02 --warmup=0.01"
"$ownbench" run $quick --workload=share,flap --threads=1,2 --latency=11 --impl='mutex_count,device_slots,snzi,bravo,rcu_driver<urcu_memb>,ceiling' \
	--out=sweep >/dev/null 2>&1
expect 0 "$ownbench" report --format=json sweep -o measured.json
# These figures do not depend on the machine: share has a failed run, a run that missed the precision, and known ratios,
# and device_slots is the fastest.
jq '.sweeps[0].headline.fastest.best_class.implementation = "device_slots" |
	.sweeps[0].warnings = [{what: "a warning", remedy: "its remedy"}] | .sweeps[0].points |= map(if .workload == "share" then
	(.results[] | select(.implementation == "snzi")) |= {implementation, class, class_is, failure: "leaked", rank: null, why_unranked: "failed"} |
	(.results[] | select(.implementation == "bravo")) |= (.reached = false | .why_unranked = "precision not reached" | .rank = null) |
	(.results[] | select(.implementation == "device_slots").to_baseline) = {value: 2.5, low: 2.25, high: 3, text: "2.50×", interval: "2.25 to 3.00×"} else . end)' \
	measured.json >one.json
expect 0 "$ownbench" report one.json -o page.html
[ "$(cat out)" = page.html ] || fail "does not print the name of the file"

# -- the file is complete, self-contained and reproducible ---------------------------------------------------------
grep -qF '{{' page.html && fail "a placeholder is left in the page"
grep -qE '(src|href)="?https?:|@import' page.html && fail "the page loads from the network"
grep -qF "default-src 'none'" page.html || fail "the page is permitted to load from the network"
grep -q '<noscript>.*--format=markdown' page.html || fail "the page does not say what to do without scripts"
expect 0 "$ownbench" report one.json -o -
cmp -s out page.html || fail "the same document gives another page"

# -- contents: every part once, no broken link, and tables and pictures that a screen reader can read --------------
for id in answer winners overview regret throughput points latency runs classes claims implementations environment reproduce \
	impl-mutex_count impl-rcu_driver-urcu_memb; do
	echo "$id"
done >ids
sound="const all = (query) => [...document.querySelectorAll(query)];
	const ids = all('[id]').map((e) => e.id);
	say('twice', ids.filter((id, i) => ids.indexOf(id) !== i).join(' '));
	say('dangling', [...new Set(all('a[href^=\"#\"]').map((a) => a.getAttribute('href').slice(1).split('?')[0]))].filter((id) => !ids.includes(id)).join(' '));
	say('tables', all('table').filter((t) => !t.caption || !t.caption.textContent || [...t.tHead.rows[0].cells].some((c) => c.scope !== 'col') || [...t.tBodies[0].rows].some((r) => r.cells[0].scope !== 'row')).map((t) => t.dataset.name).join(' '));
	say('pictures', all('svg.chart:not(.key)').filter((s) => s.checkVisibility()).filter((s) => s.getAttribute('role') !== 'img' || !(s.getAttribute('aria-label') || '').includes(' ') || s.tabIndex !== 0 || !s.querySelector('.pt')).length);
	const odd = /NaN|undefined|Infinity|\[object|^null/;
	say('odd', all('body *:not(script)').filter((e) => [...e.attributes].some((a) => odd.test(a.value)) || [...e.childNodes].some((n) => n.nodeType === 3 && odd.test(n.data))).map((e) => e.outerHTML.slice(0, 90)).slice(0, 3).join(' '));"
is_sound()
{
	says 'twice: ' "$1: an id twice"
	says 'dangling: ' "$1: links that lead nowhere"
	says 'tables: ' "$1: tables without caption or headings"
	says 'pictures: 0' "$1: pictures without words"
	says 'odd: ' "$1: what is no figure is shown"
}
press page.html "$sound say('ids', ids.join(' ')); say('nr', all('svg.chart:not(.key)').length);
	const texts = new Set(all('table[data-name=runs] td, #points svg text').map((e) => e.textContent));
	const wanted = data.sweeps[0].points.flatMap((p) => p.results.filter((r) => r.value).flatMap((r) => [r.value.text + p.unit, r.to_baseline.text, r.to_ceiling.text]));
	say('digits', wanted.length + ' ' + wanted.filter((text) => !texts.has(text)).join(' '));
	say('regrets', data.sweeps[0].regret.designs.flatMap((d) => [d.worst, d.mean].map((m) => m.text).filter((text) =>
		!all('table[data-name=regret] tr[data-impl=\"' + d.implementation + '\"] td').some((cell) => cell.textContent === text))).join(' '));
	say('failed', all('table[data-name=runs] tr[data-impl=snzi] .failure')[0].textContent);
	say('not drawn', all('#points .failed')[0].textContent);
	say('ranked', all('table[data-name=winners] a.impl').map((a) => a.textContent).includes('snzi') && location.hash);
	say('hollow', all('#points figure[data-workload=share] [data-impl=bravo] .hollow').length);
	say('warning', document.querySelector('header .warnings').textContent);
	say('big', document.querySelector('#answer .big').textContent + document.querySelector('#answer .who').textContent);"
is_sound "one family"
while read -r id; do
	grep '^ids: ' said | grep -qw -- "$id" || fail "the page lacks the part $id"
done <ids
[ "$(sed -n 's/^nr: \(.*\);/\1/p' said)" -ge 7 ] || fail "the page has fewer than seven pictures: $(grep ^nr: said)"
says 'digits: 6[0-9] ' "not the document's digits"
says 'regrets: ' "not the document's regrets"
says 'failed: failed, not ranked: leaked' "a failure is not shown"
says 'not drawn: Not drawn, because they failed their checks: snzi' "a picture does not name what failed"
says 'hollow: 2' "missed precision is not marked"
says 'warning: a warning; its remedy' "no warning"
says 'big: 2.50×Fastest exact design: device_slots\..*' "not the answer"
expect 0 "$ownbench" report --source-url=https://example.org/tree/ one.json -o linked.html
browse "file://$work/linked.html"
grep -qF 'href="https://example.org/tree/impl/mutex_count.c"' dom || fail "the page has no link to the source"

# A document in which no run passed, and nothing can be compared.
jq '.sweeps[0].points[] |= (.results[] |= {implementation, class, class_is, failure: "leaked", rank: null, why_unranked: "failed"} | .told_apart = []) |
	.sweeps[0].headline |= (.words = null | .fastest = {best_class: null, any_class: null})' one.json >failed.json
jq '.sweeps[0].points[] |= (.baseline = null | .results[] |= (.to_baseline = null | .against_baseline = null))' one.json >alone.json
for name in failed alone; do
	expect 0 "$ownbench" report $name.json -o $name.html
	press $name.html "say('answer', document.querySelector('.brief').textContent); say('figures', document.querySelectorAll('#points svg:not(.key) .pt').length > 4);
		say('odd', /NaN|undefined/.test(document.getElementById('page').textContent));"
	says 'odd: false' "$name: what is no figure is shown"
	case $name in
	failed) says 'answer: .*No design is ranked.*' "nothing passed, and something is ranked" ;;
	alone) says 'answer: Which design is fastest?.* pairs/s.*' "no baseline" && says 'figures: true' "no pictures without a baseline" ;;
	esac
done

# -- sorting and filtering by the address --------------------------------------------------------------------------
rows="const shown = (name) => [...document.querySelectorAll('table[data-name=' + name + '] tbody tr[data-impl]:not(.off)')];"
address='#runs?workload=share&sort.runs=-speedup'
press page.html "$rows const ratios = shown('runs').map((r) => Number([...r.cells].find((c) => c.title && c.textContent.endsWith('×')) ?.dataset.v));
	say('nr', shown('runs').length); say('down', ratios.filter((v, i) => i && v > ratios[i - 1]).length);
	say('last', shown('runs').slice(-2).map((r) => r.dataset.impl).join());
	say('heading', document.querySelector('table[data-name=runs] th[aria-sort]').dataset.key + document.querySelector('table[data-name=runs] th[aria-sort]').ariaSort);
	say('place', Math.abs(document.getElementById('runs').getBoundingClientRect().top) < 200);"
says 'nr: 12' "not the runs of share"
says 'down: 0' "not sorted by the ratio"
says 'last: snzi,snzi' "failed runs are not at the end"
says 'heading: speedupdescending' "the heading does not say how it is sorted"
says 'place: true' "not at the place of the address"
address='#runs?class=exact&q=slots+mutex'
press page.html "$rows say('filter', [...new Set(shown('runs').map((r) => r.dataset.impl))].sort().join()); say('faint', [...document.querySelectorAll('.series.faint')].some((s) => s.dataset.impl === 'snzi'));"
says 'filter: device_slots,mutex_count' "filter"
says 'faint: true' "the pictures are not filtered"
address='#runs?q=no_such_design'
press page.html "$rows say('none', shown('runs').length + [...document.querySelectorAll('#runs p.none')].map((p) => p.hidden + p.textContent).join());"
says 'none: 0falseNo row matches.*' "an empty table says nothing"
address=

# -- sorting and filtering by hand, and the contrast of text and marks in both themes ------------------------------
rm -rf profile # it remembers the theme chosen by the button below
press page.html "say('ground', getComputedStyle(document.body).backgroundColor);" --blink-settings=preferredColorScheme=0
says 'ground: rgb(17, 20, 26)' "the system's dark is not followed"
press page.html "say('ground', getComputedStyle(document.body).backgroundColor); const tip = document.getElementById('tip');
	document.querySelector('table[data-name=runs] th[data-key=impl] button').click();
	say('sorted', document.querySelector('table[data-name=runs] tbody tr').dataset.impl + location.hash);
	const chart = document.querySelector('#points svg.chart:not(.key)'), key = (k) => chart.dispatchEvent(new KeyboardEvent('keydown', {key: k}));
	key('ArrowDown'); const first = tip.textContent; key('ArrowDown'); say('keys', first !== tip.textContent && tip.textContent.split('\n').join(' | '));
	key('Escape'); say('no tip', tip.hidden);
	const mark = chart.querySelector('.pt'), r = mark.getBoundingClientRect();
	chart.dispatchEvent(new PointerEvent('pointermove', {clientX: r.x + 2, clientY: r.y + 2, bubbles: true}));
	say('pointer', tip.hidden + ' ' + tip.textContent.split('\n')[0]);
	document.getElementById('theme').click();
	say('button', getComputedStyle(document.body).backgroundColor + document.documentElement.dataset.theme);
	const lum = (c) => { const [r, g, b] = c.match(/[0-9.]+/g).map((v) => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; });
		return .2126 * r + .7152 * g + .0722 * b; };
	const ratio = (a, b) => (Math.max(lum(a), lum(b)) + .05) / (Math.min(lum(a), lum(b)) + .05);
	const ground = (e) => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if (!c.startsWith('rgba(0, 0, 0, 0')) return c; } return 'rgb(255, 255, 255)'; };
	const low = new Set();
	for (const theme of ['light', 'dark']) {
		document.documentElement.dataset.theme = theme;
		for (const e of document.querySelectorAll('p, td, th, dt, dd, a, span, .badge, .chip, h1, h2, h3, summary, button, label'))
			if (e.offsetParent && !e.closest('svg') && ratio(getComputedStyle(e).color, ground(e)) < 4.5) low.add(theme + ' ' + e.tagName + '.' + e.className);
		for (const e of document.querySelectorAll('.chart:not(.key) .pt path, .chart:not(.key) text')) {
			const style = getComputedStyle(e), text = e.tagName === 'text', ink = text ? style.fill : e.closest('.hollow') ? style.stroke : style.fill;
			if (ratio(ink, ground(e.closest('section'))) < (text ? 4.5 : 3)) low.add(theme + ' ' + e.closest('.series, svg').getAttribute('class'));
		}
	}
	say('low', [...low].join(', '));" --blink-settings=preferredColorScheme=1
says 'ground: rgb(255, 255, 255)' "the system's light is not followed"
says 'sorted: bravo#?sort.runs=impl' "a heading does not sort"
says 'keys: .*pairs/s.*mutex_count.*' "keys show no values"
says 'no tip: true' "Escape does not hide the value"
says 'pointer: false [a-z].*, [a-z]*\( (declared)\)\?' "the pointer shows no values"
says 'button: rgb(17, 20, 26)dark' "the button does not darken"
says 'low: ' "contrast"

# -- three families, two machines, claims, verdicts, costs, a storm on two listings, a model -----------------------
cat >claims.json <<'END2'
[{"id": "C2", "claim": "The walk is cheap", "verdict": "boundary", "boundary": "below 37 devices", "figure": "2.1 times", "rule": "twice", "command": "ownbench run",
  "value": {"value": 2.13, "text": "2.13", "interval": "2.05 to 2.20"}, "unit": "times mutex_count", "curve": {"limit": 2, "boundary": 32, "real_machines": 8,
   "warm": [[1, 1.03, 0.9, 1.1], [8, null, null, 3], [32, 2.13, 2.05, 2.2]], "cold": [[1, 1, -4, 1e99], [8, 4, 3, 5], [32, 7, 6, 8]], "real_groups": [[1, 88], [12, 1]]}},
 {"id": "C3", "claim": "All races are benign", "verdict": "refuted", "figure": "3 schedules", "rule": "one is enough", "command": "ownbench explore"},
 {"id": "C5", "claim": "Given up too early", "verdict": "not run", "error": "hung", "rule": "", "command": ""}]
END2
cat >verify.json <<'END2'
{"implementations": [{"name": "mutex_count", "declared": "exact", "found": "unsafe", "contradiction": true, "explorations": 48, "exhausted": 48, "all_programs_up_to": "2x4,3x2",
  "checkers": [{"checker": "audit", "ran": true, "checked": 4200000, "unit": "operations", "seconds": 1, "class": "unsafe", "fault": "both hold"}]}],
 "controls": [{"name": "busted_x", "declared": "unsafe", "found": "exact", "checkers": []}]}
END2
for family in lifetime configure; do
	case $family in lifetime) impls='mutex,kref_gone,module_ref,ceiling' ;; *) impls=global_mutex,cas_publish,ceiling ;; esac
	"$ownbench" run --family=$family $quick --threads=2 --latency=11 --impl=$impls --out=$family >/dev/null 2>&1
done
expect 0 "$ownbench" report --format=json sweep lifetime configure -o families.json
jq --slurpfile claims claims.json --slurpfile verify verify.json '(.sweeps[0] | .points |= map(select(.threads == 2))) as $other |
	.sweeps[0].claims = $claims[0] | .sweeps[0].claim_counts = [["refuted", 1], ["boundary", 1], ["not run", 1]] | .sweeps[0].verify = $verify[0] |
	.sweeps[0].classes_evidence.controls = {caught: 0, of: 1, escaped: ["busted_x"]} |
	.sweeps[0].cost = {implementations: [{implementation: "mutex_count", operations: {probe: {rmws: 2, locks: 1, transfers: 1.5}, shared_probe: {rmws: 3}}, measured_pair_ns: {"1_thread": 25.5}}]} |
	([.sweeps[0].points[] | select(.threads == 2)][0:2] | map(.topology = .workload | .id |= "storm-" + .)) as $storm | .sweeps[0].points += $storm |
	.sweeps[0].storms = [{threads: 2, conditions: "hold 0", points: ($storm | map(.id)), listings: ["a", "b"], rows: [{implementation: "mutex_count", to_baseline: {value: 1, text: "1.00×"}}]}] |
	([.sweeps[0].points[] | select(.workload == "share" and .topology == null).id]) as $ids |
	.sweeps[0].scaling = [{name: "share-scaling", title: "share, made up", points: $ids, label: "pairs per second", cpus: 2, left_out: false, reason: null, fits: [
		{implementation: "mutex_count", why: null, lambda: {value: 1e6, text: "1.00 M"}, sigma: {value: 0.5, text: "0.500"}, kappa: {value: 0, text: "0"}, peak: {value: null, text: "none"},
			worst_percent: {value: 3, text: "3.00 %"}, least: 1, most: 2, model: [[1, 1e6, null, null], [2, 1.5e6, null, null], [8, 2e6, null, null]]},
		{implementation: "snzi", why: "too few"}]}] |
	.machines += [.machines[0] | .id = 2 | .name = "another"] | .sweeps += [$other | .machine = 2 | .dir = "other"]' families.json >all.json
jq 'del(.machines[1], .sweeps[-1])' all.json >three.json
expect 0 "$ownbench" report three.json -o three.html
first_screen="const bottoms = [...document.querySelectorAll('.brief, .questions')].map((e) => Math.round(e.getBoundingClientRect().bottom));
	say('first screen', bottoms.every((bottom) => bottom < 900) || bottoms.join(' '));"
press three.html "$sound $first_screen
	const text = (query) => [...document.querySelectorAll(query)].map((e) => e.textContent).join(' ');
	say('claims', text('.chip')); say('counts', text('.questions b'));
	say('C2', text('#claim-C2 dd')); say('C5', text('#claim-C5 dd')); say('curve', document.querySelectorAll('#claim-C2 .walk-warm .pt, #claim-C2 .walk-cold .pt').length + document.querySelector('#claim-C2 svg').getAttribute('aria-label'));
	say('evidence', text('#classes tbody tr')); say('controls', text('#classes p')); say('costs', text('#costs tbody tr'));
	say('storm', text('#storms thead') + text('#storms tr[data-impl=mutex_count] td'));
	say('model', document.querySelectorAll('#scaling .model').length + document.querySelectorAll('#scaling .beyond').length + text('#scaling tr[data-impl=mutex_count]') + text('#scaling h3'));
	say('no machine', document.getElementById('f-m') === null);
	const f = document.getElementById('f-family'); f.value = 'lifetime'; f.dispatchEvent(new Event('input', {bubbles: true}));
	say('family', [...document.querySelectorAll('section.family')].filter((s) => s.offsetParent).map((s) => s.id).join() + [...document.querySelectorAll('.brief')].filter((s) => s.offsetParent).length + location.hash);"
is_sound "three families"
says 'first screen: true' "an answer is not in the first screen"
says 'claims: C2 C3 C5' "claims are not in the first screen"
says 'C2: below 37 devices 2.1 times 2.13 (95% interval 2.05 to 2.20) times mutex_count twice ownbench run' "claim C2"
says 'C5: hung' "why a claim could not be run"
says 'curve: 5.*1 real group of 12 devices.*' "C2's curve"
says 'evidence: mutex_countexactunsafe contradictsunsafe48 of 48.*' "a class that contradicts"
says 'controls: .*0 of 1 designs that are broken on purpose; not caught: busted_x.*' "controls are not counted"
says 'costs: mutex_count1 lock2 rmws1.5 lines3 rmws25.5 ns with 1 thread' "the cost model"
says 'storm: .*mean of all.*1\.00× 1\.00× 1\.00×' "a table of storms"
says 'model: 2mutex_count1.00 M0.5000none3.00 %-Scaling model' "the model is not drawn as one"
says 'no machine: true' "one machine is several"
says 'family: lifetime1#?family=lifetime' "one family"

# -- the longest names, figures and sentences, and every warning: the answers are in the first screen of any page ---
cat >long.jq <<'END2'
{value: 1010, text: "1010×", interval: "1010 to 1020×"} as $ratio | {locks: 1, rmws: 19, fences: 2, membarriers: 2, transfers: 13.5} as $counts |
.machines[0].name = "1024 virtual CPUs, INTEL(R) XEON(R) PLATINUM 8592+ at 2.60GHz" |
reduce range(3) as $nr (.; .sweeps[$nr].headline.point as $id | (.sweeps[$nr].family == "ownership") as $ownership |
	([.sweeps[$nr].points[] | select(.id == $id) | .baseline as $baseline | .results[] | select(.value).implementation | select(IN($baseline, "ceiling") | not)][0]) as $first |
	(if $ownership then "list_walk_repaired<pthread_adaptive>" else "device_lock_asserted" end) as $name |
	.sweeps[$nr] |= (.headline = {point: $id, fastest: {best_class: {implementation: $first, class: "cautious", second: $name, to_second: $ratio,
			text: "cannot tell: differences below 20% are not resolved here; about 1800 more rounds would resolve 5%"}},
		words: (if $ownership then "Ownership operations only (--path=ops: without device_lock): share, 1024 threads, 1 group of 65536 devices, hold 0, gap 0, latency 1021. For the whole probe and remove (--path=probe): 12.0× in flap (10.6 to 13.9×), 2.17× in storm on amd-x570-matisse (2.02 to 2.34×)."
			else "unbind, 1024 threads, 1 group of 65536 devices, hold 100 µs, gap 100 µs, keep 1.00 ms, unbind every 100 µs, uses 100, latency 1021." end)} |
	(.points[] | select(.id == $id).results[] | select(.implementation == $first)) |= (.to_baseline = $ratio | .reached = false) |
	.classes = [("exact", "cautious", "leaky", "unsafe") as $class | {class: $class, implementations: [$name, $name]}] |
	.precision = {reached: 1000, runs: 1000, limited_by: "the time budget of 2400 s"} |
	.warnings = [
		{brief: "the machine drifted: ratios are valid, absolute values are not", what: "the machine drifted: the ceiling changed by +12.3% (+10.1% to +14.5%) in the second half of the sweep",
			remedy: "ratios are valid, because they are taken within rounds; absolute values are not: measure again when the machine is idle"},
		{brief: "the hypervisor took CPU time: results are too low and noisy", what: "the hypervisor took 12.3% of the CPUs' time during the runs", remedy: "results are too low and noisy: use a quieter host, or bare metal"},
		{brief: "the machine was in use: neither rates nor ratios are valid", what: "the machine was in use: threads had only 12% of a CPU, and other processes had the rest, unless the designs themselves wait that long",
			remedy: "neither rates nor ratios are valid: stop other processes, and measure again"}] |
	if $ownership then .cost.implementations = [("mutex_count", $first) as $one | {implementation: $one, operations: {probe: $counts, claim: $counts}}] |
		.claim_counts = [("confirmed", "refuted", "boundary", "undecided", "not run") as $verdict | [$verdict, 10]] |
		.claims = [range(18) as $i | .claims[1] | .id = "C\($i + 10)"] else . end) |
	walk(if . == $first then $name else . end))
END2
jq -f long.jq three.json >long.json
expect 0 "$ownbench" report long.json -o long.html
press long.html "$sound $first_screen
	const shown = (query) => all(query).filter((e) => e.checkVisibility()).length;
	say('folded', shown('.warnings summary') + ' ' + shown('.warnings li li'));
	all('.warnings details')[0].open = true; say('open', shown('.warnings li li') + all('.warnings li li')[0].textContent);
	setState({family: 'lifetime'}); say('filtered', shown('.warnings summary') + ' ' + shown('.warnings li li'));
	all('.warnings li li[data-family=lifetime]').forEach((e) => e.remove()); say('none', shown('.warnings summary'));"
is_sound "long texts"
says 'first screen: true' "an answer with long texts is not in the first screen"
says 'folded: 3 0' "not a line for each kind of warning"
says 'open: 3sweep: the machine drifted: .*; ratios are valid, .*' "a kind of warning does not open"
says 'filtered: 3 1' "the warnings are not filtered"
says 'none: 0' "a kind of warning that no shown sweep has"
expect 0 "$ownbench" report all.json -o all.html
address='#runs?m=2'
press all.html "$sound $rows say('title', data.machines.length); say('second', [...new Set(shown('runs').map((r) => r.dataset.m))].join() + (shown('runs').length > 0)); say('choice', document.getElementById('f-m').options.length);"
is_sound "two machines"
says 'second: 2true' "the machine selected is not the only one"
says 'choice: 3' "no machine to select"
address=

# -- from a phone to a desktop, in both themes: the page is no wider than the screen, and no text overflows its box --
fits="const fits = () => {
	const wrong = [];
	for (const theme of ['light', 'dark']) {
		document.documentElement.dataset.theme = theme;
		if (document.documentElement.scrollWidth > innerWidth) wrong.push(theme + ': wider than the screen');
		for (const text of document.querySelectorAll('svg.chart text')) {
			const r = text.getBoundingClientRect();
			if (r.width && (r.left < 0 || r.right > innerWidth)) wrong.push(theme + ': ' + text.textContent);
		}
		// What has no scroll bar of its own must not go beyond its box.
		for (const e of document.querySelectorAll('.brief, .questions, .chips, nav, figcaption, .note, h1, h2, h3, .where, dd'))
			if (e.clientWidth > 1 && e.scrollWidth > e.clientWidth + 1) wrong.push(theme + ': ' + e.tagName + ' ' + e.textContent.slice(0, 40));
	}
	parent.postMessage(innerWidth + ' ' + (wrong.length ? [...new Set(wrong)].slice(0, 5).join('; ') : 'fits'), '*');
};
setTimeout(fits);"
with_script long.html "$fits" >long_fits.html
# Frames lie on top of each other, since a browser does not draw a frame that is out of sight.
{
	echo '<!doctype html><title>frames</title><style>iframe { position: absolute; top: 0; left: 0; border: 0; }</style><pre id="said"></pre>'
	echo "<script>onmessage = (e) => { document.getElementById('said').textContent += '\\n' + e.data + '\\n'; };</script>"
	for width in 360 400 800 1280; do
		echo "<iframe src='long_fits.html' width='$width' height='844'></iframe>"
	done
} >frames.html
browse "file://$work/frames.html"
for width in 360 400 800 1280; do
	grep -qx "$width fits" dom || fail "long.html does not fit a width of $width: $(grep "^$width " dom)"
done

# -- nothing in a document is executed -----------------------------------------------------------------------------
evil='</script><!--<img src=x onerror=document.title=1>"><svg onload=document.title=1>'
jq --arg evil "$evil" 'def spoil: if type == "string" then . + $evil else . end;
	(.. | objects | select(has("text")).text) |= spoil | (.sweeps[] | .command, .points[].place, .points[].conditions) |= spoil |
	(.machines[] | .name, .environment_text) |= spoil | (.families[].implementations[] | .summary, .source, .file) |= spoil | (.sweeps[0].claims[] | .claim, .figure, .command) |= spoil |
	(.. | objects | select(has("failure")).failure) |= spoil' all.json >hostile.json
expect 0 "$ownbench" report hostile.json -o hostile.html
[ "$(grep -o '</script>' hostile.html | wc -l)" = 3 ] || fail "the data contains an unescaped end of a script"
grep -qF '<img' hostile.html && fail "the page contains unescaped markup of a document"
browse "file://$work/hostile.html"
grep -qF '<title>ownbench: 2 machines</title>' dom || fail "text of a document was executed"

# -- printing ------------------------------------------------------------------------------------------------------
for name in page three; do
	timeout 120 chromium --headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage --user-data-dir="$work/profile" \
		--no-pdf-header-footer --print-to-pdf="$work/$name.pdf" "file://$work/$name.html" >log 2>&1 ||
		fail "the browser cannot print the page: $(tail -n 2 log)"
	[ "$(head -c 5 $name.pdf)" = %PDF- ] || fail "the printed page is not a PDF"
done
finish
