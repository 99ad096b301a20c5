# SPDX-License-Identifier: MIT
# Runs the examples of help texts, man page, README and its companion pages unchanged. Each runs once, in reading
# order, in a directory that contains the folders of the sources.
source "$(dirname "$0")/lib.sh" "$@"

# Examples that are not run, each given as a pattern and a reason.
cat >exceptions <<'END'
bench/install *	installs packages, as root
bench/run*	takes ten minutes
tests/run*	takes fifteen minutes
cmake *	builds everything
ctest *	is this test's own program
tests/*	takes minutes
cp impl/*	cli_new_implementation does it
build/release/ownbench *my_design*	cli_new_implementation does it
ownbench kernel *	boots virtual machines; cli_kernel does it
ownbench verify*	takes more than a minute with its negative controls; cli_verify does it
END
perf record -q -e cpu-clock -o perf.data true 2>/dev/null >&2 ||
	printf '%s\t%s\n' 'ownbench profile *' 'perf may not count here' >>exceptions

# Reads lines that may be examples, and prints those whose arguments are not placeholders such as DIR or [OPTION...].
runnable()
{
	sed -E 's/ {2,}#.*//; s/^ *//' | grep -E '^(ownbench|build/release/ownbench|bench/|tests/|cmake|ctest|cp) ?' |
		grep -vE '\[[^]]|\.\.\.|(^|[ =/>])[A-Z]+([ /=.]|$)'
}

help_examples()
{
	local command
	for command in $("$ownbench" --help | sed -n 's/^  \([a-z][a-z]*\) .*/\1/p'); do
		"$ownbench" "$command" --help | sed '1,/^examples:$/d'
	done
	"$ownbench" --help | sed '1,/^examples:$/d'
}

man_examples()
{
	"$ownbench" --man | mandoc -Tutf8 -O width=200 2>/dev/null | sed -n 's/.\x08//g; /^ \{8\}/p'
}

# Prints code blocks, and inline code that has at least two arguments or a design's name. Other inline code names an
# option or a command.
document_examples()
{
	local page
	for page in $(cd "$source_dir" && find . -path ./build -prune -o -path ./results/sweeps -prune -o -name '*.md' -print | sort); do
		sed -n 's/^    \{1,4\}\([a-z]\)/\1/p' "$source_dir/$page"
		grep -oE '`ownbench [a-z]+ ([^` ]+ [^`]*|--impl=[^`]*)`' "$source_dir/$page" | tr -d '`'
	done
}

reason_not_to_run()
{
	local pattern reason
	while IFS=$'\t' read -r pattern reason; do
		# shellcheck disable=SC2053 # a pattern
		[[ $1 == $pattern ]] || continue
		echo "$pattern" >>used
		echo "$reason"
		return
	done <exceptions
}

help_examples | runnable >of_help
man_examples | runnable >of_man
document_examples | runnable >of_documents
for from in of_help of_man of_documents; do
	[ "$(wc -l <$from)" -ge 10 ] || fail "fewer than ten examples $from: $(cat $from)"
done
grep -vxFf of_man of_help >missing
[ ! -s missing ] || fail "the man page lacks examples of --help: $(cat missing)"

mkdir -p bin build/release
ln -s "$ownbench" bin/ownbench
ln -s "$ownbench" build/release/ownbench
for folder in bench impl plots results tests; do
	ln -s "$source_dir/$folder" .
done
PATH=$work/bin:$PATH
: >used
cat of_help of_man of_documents | awk '!seen[$0]++' >examples
while read -r example; do
	reason=$(reason_not_to_run "$example")
	if [ "$reason" ]; then
		echo "not run, $reason: $example"
		continue
	fi
	begun=$SECONDS
	attempt timeout 120 bash -o pipefail -c "$example"
	case $example in
	*--replay=*) status=1 ;; # it reproduces a fault
	*) status=0 ;;
	esac
	[ "$got" = "$status" ] || { fail "exit status $got: $example"; cat err >&2; }
	[ $((SECONDS - begun)) -lt 5 ] || echo "took $((SECONDS - begun)) s: $example"
done <examples
while IFS=$'\t' read -r pattern reason; do
	grep -qxF -- "$pattern" used || [[ $pattern == *profile* ]] || fail "no example matches the exception '$pattern'"
done <exceptions
finish
