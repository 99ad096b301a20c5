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
of_machine='^ownbench run: the (machine drifted|hypervisor took)'

# expect STATUS COMMAND...: its output is in files out and err; what it said of the machine in machine_said.
expect()
{
	local want=$1 got=0
	shift
	"$@" >out 2>err </dev/null || got=$?
	machine_said=$(grep -E "$of_machine" err)
	sed -i -E "\\%$of_machine%d" err
	[ "$got" = "$want" ] || { fail "exit status $got, not $want: $*"; cat err >&2; }
}

# One line on stderr, with this text in it, beside those that say what the machine cannot count.
expect_line()
{
	[ "$(grep -vc '^ownbench run: events: ' err)" = 1 ] || { fail "not one line on stderr: $*"; cat err >&2; }
	grep -qF -- "$*" err || { fail "stderr does not say: $*"; cat err >&2; }
}

finish()
{
	[ "$failures" = 0 ] || exit 1
	echo "passed"
}
