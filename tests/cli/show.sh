# SPDX-License-Identifier: MIT
# A sweep's figures are the same in the tables of run, the summary, Markdown, CSV and the document. Also tests output
# on a terminal.
source "$(dirname "$0")/lib.sh" "$@"

sweep="--impl=ceiling,mutex_count,device_slots --workload=share --threads=1 --devices=2,4 --duration=0.01 --events=none"
export LC_ALL=C.UTF-8
unset COLUMNS LINES NO_COLOR
expect 0 "$ownbench" run $sweep --repetitions=8 --latency=101 --out=sweep
mv out tables
grep -q $'\033' tables && fail "a file contains colours"
expect 0 "$ownbench" report --format=json sweep
expect 0 "$ownbench" report --format=markdown sweep
expect 0 "$ownbench" report --format=csv sweep
expect 0 "$ownbench" report --format=summary sweep
mv out summary
[ "$(wc -l <summary)" -le 37 ] || fail "the summary has $(wc -l <summary) lines, more than 37"

# text_of MEMBER [INTERVAL]: prints implementation, text and interval of a measure, for all results.
text_of()
{
	jq -r ".sweeps[].points[].results[] | [.implementation, .$1.text, ${2:-.$1.interval} // \"\"] | @tsv" sweep/report.json
}
for member in value to_baseline "to_ceiling null"; do
	text_of $member | while IFS=$'\t' read -r design text interval; do
		grep -F " $design " tables | grep -F "$text" | grep -qF "$interval" || echo "the tables lack $member of $design: $text, $interval"
		grep -F "| ${design//_/\\_} |" sweep/report.md | grep -F "$text" | grep -qF "$interval" || echo "Markdown lacks $member of $design: $text, $interval"
	done >missing
	[ ! -s missing ] || fail "$(cat missing)"
done
jq -r '.sweeps[0] | .headline.point as $id | .points[] | select(.id == $id) | .fastest.best_class.implementation as $design |
	.results[] | select(.implementation == $design) | [.implementation, .to_baseline.text, .value.text] | @tsv' sweep/report.json >headline
IFS=$'\t' read -r design ratio value <headline
grep -E "^ share +$design " summary | grep -F "$ratio" | grep -qF "$value" || fail "the summary lacks the headline's $design, $ratio, $value: $(cat summary)"

# The tables and Markdown show the same regrets, and the summary shows the best one.
jq -r '.sweeps[0].regret.designs[] | [.implementation, .worst.text, .worst.interval // .worst.text, .mean.text, .place] | @tsv' sweep/report.json >regrets
[ "$(wc -l <regrets)" = 2 ] || fail "not two designs with a regret: $(cat regrets)"
sed -n '/^ownership: Regret: .* exact design is than each design, over 2 points$/,/^$/p' tables >regret_table
sed -n '/^### Regret: /,/^### share/p' sweep/report.md >regret_markdown
while IFS=$'\t' read -r design worst interval mean place; do
	for shown in regret_table regret_markdown; do
		tr -d '\\' <$shown | grep -F " $design " >row || fail "$shown lacks $design: $(cat $shown)"
		grep -F "$worst" row | grep -F "$mean" | grep -F "$place" | grep -qF "$interval" || fail "$shown: $(cat row) is not $worst $interval $mean $place"
	done
done <regrets
IFS=$'\t' read -r design worst interval mean place <regrets
grep -E "^ ownership +$design " summary | grep -F "$worst" | grep -qF "$mean" || fail "the summary lacks the least regret, of $design: $(cat summary)"

# report.csv has the numbers of report.json, one line per result.
for measure in value regret; do
	column=$(head -n 1 sweep/report.csv | tr ',' '\n' | grep -nx $measure | cut -d: -f1)
	sed 's/"[^"]*"//g' sweep/report.csv | tail -n +2 | cut -d, -f"$column" | jq -s 'sort' >csv
	jq "[.sweeps[].points[].results[].$measure.value] | sort" sweep/report.json >document
	jq -e --slurpfile csv csv '. == $csv[0]' document >/dev/null || fail "CSV has other numbers: $(cat csv document)"
done

# -- a terminal: its width, its height, and colours unless NO_COLOR or TERM=dumb is set ----------------------------
# on_terminal COLUMNS ROWS [ENVIRONMENT..]: prints the sweep's tables on such a terminal, into the file terminal.
on_terminal()
{
	local size="stty cols $1 rows $2"
	shift 2
	rm -rf seen
	script -qec "$size; env TERM=xterm $* '$ownbench' run $sweep --repetitions=1 --out=seen 2>/dev/null" typescript >/dev/null </dev/null
	tr -d '\r' <typescript | grep -v '^Script ' >terminal
}
on_terminal 80 60
grep -q $'\033\\[1mshare' terminal || fail "there are no colours on a terminal"
sed 's/\x1b\[[0-9;]*[mK]//g' terminal | grep -E '^ *[0-9>~-].* (ceiling|mutex_count|device_slots) ' >rows
[ -s rows ] || fail "there are no rows on a terminal"
[ "$(wc -L <rows)" -le 80 ] || fail "a row is wider than the terminal"
on_terminal 80 12
grep -qF 'Left out to fit the height' terminal || fail "the output does not say what is not shown"
grep -qF 'ownbench report --format=markdown seen' terminal || fail "the output does not say where to find what is not shown"
for environment in NO_COLOR=1 TERM=dumb; do
	on_terminal 100 60 $environment
	grep -q $'\033\\[[0-9]*m' terminal && fail "there are colours with $environment"
done
on_terminal 100 60 LC_ALL=C
LC_ALL=C grep -q $'[\x80-\xff]' terminal && fail "there are non-ASCII characters in the C locale"
finish
