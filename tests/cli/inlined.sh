# SPDX-License-Identifier: MIT
# The measured loops of the implementations without a library call hold no call at all: neither one
# through the table of operations nor one of the harness.
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
	find "$build_dir" -path "*instance_$1.dir*" -name 'instance.c.o' | head -1
}

for id in ceiling rcu_driver__urcu_qsbr; do
	object=$(object_of "$id")
	[ -n "$object" ] || { fail "no object of $id"; continue; }
	objdump -d "$object" | grep -q '<pairs_ops>:' || fail "$id: no loop pairs_ops"
	[ -z "$(calls_in "$object" pairs_ops)" ] ||
		fail "$id: calls in the loop: $(calls_in "$object" pairs_ops)"
done

# Where a lock's function has to be called, nothing is called through a pointer.
for id in mutex_count list_walk rcu_driver__ck_epoch rcu_driver__urcu_memb; do
	object=$(object_of "$id")
	for loop in pairs_ops mixed_ops pairs_probe mixed_probe; do
		objdump -d --no-show-raw-insn "$object" | grep -q "<$loop>:" || fail "$id: no $loop"
		calls_in "$object" "$loop" | grep -E '\*|blr' && fail "$id: indirect call in $loop"
	done
done
finish
