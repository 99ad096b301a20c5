# SPDX-License-Identifier: MIT
# ownbench kernel run --host and profile --host load the module into the running kernel. This test runs them as root in
# a virtual machine, never on this machine.
source "$(dirname "$0")/lib.sh" "$@"

expect 2 "$ownbench" kernel profile --impl=mutex_count
expect_line "profile needs --host, because a virtual machine has no perf"
expect 2 "$ownbench" kernel check --host
expect_line "--host cannot be combined with check"
if [ "$(id -u)" = 0 ]; then
	expect 2 setpriv --reuid=65534 --clear-groups "$ownbench" kernel run --host
	expect_line "--host: must be root, with the capability CAP_SYS_MODULE, to load a module into this kernel"
fi
need_guest

# add PROGRAM: copies a program into the virtual machine, with its libraries.
add()
{
	local file
	file=$(command -v "$1") || return
	cp -L "$file" root/bin
	ldd "$file" | awk '/=> \//{ print $3 } /^[ \t]*\//{ print $1 }' | while read -r library; do
		mkdir -p "root$(dirname "$library")"
		cp -nL "$library" "root$library"
	done
}

release=$("$source_dir/harness/kernel/release" "${XDG_CACHE_HOME:-$HOME/.cache}/ownbench")
module=$("$ownbench" kernel build --kernel="$release") || { fail "the module cannot be built"; finish; }
image=$("$source_dir/harness/kernel/image" "$release" "$(dirname "$module")") || { fail "no image"; finish; }
cache=root/cache/ownbench/$release
mkdir -p root/{bin,dev,proc,sys,tmp} "$cache" "root$source_dir/harness"
cp -r "$source_dir/impl" "root$source_dir/impl"
cp -r "$source_dir/harness/kernel" "root$source_dir/harness/kernel"
cp "$module" "$module.sum" "$module.designs" "$cache"
cp "$(command -v busybox)" root/bin/busybox
add "$ownbench"
add flock
if add perf && add addr2line; then
	profile=1
fi

# Each line of the file `commands` has a number and a command. The virtual machine prefixes each command's output with
# its number.
cat >root/init <<'EOF2'
#!/bin/busybox sh
export PATH=/bin HOME=/ XDG_CACHE_HOME=/cache LC_ALL=C
/bin/busybox --install -s /bin
mount -t devtmpfs dev /dev
mount -t proc proc /proc
mount -t sysfs sysfs /sys
cd /tmp
while read -r number command; do
	(eval "$command") </dev/null 2>&1 | sed "s/^/said-$number /"
	[ ! -d /sys/module/ownbench ] || echo "said-$number the module is still loaded"
done </commands
poweroff -f
EOF2
chmod +x root/init
cat >root/commands <<'EOF2'
1 ownbench kernel run --host; echo status $?
2 mount -t debugfs debugfs /sys/kernel/debug
3 ownbench kernel run --host --kernel=6.12.1-none; echo status $?
4 ownbench kernel run --host --impl=kernel_iommu,packed_cas,ceiling --duration=1 --repetitions=2 --out=sweep; echo status $?; wc -l <sweep/runs.jsonl
5 ownbench kernel run --host --impl=ceiling --workload=busy --duration=1 --repetitions=5 --json; echo status $?
6 ownbench kernel run --host --impl=ceiling --duration=60 --repetitions=1 & until ps | grep -q '[o]wnbench/0'; do sleep 0.1; done; kill -INT $!; wait $!; echo status $?; ls /tmp
EOF2
if [ "${profile:-}" ]; then
	echo '7 ownbench kernel profile --host --impl=mutex_count --depth=ops --duration=5 --out=profile; echo status $?; cat profile/perf.log' >>root/commands
else
	echo "not covered: kernel profile --host, without perf"
fi
(cd root && find . | cpio -o -H newc --quiet) >initrd
timeout 900 qemu-system-x86_64 -M q35 -accel tcg,thread=multi -cpu max -smp 2 -m 1024 -nodefaults -display none \
	-serial stdio -no-reboot -kernel "$image" -initrd initrd -append "console=ttyS0 quiet panic=-1 oops=panic panic_on_warn=1" \
	</dev/null | tr -d '\r' >console || fail "the virtual machine did not end"

# said NUMBER PATTERN: checks that a line of the command's output matches.
said()
{
	grep -qE "^said-$1 $2" console || { fail "command $1 did not say: $2"; grep "^said-$1 " console >&2; }
}

said 1 "ownbench kernel: --host: debugfs is not mounted; run: mount -t debugfs debugfs /sys/kernel/debug$"
said 1 "status 2$"
said 3 "ownbench kernel: --kernel=6.12.1-none: with --host, must be the running kernel, $release$"
said 4 "ownbench kernel: loading a module into this kernel"
said 4 "kernel $release, on this machine"
said 4 "kernel_iommu +exact +[0-9]+ +1\.000 "
said 4 "status 0$"
said 4 "6$"
said 5 '\{"design":"ceiling",.*"accelerator":"none".*"violations":[1-9]'
said 5 "status 1$"
said 6 "ownbench kernel: interrupted$"
said 6 "status 130$"
grep -q "^said-6 ownbench-guest" console && fail "files are left after Ctrl-C"
if [ "${profile:-}" ]; then
	said 7 "[1-9][0-9]* samples of "
	said 7 " +[0-9.]+%  [a-z_]+ +impl/mutex_count.c:[0-9]+ +lock_(acquire|release)\("
	said 7 "status 0$"
fi
grep -q "the module is still loaded" console && { fail "the module is left in the kernel"; cat console >&2; }
[ "$failures" = 0 ] || tail -n 40 console >&2
finish
