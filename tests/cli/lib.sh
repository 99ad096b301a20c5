# SPDX-License-Identifier: MIT
# Functions shared by the scripts of this folder. Each script's arguments are the program, the program with faulty
# implementations, the source directory, and the build directory.
set -u
ownbench=$1
faulty=$2
source_dir=$3
build_dir=$4
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
failures=0

fail()
{
	echo "FAILED: $*" >&2
	failures=$((failures + 1))
}

# Matches warnings of `ownbench run` about the machine's behaviour during the sweep.
of_machine='^ownbench run: the (machine (drifted|was in use)|hypervisor took)'

# attempt COMMAND...: stores the exit status in `got`, the output in the files `out` and `err`, and warnings about the
# machine in `machine_said`.
attempt()
{
	got=0
	"$@" >out 2>err </dev/null || got=$?
	machine_said=$(grep -E "$of_machine" err)
	sed -i -E "\\%$of_machine%d" err
}

# Generated files have decimal points even in a locale with decimal commas.
awk()
{
	LC_ALL=C command awk "$@"
}
sort()
{
	LC_ALL=C command sort "$@"
}

# expect STATUS COMMAND...: runs the command and checks its exit status.
expect()
{
	local want=$1
	shift
	attempt "$@"
	[ "$got" = "$want" ] || { fail "exit status $got, not $want: $*"; cat err >&2; }
}

# once_in TRIES CONDITION COMMAND...: repeats the command until the condition holds. Use it for races, which may not
# show in the first run on a machine that is busy or has one CPU. The directory of --out=DIR is removed before each run.
# Returns 1 if the condition never holds. The caller must treat this as a failure, except on one CPU, where two threads
# may never meet.
once_in()
{
	local tries=$1 condition=$2
	shift 2
	[ "$(nproc)" -gt 1 ] || tries=$((tries < 20 ? tries : 20))
	for try in $(seq "$tries"); do
		for argument in "$@"; do
			case $argument in --out=*) rm -rf "${argument#--out=}" ;; esac
		done
		attempt "$@"
		eval "$condition" >/dev/null && return
	done
	[ "$(nproc)" -gt 1 ] || { echo "one CPU: not seen in $tries runs ($condition): $*" >&2; return 1; }
	fail "the condition ($condition) held in none of $tries runs: $*"
	cat err >&2
	return 1
}

# expect_line TEXT: checks that stderr has one line, and that it contains TEXT. Lines about events that cannot be
# counted, and about the machine's behaviour, are ignored.
expect_line()
{
	[ "$(grep -vcE "^ownbench run: events: |$of_machine" err)" = 1 ] || { fail "stderr has not exactly one line, which would say: $*"; cat err >&2; }
	grep -qF -- "$*" err || { fail "stderr does not say: $*"; cat err >&2; }
}

# make_sweep DIR [ROUNDS]: makes a sweep with made-up figures from a JSON list on stdin. An entry is a run's identity,
# plus "rate" or "failure" and further "metrics", which apply to every round (default: 8 rounds). By default an entry
# belongs to the family ownership, and has 2 threads on a group of 8 devices.
make_sweep()
{
	mkdir -p "$1"
	jq -c --argjson rounds "${2:-8}" 'range($rounds) as $round | .[] | (del(.rate, .metrics, .failure, .latency) | . as $id |
		{family: "ownership", threads: 2, devices: 8, groups: 1, parameters: {}} + $id |
		if .family == "ownership" and (.path | not) then .path = "ops" else . end) as $run |
		{run: $run, round: $round, order: 0, at_seconds: ($round + 1), unit: "pairs"} +
		if .failure then {failure} else {metrics: ({items_per_second: (.rate // 1e6)} + (.metrics // {}))} end +
		if .latency then {latency} else {} end' >"$1/runs.jsonl"
	echo '{"format": 2, "written_by": "ownbench 0 (made up)", "arguments": ["run"], "seed": 1, "precision": null,
		"budget_seconds": null, "repetitions": 8}' >"$1/sweep.json"
}

# browse URL [OPTION...]: stores the DOM in the file `dom`, and console messages in the file `console`.
browse()
{
	local url=$1
	shift
	command -v chromium >/dev/null || { fail "chromium is not installed: apt-get install chromium"; finish; }
	timeout 120 chromium --headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run \
		--user-data-dir="$work/profile" --enable-logging=stderr --window-size=1280,900 \
		--virtual-time-budget=2000 "$@" --dump-dom "$url" >dom 2>log || fail "chromium failed: $(tail -n 3 log)"
	grep -F ':CONSOLE' log >console
	[ -s console ] && fail "the console says: $(head -n 3 console)"
}

# page_data FILE: prints the data that a page is drawn from.
page_data()
{
	sed -n 's|.*<script[^>]* id="data">\(.*\)</script>.*|\1|p' "$1"
}

# need_guest: ends the test, and says what is not covered, if a kernel cannot be booted in a virtual machine.
need_guest()
{
	local missing=
	for program in qemu-system-x86_64 busybox cpio; do
		command -v $program >/dev/null || missing=$program
	done
	dpkg-query -W linux-headers-cloud-amd64 >/dev/null 2>&1 || missing=linux-headers-cloud-amd64
	[ "$missing" ] || return 0
	echo "not covered: the module in a real kernel, without $missing (tests/requirements.kernel)"
	finish
	exit
}

finish()
{
	[ "$failures" = 0 ] || exit 1
	echo "passed"
}
