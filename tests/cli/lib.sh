# SPDX-License-Identifier: MIT
# What the scripts of this folder share. Arguments of each: the program, the program with faulty
# implementations, the top of the sources, the build directory.
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

# What a run says of how the machine behaved meanwhile.
of_machine='^ownbench run: (the (machine drifted|hypervisor took)|threads had )'

# attempt COMMAND...: its exit status is in got, its output in files out and err; what it said of the machine in
# machine_said.
attempt()
{
	got=0
	"$@" >out 2>err </dev/null || got=$?
	machine_said=$(grep -E "$of_machine" err)
	sed -i -E "\\%$of_machine%d" err
}

# Files have decimal points, whatever the locale says of a comma.
awk()
{
	LC_ALL=C command awk "$@"
}
sort()
{
	LC_ALL=C command sort "$@"
}

# reference_sweep DIR: a copy of the reference's sweep; of its first machine's, if it is of several.
reference_sweep()
{
	local sweep
	for sweep in "$source_dir"/results/reference/machines/* "$source_dir/results/reference"; do
		[ ! -e "$sweep/benchmark.json" ] || break
	done
	cp -r "$sweep" "$1"
}

# expect STATUS COMMAND...
expect()
{
	local want=$1
	shift
	attempt "$@"
	[ "$got" = "$want" ] || { fail "exit status $got, not $want: $*"; cat err >&2; }
}

# once_in TRIES CONDITION COMMAND...: what threads do by chance they may not do in the first run, on a machine that is busy
# or has one CPU. Until the condition holds, the command is run again; with --out=DIR into DIR anew. Returns 1 if it never
# holds, which is a failure except on one CPU: two threads that never run at once may never meet.
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
	fail "in none of $tries runs ($condition): $*"
	cat err >&2
	return 1
}

# One line on stderr, with this text in it, beside those that say what the machine cannot count, or how it behaved.
expect_line()
{
	[ "$(grep -vcE "^ownbench run: events: |$of_machine" err)" = 1 ] || { fail "not one line on stderr: $*"; cat err >&2; }
	grep -qF -- "$*" err || { fail "stderr does not say: $*"; cat err >&2; }
}

finish()
{
	[ "$failures" = 0 ] || exit 1
	echo "passed"
}
