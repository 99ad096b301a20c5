# SPDX-License-Identifier: MIT
# Errors of the command line are reported in one line that states what would be right. The exit status is 2.
source "$(dirname "$0")/lib.sh" "$@"

wrong()
{
	local text=$1
	shift
	expect 2 "$ownbench" "$@"
	expect_line "$text"
	[ ! -s out ] || fail "a wrong command line wrote to stdout: $*"
}

expect 2 "$ownbench"
expect 0 "$ownbench" --help
expect 0 "$ownbench" --version
wrong "no such command: frobnicate" frobnicate

# Every command's help has two examples, and is at most 100 columns wide.
commands=$("$ownbench" --help | sed -n 's/^  \([a-z][a-z]*\) .*/\1/p')
[ "$(wc -w <<<"$commands")" -ge 14 ] || fail "not all commands are listed: $commands"
for command in '' $commands; do
	expect 0 "$ownbench" $command --help
	[ "$(sed '1,/^examples:$/d' out | grep -c "^    ownbench .*$command")" = 2 ] || fail "$command --help has not two examples"
	long=$(grep -E '.{101}' out)
	[ -z "$long" ] || fail "$command --help is wider than 100: $long"
done
for command in $commands; do
	wrong "no such option: --frobnicate" "$command" --frobnicate
done
wrong "one argument too many: x" list x
wrong "the option takes no value: --json=1" list --json=1
wrong "a value is missing after --threads" run --threads
wrong "--threads=0: must be a whole number from 1 to 1024" run --threads=0
wrong "--threads=: must be a whole number" run --threads=1,
wrong "--threads=2x: must be a whole number" run --threads=1,2x
wrong "--threads=-1: must be a whole number" run --threads=-1
wrong "--devices=65537: must be a whole number from 1 to 65536" run --devices=65537
wrong "--groups=1000001: must be a whole number from 1 to 1000000" run --groups=1000001
wrong "--threads=1025: must be a whole number from 1 to 1024" run --threads=1025
wrong "1000000 groups with a total of 65536000000 devices take" run --impl=mutex_count --groups=1000000 --devices=65536
wrong "--groups=: must be a whole number" run --groups=
wrong "--duration=abc: must be a number from 0.001" run --duration=abc
wrong "--duration=nan: must be a number" run --duration=nan
# Numbers must be decimal, without leading or trailing text.
for number in 0x10 ' 1' '' . 1,5 +1 1e; do
	wrong "--duration=$number: must be a number from 0.001" run --duration="$number"
	wrong "--timeout=$number: must be a number from 0.1" run --timeout="$number"
done
wrong "--warmup= 1: must be a number from 0" run --warmup=' 1'
wrong "--hold= 1: must be a whole number" run --hold=' 1'
wrong "--hold=1e3: must be a whole number" run --hold=1e3
for number in .5 5e-1 0.50 1; do
	expect 0 "$ownbench" run --plan --impl=mutex_count --duration="$number"
done
wrong "--repetitions=0: must be a whole number from 1" run --repetitions=0
for value in 5 0 0% 101% x '' ' 5%' 5%% nan -5%; do
	wrong "--precision=$value: must be from 0.1% to 100%, such as 5% or 0.05" run --precision="$value"
done
for value in 0 -1 x '' m 10x 1.2.3 ' 1' 25h nan; do
	wrong "--budget=$value: must be a time above 0 and up to 24h, such as 90 (seconds) or 10m" run --budget="$value"
done
wrong "--order-seed=x: must be a whole number from 0 to 4294967295" run --order-seed=x
wrong "--repetitions cannot be combined with --precision" run --repetitions=3 --precision=5%
wrong "--repetitions cannot be combined with --budget" run --budget=10 --benchmark_repetitions=3
wrong "use --order-seed=N to repeat an order" run --benchmark_enable_random_interleaving=false
wrong "--pin=left: must be one of compact, scatter, core, none" run --pin=left
wrong "--check=luck: must be one of audit, witness" run --check=luck
wrong "--path=x: must be one of ops, probe" run --path=x
wrong "--claims=1.5: must be a number from 0 to 1" run --claims=1.5
for option in claims plugs readers fail-pinctrl fail-configure fail-driver; do
	wrong "--$option=0.0001: must be 0 or at least 0.001" run --$option=0.0001
done
wrong "their sum must be at most 1" run --fail-pinctrl=0.6 --fail-driver=0.6
wrong "--impl=nonesuch: no such implementation" run --impl=nonesuch
wrong "--impl: must not be empty" run --impl=mutex_count,
wrong "--workload=x: must be one of share, spread" run --workload=x
wrong "cannot read nowhere" run --topology=nowhere
wrong "it cannot be combined with --devices or --groups" run --topology=sysfs --devices=4
wrong "nothing to run: more threads than devices" run --workload=share --threads=8 --devices=4
wrong "must be a POSIX extended regular expression" run '--benchmark_filter=('
wrong "matches no run" run --benchmark_filter=nothing_like_it
wrong "--benchmark_frobnicate" run --benchmark_frobnicate --out=unused
printf '/sys/kernel/iommu_groups/0/devices/0000:00:01.0\nnonsense\n' >broken.txt
wrong "broken.txt:2: " run --topology=broken.txt
: >empty.txt
wrong "empty.txt" run --topology=empty.txt
[ ! -e unused ] || fail "a sweep's directory was made for a wrong command line"
finish
