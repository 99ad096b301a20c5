# SPDX-License-Identifier: MIT
# The order of the folders is enforced. In a made-up tree an include against that order is refused, and a call upwards
# does not link.
source "$(dirname "$0")/lib.sh" "$@"

mkdir -p harness/{low/deep,high,beside,new} bench/{one,two} impl/{lock,family}
cat >harness/README.md <<'EOF'
| folder | job |
|---|---|
| `./` | what all use |
| `low/` | is called |
| `high/`, `beside/` | call |
EOF
touch impl/impl.h impl/lock/mutex.h impl/family/family.h harness/{base,low/low,low/deep/deep,high/high,new/new}.h bench/{one/one,two/two}.h

# include FILE INCLUDED...: appends #include lines to a file.
include()
{
	printf '#include "%s"\n' "${@:2}" >>"$1"
}
include impl/design.c impl.h lock/mutex.h
include harness/low/low.h harness/base.h impl.h family/family.h
include harness/low/low.c harness/low/low.h
include harness/low/deep/deep.h harness/low/low.h
include harness/high/high.c harness/low/low.h harness/base.h generated.h
include bench/one/one.h bench/two/two.h harness/high/high.h
expect 0 "$source_dir/tests/includes" .

# refused TEXT FILE INCLUDED: checks that adding this include is refused with TEXT.
refused()
{
	[ ! -e "$2" ] || cp "$2" kept
	include "$2" "$3"
	expect 1 "$source_dir/tests/includes" .
	expect_line "includes: $1"
	rm "$2"
	[ ! -e kept ] || mv kept "$2"
}
refused "harness/low/low.h:4: includes harness/high/high.h, but high/ is not above low/ in the table of harness/README.md" \
	harness/low/low.h harness/high/high.h
refused "harness/beside/beside.c:1: includes harness/high/high.h, but high/ is not above beside/" harness/beside/beside.c harness/high/high.h
refused "harness/base.h:1: includes harness/low/low.h, but low/ is not above ./" harness/base.h harness/low/low.h
refused "harness/high/high.c:4: includes harness/new/new.h, but new/ is not above high/" harness/high/high.c harness/new/new.h
refused "harness/new/new.h:1: new/ is missing in the table of harness/README.md" harness/new/new.h harness/base.h
refused "harness/high/high.c:4: harness/ includes bench/two/two.h, but bench/ is above it" harness/high/high.c bench/two/two.h
refused "impl/design.c:3: an implementation includes harness/base.h, which is not in impl/" impl/design.c harness/base.h
refused "harness/high/high.c:4: includes impl/lock/mutex.h, which is no contract of impl/" harness/high/high.c lock/mutex.h
refused "bench/two/two.h:1: includes impl/design.c, which is no contract of impl/" bench/two/two.h impl/design.c
refused "folders include each other in a cycle: bench/one bench/two" bench/two/two.h bench/one/one.h
refused "folders include each other in a cycle: harness/low harness/low/deep" harness/low/low.c harness/low/deep/deep.h
include harness/low/more.c harness/low/more.h
include harness/low/more.h harness/low/low.h
refused "files of harness/ include each other in a cycle: harness/low/low harness/low/more" harness/low/low.c harness/low/more.h

# Each folder is linked only with the folders below it.
rm harness/low/more.[ch]
cat >CMakeLists.txt <<EOF
cmake_minimum_required(VERSION 3.25)
project(layers LANGUAGES C)
add_library(harness_common INTERFACE)
include("$source_dir/harness/layers.cmake")
add_layers(harness)
EOF
# call FILE FUNCTION CALLED: writes a file with a function that calls another.
call()
{
	printf 'int %s(void);\nint %s(void);\nint %s(void)\n{\n\treturn %s();\n}\n' "$2" "$3" "$2" "$3" >"$1"
}
call harness/base.c base getpid
call harness/low/low.c low base
call harness/low/deep/deep.c deep low
call harness/high/high.c high deep
call harness/beside/beside.c beside low
compiler=$(sed -n 's/^CMAKE_C_COMPILER:[A-Z]*=//p' "$build_dir/CMakeCache.txt")
cmake -G Ninja -B build -DCMAKE_C_COMPILER="$compiler" >log 2>&1 && cmake --build build >>log 2>&1 ||
	{ tail -n 20 log >&2; fail "calls downwards do not link"; }

# call_refused FILE FUNCTION CALLED: checks that this call does not link.
call_refused()
{
	cp "$1" kept
	call "$@"
	! cmake --build build >log 2>&1 || fail "a forbidden call links: $*"
	grep -q "undefined reference to .$3'" log || { tail -n 20 log >&2; fail "a call upwards is not refused: $*"; }
	cp kept "$1"
}
call_refused harness/base.c base low
call_refused harness/low/deep/deep.c deep high
call_refused harness/beside/beside.c beside high
finish
