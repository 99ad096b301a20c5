# SPDX-License-Identifier: MIT
# The measured loops of implementations without a library contain no call: neither through the table of operations nor
# to the harness.
source "$(dirname "$0")/lib.sh" "$@"

calls_in()
{
	objdump -d --no-show-raw-insn "$1" | awk -v f="<$2>:" '
		index($0, f) { inside = 1; next }
		inside && /^$/ { exit }
		inside && /[[:space:]](call|bl|blr|jmp)[[:space:]]+\*/ { print; next }
		inside && /[[:space:]](call|bl|blr)[[:space:]]/ { print }'
}

object_of()
{
	find "$build_dir" -path "*/instances/ownership/$1.c.o" | head -1
}

# Prints the read-modify-writes and fences in x86 and Arm code, without store-releases and padding (xchg %ax,%ax).
costly_in()
{
	objdump -d --no-show-raw-insn "$1" | awk -v f="<$2>:" '
		index($0, f) { inside = 1; next }
		inside && /^$/ { exit }
		inside && !/xchg +%ax,%ax/ && /[[:space:]](lock|xchg|mfence|dmb|dsb|ldaxr|ldxr|cas|swp|ldadd)/ { print }'
}

for id in ceiling rcu_driver__urcu_qsbr; do
	object=$(object_of "$id")
	[ -n "$object" ] || { fail "the build has no object of $id"; continue; }
	objdump -d "$object" | grep -q '<pairs_ops>:' || fail "$id has no function pairs_ops"
	[ -z "$(calls_in "$object" pairs_ops)" ] ||
		fail "the loop of $id calls functions: $(calls_in "$object" pairs_ops)"
done

# With an asymmetric fence, the inlined code of a slot has neither a read-modify-write nor a fence, because conflicts
# are resolved out of line. With the other adapters it has them, which shows that the pattern matches. device_slots
# also inlines the additions and the subtraction that count a driver in a shard or in the word.
for id in device_slots device_slots_unguarded; do
	costly=$(costly_in "$(object_of "$id")" pairs_ops)
	[ $id != device_slots ] || costly=$(grep -vE '[[:space:]](lock (xadd|(sub|add)q? +\$0x(10|fffffffffffffff0),)|ldadd)' <<<"$costly")
	[ -z "$costly" ] || fail "the loop of $id has costly instructions: $costly"
	calls_in "$(object_of "$id")" pairs_ops | grep -E '\*|blr' && fail "the loop of $id has an indirect call"
done
for over in seq_cst exchange; do
	[ -n "$(costly_in "$(object_of "device_slots__$over")" pairs_ops)" ] ||
		fail "device_slots<$over>: no fence and no read-modify-write is seen"
done

# If a library's lock function has to be called, it must not be called through a pointer.
for id in mutex_count list_walk rcu_driver__ck_epoch rcu_driver__urcu_memb; do
	object=$(object_of "$id")
	for loop in pairs_ops mixed_ops pairs_probe mixed_probe; do
		objdump -d --no-show-raw-insn "$object" | grep -q "<$loop>:" || fail "$id has no function $loop"
		calls_in "$object" "$loop" | grep -E '\*|blr' && fail "$loop of $id has an indirect call"
	done
done
finish
