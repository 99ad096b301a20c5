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
reference_sweep sweep
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

# -- as a person does it: a script in a copy of the page presses keys and buttons --------------------
# with_script PAGE SCRIPT: a copy of the page that runs it, on stdout.
with_script()
{
	head -n -2 "$1"
	printf '<script>%s</script></body></html>\n' "$2"
}
press()
{
	with_script page.html "const said = [], say = (what, text) => { said.push(what + ': ' + text + ';'); document.title = said.join(' '); }; $1" >pressed.html
	browse "file://$work/pressed.html" "${@:2}"
}
rm -rf profile # which remembers what the button chose, below
press "say('ground', getComputedStyle(document.body).backgroundColor);" --blink-settings=preferredColorScheme=0
grep -qF 'ground: rgb(17, 20, 26);' dom || fail "the system's dark is not followed"
# All in one: what is pressed, and that text on its ground, and curves, keep their contrast in both themes.
press "say('ground', getComputedStyle(document.body).backgroundColor);
	const b = document.querySelector('table[data-name=runs] th[data-key=impl] button');
	b.click(); say('sorted', [...document.querySelectorAll('table[data-name=runs] tbody tr')][0].dataset.impl + location.hash);
	const c = document.querySelector('svg.chart.wide'); const key = (k) => c.dispatchEvent(new KeyboardEvent('keydown', {key: k}));
	key('ArrowDown'); key('ArrowDown'); say('keys', document.getElementById('tip').textContent.split('\n').join('; '));
	key('Escape'); say('no tip', document.getElementById('tip').hidden);
	const p = document.querySelector('svg.chart.wide .pt use'), r = p.getBoundingClientRect();
	p.ownerSVGElement.dispatchEvent(new PointerEvent('pointermove', {clientX: r.x + 4, clientY: r.y + 4, bubbles: true}));
	say('pointer', document.getElementById('tip').hidden + document.getElementById('tip').textContent);
	document.getElementById('theme').click();
	say('button', getComputedStyle(document.body).backgroundColor + document.documentElement.dataset.theme);
	const lum = (c) => { const [r, g, b] = c.match(/[0-9.]+/g).map((v) => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; });
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
	say('low', [...new Set(low)].join(', '));" --blink-settings=preferredColorScheme=1
title=$(sed -n '/<title>/,/<\/title>/p' dom | head -c 2000)
# pressed TEXT WHAT: what a press said is a basic regular expression, from its name to its end.
pressed()
{
	grep -q "[> ]$1" <<<"$title" || fail "$2: $title"
}
pressed 'ground: rgb(255, 255, 255);' "the system's light is not followed"
pressed 'sorted: bravo#?sort.runs=impl;' "a heading does not sort"
pressed 'keys: [^<]*; [^<]*pairs/s[^<]*95%[^<]*mutex_count[^<]*; no tip: true;' "keys show no values"
pressed 'pointer: falseceiling, none' "the pointer shows no values"
pressed 'button: rgb(17, 20, 26)dark;' "the button does not darken"
pressed 'low: ;' "contrast"

# -- three families on one page ------------------------------------------------------------------------------------
# The reference is of ownership. The others are small sweeps of this machine, which the page is to take for the reference's.
"$ownbench" run --family=lifetime --threads=1,2 --repetitions=2 --duration=0.02 --warmup=0.01 --latency=11 \
	--impl='mutex,kref_gone,revocable<urcu_memb>,module_ref,ceiling' --out=lifetime >/dev/null 2>&1
expect 0 "$ownbench" run --family=configure --repetitions=2 --duration=0.02 --warmup=0.01 --latency=11 \
	--impl=global_mutex,device_lock_taken,cas_publish,ceiling --out=configure
cp sweep/environment.json lifetime
cp sweep/environment.json configure
expect 0 "$ownbench" report sweep lifetime configure -o three.html

# -- in frames of one page, which each say what they see: by the address, and from a phone to a desk -----------------
# framed NAME PAGE SCRIPT: a copy of the page for a frame; the script gives say() what it sees.
framed()
{
	with_script "$2" "const say = (text) => parent.postMessage('$1: ' + text, '*'); $3" >"$1.html"
}
shown="[...new Set([...document.querySelectorAll('table[data-name=runs] tr[data-impl]:not(.off)')].map((r) => r.dataset.impl))].sort().join()"
framed filter page.html "say($shown);"
framed nothing page.html "say(document.querySelector('table[data-name=runs]').closest('section').querySelector('p.none').textContent + $shown);"
# In both themes: the page is no wider than the screen, pictures fit, and are the right ones.
fits="const fits = () => {
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
		for (const e of document.querySelectorAll('.card, .verdicts a, nav, figcaption, .note, h1, h2, h3, .where, dd'))
			if (e.clientWidth > 1 && e.scrollWidth > e.clientWidth + 1) wrong.push(theme + ': ' + e.tagName + ' ' + e.textContent.slice(0, 40));
	}
	say(innerWidth + ' ' + (wrong.length ? [...new Set(wrong)].slice(0, 5).join('; ') : 'fits'));
};
addEventListener('resize', fits);
fits();"
framed one page.html "$fits"
framed three_fits three.html "$fits"
framed screen three.html "say([...document.querySelectorAll('.brief, .debate')].map((c) => c.getBoundingClientRect().bottom < innerHeight).join(' ') + ' ' + innerHeight);
	const f = document.getElementById('f-family'); f.value = 'lifetime'; f.dispatchEvent(new Event('input'));
	say([...document.querySelectorAll('section.family')].filter((s) => s.offsetParent).map((s) => s.id).join() +
	[...document.querySelectorAll('.brief')].filter((s) => s.offsetParent).length + location.hash);"
framed held three.html "say(document.querySelector('table[data-name=lifetime-runs] tr[data-impl]:not(.off)').dataset.impl);"
# A frame that is out of sight is not drawn: they lie upon each other. The next width when there is word of the last.
cat >frames.html <<'END'
<!doctype html><title>frames</title><style>iframe { position: absolute; top: 0; left: 0; border: 0; }</style><pre id="said"></pre><script>
const widths = [400, 800, 1280];
onmessage = (e) => {
	document.getElementById('said').textContent += '\n' + e.data + '\n';
	if (e.data.startsWith('three_fits: ') && widths.length)
		document.getElementById('three').width = widths.shift();
};
</script>
<iframe src="filter.html#runs?class=exact&q=slots+mutex" width="1280" height="900"></iframe>
<iframe src="nothing.html#runs?q=no_such_design" width="1280" height="900"></iframe>
<iframe src="one.html" width="390" height="844"></iframe>
<iframe src="three_fits.html" id="three" width="360" height="844"></iframe>
<iframe src="screen.html" width="1280" height="900"></iframe>
<iframe src="held.html#lifetime-runs?workload=keep&sort.lifetime-runs=-held" width="1280" height="900"></iframe>
END
# Each width takes a frame of the browser, which a busy machine draws late.
browse "file://$work/frames.html" --virtual-time-budget=20000
# framed_says TEXT WHAT: one line that a frame said.
framed_says()
{
	grep -qxF "$1" dom || fail "$2: $(grep "^${1%%:*}:" dom)"
}
framed_says 'filter: device_slots,device_slots_session,mutex_count,mutex_count_atomic' "filter"
grep -q '^nothing: Nothing matches[^:]*$' dom || fail "an empty table says nothing: $(grep ^nothing: dom)"
framed_says 'one: 390 fits' "page.html"
for width in 360 400 800 1280; do
	framed_says "three_fits: $width fits" "three.html, $width wide"
done
framed_says 'screen: true true true true 900' "an answer is not in the first screen"
framed_says 'screen: lifetime1#?family=lifetime' "one family"
framed_says 'held: kref_gone' "sorted by what is held"

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

# -- paper: one family, of fewer runs, and three -----------------------------------------------------------
mkdir few
jq '.benchmarks |= map(select(.run_name | test("^(share|storm)/.*/threads:2/")))' sweep/benchmark.json >few/benchmark.json
expect 0 "$ownbench" report few -o few.html
for name in few three; do
	timeout 120 chromium --headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage --user-data-dir="$work/profile" \
		--no-pdf-header-footer --print-to-pdf="$work/$name.pdf" "file://$work/$name.html" >log 2>&1 ||
		fail "cannot print: $(tail -n 2 log)"
	[ "$(head -c 5 $name.pdf)" = %PDF- ] || fail "not a PDF"
done
finish
