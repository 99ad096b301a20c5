# SPDX-License-Identifier: MIT
# report in a real browser, from file://: no error on the console, sorting, filtering, the address,
# values by key and pointer, dark and light, the width of a phone, paper.
source "$(dirname "$0")/lib.sh" "$@"

# browse URL [OPTION...]: the DOM in `dom`, what the console says in `console`.
browse()
{
	local url=$1
	shift
	timeout 120 chromium --headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run \
		--user-data-dir="$work/profile" --enable-logging=stderr --window-size=1280,900 \
		--virtual-time-budget=2000 "$@" --dump-dom "$url" >dom 2>log || fail "chromium failed: $(tail -n 3 log)"
	grep -F ':CONSOLE' log >console
	[ -s console ] && fail "the console says: $(head -n 3 console)"
	# An element a line: the browser writes rows one after another.
	sed 's/<tr/\n<tr/g; s/<\/tr>/<\/tr>\n/g' dom >rows
}

# The implementations of the shown rows of a table, in order.
shown()
{
	sed -n "/data-name=\"$1\"/,/<\/table>/p" rows | grep '^<tr[^>]*data-impl' | grep -v '^<tr[^>]*class="[^"]*off' |
		sed 's/.*data-impl="\([^"]*\)".*/\1/'
}

command -v chromium >/dev/null || { fail "there is no chromium: apt-get install chromium"; finish; }
cp -r "$source_dir/results/reference" sweep
jq '(.benchmarks[] | select(.run_name | test("^share/snzi/"))) |= . + {error_occurred: true, error_message: "leaked"}' \
	sweep/benchmark.json >b && mv b sweep/benchmark.json
expect 0 "$ownbench" report sweep -o page.html
page="file://$work/page.html"

# -- sorting and filtering by the address ------------------------------------------------------------
browse "$page#runs?workload=share&sort.runs=-speedup"
shown runs >order
[ "$(wc -l <order)" = "$(jq '[.benchmarks[] | select(.run_name | test("^share/")) | .run_name] | unique | length' sweep/benchmark.json)" ] ||
	fail "not the runs of share: $(wc -l <order)"
sed -n '/data-name="runs"/,/<\/table>/p' rows | grep '^<tr[^>]*data-impl' | grep -v 'class="[^"]*off' |
	sed 's/<td/\n&/g' | grep 'title="95% interval.*>[0-9.]*×<' | sed 's/.*data-v="\([^"]*\)".*/\1/' >speedups
[ "$(wc -l <speedups)" -gt 50 ] || fail "only $(wc -l <speedups) ratios"
sort -c -g -r speedups || fail "not sorted by the ratio"
[ "$(tail -n 1 order)" = snzi ] || fail "a failed run is not at the end"
grep -qF 'aria-sort="descending"' dom || fail "the heading does not say how it is sorted"

browse "$page#runs?class=exact&q=slots+mutex"
[ "$(shown runs | sort -u | tr '\n' ' ')" = "device_slots device_slots_session mutex_count mutex_count_atomic " ] || fail "filter: $(shown runs | sort -u)"
browse "$page#runs?q=no_such_design"
grep -q '<p class="none">Nothing matches' dom || fail "an empty table says nothing"

# -- as a person does it: a script in a copy of the page presses keys and buttons --------------------
press()
{
	sed '$d' page.html | sed '$d' >pressed.html
	printf '<script>%s</script></body></html>\n' "$1" >>pressed.html
	browse "file://$work/pressed.html" "${@:2}"
}
press "const b = document.querySelector('table[data-name=runs] th[data-key=impl] button');
	b.click(); document.title = [...document.querySelectorAll('table[data-name=runs] tbody tr')][0].dataset.impl + location.hash;"
grep -qF '<title>bravo#?sort.runs=impl</title>' dom || fail "a heading does not sort: $(grep -F '<title>' dom | head -n 1)"
press "const c = document.querySelector('svg.chart.wide'); const key = (k) => c.dispatchEvent(new KeyboardEvent('keydown', {key: k}));
	key('ArrowDown'); key('ArrowDown'); document.title = document.getElementById('tip').textContent.split('\n').join('; ');"
grep -q '<title>[^<]*; [^<]*pairs/s[^<]*95%[^<]*mutex_count[^<]*</title>' dom || fail "keys show no values: $(grep '<title>' dom | head -n 1)"
press "const p = document.querySelector('svg.chart.wide .pt use'), r = p.getBoundingClientRect();
	p.ownerSVGElement.dispatchEvent(new PointerEvent('pointermove', {clientX: r.x + 4, clientY: r.y + 4, bubbles: true}));
	document.title = document.getElementById('tip').hidden + document.getElementById('tip').textContent;"
grep -q '<title>falseceiling, none' dom || fail "the pointer shows no values: $(grep '<title>' dom | head -n 1)"
press "document.getElementById('theme').click();
	document.title = getComputedStyle(document.body).backgroundColor + document.documentElement.dataset.theme;"
grep -qF '<title>rgb(17, 20, 26)dark</title>' dom || fail "the button does not darken"
rm -rf profile # which remembers that
press "document.title = getComputedStyle(document.body).backgroundColor;" --blink-settings=preferredColorScheme=0
grep -qF '<title>rgb(17, 20, 26)</title>' dom || fail "the system's dark is not followed"
press "document.title = getComputedStyle(document.body).backgroundColor;" --blink-settings=preferredColorScheme=1
grep -qF '<title>rgb(255, 255, 255)</title>' dom || fail "the system's light is not followed"

# Text on its ground, and curves, keep their contrast in both themes.
press "const lum = (c) => { const [r, g, b] = c.match(/[0-9.]+/g).map((v) => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; });
		return .2126 * r + .7152 * g + .0722 * b; };
	const ratio = (a, b) => (Math.max(lum(a), lum(b)) + .05) / (Math.min(lum(a), lum(b)) + .05);
	const ground = (e) => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if (!c.startsWith('rgba(0, 0, 0, 0')) return c; } return 'rgb(255, 255, 255)'; };
	let low = [];
	for (const theme of ['light', 'dark']) {
		document.documentElement.dataset.theme = theme;
		for (const e of document.querySelectorAll('p, td, th, dt, dd, a, .badge, .chip, .cond, h1, h2, h3, summary, button, label'))
			if (e.offsetParent && !e.closest('svg') && ratio(getComputedStyle(e).color, ground(e)) < 4.5) low.push(theme + ' ' + e.tagName + '.' + e.className);
		for (const e of document.querySelectorAll('.chart.wide .series use, .chart.wide text')) {
			const need = e.tagName === 'text' ? 4.5 : 3;
			if (ratio(getComputedStyle(e).fill, ground(e.closest('section'))) < need) low.push(theme + ' ' + e.parentElement.parentElement.getAttribute('class'));
		}
	}
	document.title = 'low: ' + [...new Set(low)].join(', ');"
grep -qF '<title>low: </title>' dom || fail "contrast: $(grep '<title>' dom | head -n 1)"

# -- from a phone to a desk, in both themes: the page is no wider than it, pictures fit, and are the right ones ------
# fits PAGE WIDTH: 'true' where it does, else what does not.
fits()
{
	sed '$d' "$1" | sed '$d' >inner.html
	cat >>inner.html <<'END'
<script>
const wrong = [];
for (const theme of ['light', 'dark']) {
	document.documentElement.dataset.theme = theme;
	if (document.documentElement.scrollWidth > innerWidth) wrong.push(theme + ': wider than the screen');
	const shown = innerWidth > 800 ? 'wide' : 'narrow', other = innerWidth > 800 ? 'narrow' : 'wide';
	if (![...document.querySelectorAll('svg.' + shown)].every((s) => getComputedStyle(s).display === 'block')) wrong.push(shown);
	if (![...document.querySelectorAll('svg.' + other)].every((s) => getComputedStyle(s).display === 'none')) wrong.push(other);
	for (const text of document.querySelectorAll('svg.' + shown + ' text')) {
		const r = text.getBoundingClientRect();
		if (r.width && (r.left < 0 || r.right > innerWidth)) wrong.push(theme + ': ' + text.textContent);
	}
	// What has no scroll bar of its own must not go beyond its box.
	for (const e of document.querySelectorAll('.card, figcaption, .note, h1, h2, h3, .where, dd'))
		if (e.clientWidth > 1 && e.scrollWidth > e.clientWidth + 1) wrong.push(theme + ': ' + e.tagName + ' ' + e.textContent.slice(0, 40));
}
parent.postMessage(innerWidth + ' ' + (wrong.length ? [...new Set(wrong)].slice(0, 5).join('; ') : 'fits'), '*');
</script></body></html>
END
	cat >frame.html <<END
<!doctype html><title>waiting</title><script>onmessage = (e) => { document.title = e.data; };</script>
<iframe src="inner.html" width="$2" height="844"></iframe>
END
	browse "file://$work/frame.html"
	grep -qF "<title>$2 fits</title>" dom || fail "$1, $2 wide: $(grep -o '<title>[^<]*' dom)"
}
fits page.html 390

# -- three families on one page ------------------------------------------------------------------------------------
# The reference is of ownership; the others are small sweeps of this machine.
"$ownbench" run --family=lifetime --threads=1,2 --repetitions=2 --duration=0.02 --warmup=0.01 --latency=11 \
	--impl='mutex,kref_gone,revocable<urcu_memb>,module_ref,ceiling' --out=lifetime >/dev/null 2>&1
expect 0 "$ownbench" run --family=configure --repetitions=2 --duration=0.02 --warmup=0.01 --latency=11 \
	--impl=global_mutex,device_lock_taken,cas_publish,ceiling --out=configure
expect 0 "$ownbench" report sweep lifetime configure -o three.html
for width in 360 400 800 1280; do
	fits three.html $width
done
cp page.html one.html
cp three.html page.html # what press() presses
press "document.title = [...document.querySelectorAll('.brief, .debate')].map((c) => c.getBoundingClientRect().bottom < innerHeight).join(' ') +
	' ' + innerHeight;" --window-size=1280,987 # of which the browser takes 87
grep -qE '<title>true true true true ' dom || fail "an answer is not in the first screen: $(grep -o '<title>[^<]*' dom)"
press "const f = document.getElementById('f-family'); f.value = 'lifetime'; f.dispatchEvent(new Event('input'));
	document.title = [...document.querySelectorAll('section.family')].filter((s) => s.offsetParent).map((s) => s.id).join() +
	[...document.querySelectorAll('.brief')].filter((s) => s.offsetParent).length + location.hash;"
grep -qF '<title>lifetime1#?family=lifetime</title>' dom || fail "one family: $(grep -o '<title>[^<]*' dom)"
browse "file://$work/three.html#lifetime-runs?workload=keep&sort.lifetime-runs=-held"
shown lifetime-runs | head -n 1 | grep -qxF kref_gone || fail "sorted by what is held: $(shown lifetime-runs | head -n 3)"
mv one.html page.html

# -- nothing of a file runs ---------------------------------------------------------------------------
mkdir hostile
evil='<img src=x onerror=document.title=1>"><svg onload=document.title=1>'
jq --arg evil "$evil" '.benchmarks |= [.[] | select(.run_type == "iteration") |
	.run_name |= sub("/mutex_count/"; "/" + $evil + "/") | .label = $evil]' sweep/benchmark.json >hostile/benchmark.json
expect 0 "$ownbench" report hostile sweep -o hostile.html
browse "file://$work/hostile.html#runs?m=1"
grep -qF '<title>ownbench: 2 machines</title>' dom || fail "what a file holds was run"
shown runs >order
[ "$(sed -n '/data-name="runs"/,/<\/table>/p' rows | grep '^<tr[^>]*data-m="2"' | grep -cv 'class="[^"]*off')" = 0 ] ||
	fail "the machine selected is not the only one"
[ -s order ] || fail "the machine selected is not there"

# -- paper -----------------------------------------------------------------------------------------------
timeout 120 chromium --headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage --user-data-dir="$work/profile" \
	--no-pdf-header-footer --print-to-pdf="$work/page.pdf" "$page" >log 2>&1 || fail "cannot print: $(tail -n 2 log)"
[ "$(head -c 5 page.pdf)" = %PDF- ] || fail "not a PDF"
timeout 120 chromium --headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage --user-data-dir="$work/profile" \
	--no-pdf-header-footer --print-to-pdf="$work/three.pdf" "file://$work/three.html" >log 2>&1 || fail "cannot print: $(tail -n 2 log)"
[ "$(head -c 5 three.pdf)" = %PDF- ] || fail "not a PDF"
finish
