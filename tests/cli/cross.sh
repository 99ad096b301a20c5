# SPDX-License-Identifier: MIT
# tests/cross builds for other architectures, which takes too long here. This test checks that the script can start.
source "$(dirname "$0")/lib.sh" "$@"

expect 0 bash -n "$source_dir/tests/cross"
expect 0 "$source_dir/tests/cross" --list
grep -q -x 'aarch64 arm64' out || fail "aarch64 is not listed: $(cat out)"
expect 2 "$source_dir/tests/cross" aarch64 vax
expect_line "tests/cross: vax: no such architecture; --list shows them"
finish
