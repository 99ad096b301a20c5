# SPDX-License-Identifier: MIT
# tests/sample_text: the same seed draws the same sample, another seed another one, and each text is at the given
# place.
source "$(dirname "$0")/lib.sh" "$@"

sample=$source_dir/tests/sample_text
expect 2 "$sample"
expect_line "usage: tests/sample_text SEED"
drawn=0
for seed in 1 1 2; do
	expect 0 "$sample" $seed
	[ -s err ] && fail "seed $seed prints an error: $(head -n 1 err)"
	drawn=$((drawn + 1))
	cp out "sample.$drawn"
done
cmp -s sample.1 sample.2 || fail "the same seed drew another sample"
cmp -s sample.1 sample.3 && fail "another seed drew the same sample"
[ "$(grep '^==' out | tr '\n' ' ')" = "== 60 comments == 30 paragraphs of documentation == 37 help texts and messages " ] ||
	fail "the sample has other headings: $(grep '^==' out)"
[ "$(grep -c '^   \[ \] clear  \[ \] awkward  \[ \] cryptic$' out)" = 127 ] || fail "the sample has more or fewer than 127 texts"

sed -n 's/^[0-9]*\. \(.*\):\([0-9]*\)$/\1 \2/p' out >places
[ "$(wc -l <places)" = 127 ] || fail "the sample has more or fewer than 127 places"
while read -r file line; do
	[ "$(wc -l <"$source_dir/$file")" -ge "$line" ] || fail "$file has no line $line"
done <places

# Literals and here-documents contain no comments, whatever they look like. Consecutive lines that begin with // form
# one comment.
mkdir -p tree/bench tree/harness tree/impl tree/plots tree/tests
cp "$sample" tree/tests
cat >tree/bench/a.c <<'END'
const char *pattern = "\"bench/*.c"; /* files to compile */
const char quote = '"', *url = "http:// a b"; /* where to look */
const char *schema = "name points[point ?unit", *text = "no such name";
END
cat >tree/plots/a.js <<'END'
// Draws the chart
// in two colours.
const WIDTH = 8; // in pixels of it
END
cat >tree/tests/a.sh <<'END'
cat <<-EOF
	# not a comment of this script
	EOF
# Prints one line.
END
expect 0 tree/tests/sample_text 1
grep '^   [^[]' out | sed 's/ *$//' | LC_ALL=C sort >texts
cmp -s texts - <<'END' || fail "other texts are drawn from the tree: $(cat texts)"
    Draws the chart in two colours.
    Prints one line.
   const WIDTH = 8; in pixels of it
   const char *pattern = "\"bench/*.c";  files to compile
   const char quote = '"', *url = "http:// a b";  where to look
   no such name
END
finish
