# SPDX-License-Identifier: MIT
# Makes the mutants of a C source. Without variables it lists them, one a line, with tabs between the fields: number,
# line, function, operator, and the change. With -v only=NUMBER it prints the source with that change.
#
# It knows as much C as the designs need: it splits the text into tokens, and the bodies of functions into statements.
# Assertions, annotations for sanitizers, and setting up what libraries provide are not mutated: they decide no result.

{ text = text $0 "\n" }

END {
	made[text] # no mutant
	make_tokens(without_comments(text))
	for (i = 1; i <= nr_tokens; i++) {
		if (token[i] == "{" && !outer[i] && token[i - 1] == ")") {
			name = token[partner[i - 1] - 1]
			mutate_function(i, partner[i])
			i = partner[i]
		}
	}
}

# -- text --

# Replaces comments, literals and preprocessor lines by blanks, so that offsets stay those of the source.
function without_comments(s,    out, n)
{
	while (match(s, /\/\*|"|'|(^|\n)[ \t]*#/)) {
		out = out substr(s, 1, RSTART - 1)
		n = RSTART
		s = substr(s, n)
		if (substr(s, 1, 2) == "/*")
			n = index(s, "*/") + 1
		else if (substr(s, 1, 1) == "\"")
			match(s, /^"([^"\\]|\\.)*"/) && n = RLENGTH
		else if (substr(s, 1, 1) == "'")
			match(s, /^'([^'\\]|\\.)*'/) && n = RLENGTH
		else
			match(s, /^\n?([^\n\\]|\\\n|\\.)*/) && n = RLENGTH
		out = out blanks(substr(s, 1, n))
		s = substr(s, n + 1)
	}
	return out s
}

function blanks(s)
{
	gsub(/[^\n]/, " ", s)
	return s
}

function make_tokens(s,    at, depth, open)
{
	at = 1
	while (match(s, /[^ \t\n]/)) {
		at += RSTART - 1
		s = substr(s, RSTART)
		if (!match(s, /^[A-Za-z_][A-Za-z0-9_]*/) && !match(s, /^[0-9][A-Za-z0-9]*/) &&
		    !match(s, /^(->|\+\+|--|<<|>>|<=|>=|==|!=|&&|\|\||[-+|&*]=)/))
			RLENGTH = 1
		token[++nr_tokens] = substr(s, 1, RLENGTH)
		start[nr_tokens] = at
		end[nr_tokens] = at + RLENGTH - 1
		outer[nr_tokens] = depth ? open[depth] : 0
		if (token[nr_tokens] ~ /^[({[]$/)
			open[++depth] = nr_tokens
		else if (token[nr_tokens] ~ /^[])}]$/) {
			partner[nr_tokens] = open[depth]
			partner[open[depth]] = nr_tokens
			outer[nr_tokens] = outer[open[depth--]]
		}
		at += RLENGTH
		s = substr(s, RLENGTH + 1)
	}
}

# Returns the source from one token to another, on one line.
function source(from, to,    s)
{
	s = substr(text, start[from], end[to] - start[from] + 1)
	gsub(/\/\*([^*]|\*[^\/])*\*\//, "", s)
	gsub(/[ \t\n]+/, " ", s)
	return s
}

# -- mutants --

# Notes that the source from one token to another is to be replaced. Called from left to right.
function replace(from, to, by)
{
	edit_from[++nr_edits] = start[from]
	edit_to[nr_edits] = end[to]
	edit_by[nr_edits] = by
}

# Ends a mutant, which the edits since the last one make up.
function mutant(operator, what, at,    s, i, key)
{
	s = text
	for (i = nr_edits; i; i--)
		s = substr(s, 1, edit_from[i] - 1) edit_by[i] substr(s, edit_to[i] + 1)
	nr_edits = 0
	if (s in made)
		return
	made[s]
	key = name SUBSEP operator SUBSEP what
	if (++changes[key] > 1)
		what = what " #" changes[key]
	nr_mutants++
	if (only == nr_mutants)
		printf "%s", s
	else if (!only)
		printf "%d\t%d\t%s\t%s\t%s\n", nr_mutants, line_of(at), name, operator, what
}

function line_of(at,    s)
{
	s = substr(text, 1, start[at])
	return gsub(/\n/, "", s) + 1
}

# Replaces some tokens, and ends the mutant.
function change(operator, from, to, by)
{
	replace(from, to, by)
	mutant(operator, source(from, to) " -> " (by == "" ? "nothing" : by), from)
}

# -- statements --

# Reads the statement that begins at a token. Returns the first token after it.
function statement(at, block,    n)
{
	if (token[at] == "{")
		return statements(at, partner[at])
	n = ++nr_statements
	first[n] = at
	in_block[n] = block
	if (block) {
		before[n] = newest[block]
		after[newest[block]] = n
		newest[block] = n
	}
	at = statement_end(at)
	last[n] = at - 1
	return at
}

function statement_end(at)
{
	if (token[at] == "do") {
		at = statement(at + 1, 0)
		return partner[at + 1] + 2
	}
	if (token[at] ~ /^(if|while|for|switch|LIST_FOREACH)$/) {
		at = statement(partner[at + 1] + 1, 0)
		return token[at] == "else" ? statement(at + 1, 0) : at
	}
	while (token[at] != ";")
		at = (token[at] ~ /^[({[]$/ ? partner[at] : at) + 1
	return at + 1
}

function statements(from, to,    at)
{
	for (at = from + 1; at < to;)
		at = statement(at, from)
	return to + 1
}

function is_declaration(n)
{
	return token[first[n]] ~ /^[A-Za-z_]/ && token[first[n]] != "return" &&
		(token[first[n] + 1] ~ /^[A-Za-z_]/ || token[first[n] + 1] == "*" || token[first[n]] == "_Atomic")
}

function is_simple(n)
{
	return token[last[n]] == ";" && !is_declaration(n) &&
		token[first[n]] !~ /^(if|while|for|do|switch|LIST_FOREACH|return|break|continue|goto)$/
}

# Returns whether the statement begins with a call, and is nothing else.
function is_call(n)
{
	return token[first[n] + 1] == "(" && partner[first[n] + 1] == last[n] - 1
}

function takes_lock(n)
{
	return is_call(n) && token[first[n]] ~ /^(lock_acquire|reader_enter|pthread_mutex_lock|pthread_rwlock_(rd|wr)lock)$/
}

function gives_lock(n)
{
	return is_call(n) && token[first[n]] ~ /^(lock_release|reader_leave|pthread_mutex_unlock|pthread_rwlock_unlock)$/
}

# Returns whether a call of this function sets up or takes down what a library provides.
function is_life_cycle(called)
{
	return called != "atomic_init" && called ~ /_(init|destroy|setup|setkind_np)$/
}

# Returns whether no result depends on the statement.
function decides_nothing(n)
{
	return token[first[n]] ~ /^\(|assert|annotate/ || is_life_cycle(token[first[n]])
}

function is_fence(n)
{
	return is_call(n) && token[first[n]] ~ /^(atomic_thread_fence|atomic_signal_fence|fence_heavy|membarrier_light|membarrier_heavy|readers_wait|hazard_wait)$/
}

# -- operators --

function mutate_function(from, to,    n, from_statement)
{
	from_statement = nr_statements + 1
	statements(from, to)
	for (n = from_statement; n <= nr_statements; n++)
		mutate_statement(n, from_statement)
	mutate_tokens(from, to)
}

function mutate_statement(n, from_statement)
{
	if (takes_lock(n)) {
		unlocked(n)
		moved_out(after[n], n, after[n], "before")
	} else if (gives_lock(n)) {
		change("unlock", first[n], last[n], ";")
		moved_out(before[n], before[n], n, "after")
	} else if (is_fence(n)) {
		change("fence", first[n], last[n], ";")
	} else if (is_simple(n) && !decides_nothing(n)) {
		dropped(n)
	} else if (token[first[n]] == "return") {
		returned(n)
	} else if (token[first[n]] ~ /^(if|while)$/) {
		conditional(first[n] + 1)
	}
	if (token[first[n]] == "do")
		conditional(partner[last[n] - 1])
}

# Takes no lock: removes the statement and each release of what it takes.
function unlocked(n,    i, taken)
{
	taken = source(first[n] + 1, last[n])
	replace(first[n], last[n], ";")
	for (i = n + 1; i <= nr_statements; i++) {
		if (gives_lock(i) && source(first[i] + 1, last[i]) == taken)
			replace(first[i], last[i], ";")
	}
	mutant("lock", "no " source(first[n], last[n]), first[n])
}

# Exchanges two neighbours, of which one takes or gives a lock, and the other is moved out of its region.
function moved_out(moved, one, two, where)
{
	if (!moved || is_declaration(moved) || takes_lock(moved) || gives_lock(moved) || token[first[moved]] == "return")
		return
	if (decides_nothing(moved))
		return
	replace(first[one], last[two], source(first[two], last[two]) " " source(first[one], last[one]))
	mutant("move", source(first[moved], last[moved]) " " where " " source(first[moved == one ? two : one],
		last[moved == one ? two : one]), first[moved])
}

function dropped(n,    at)
{
	change("drop", first[n], last[n], ";")
	at = first[n]
	while (at < last[n] && token[at] != "=")
		at++
	if (token[at] == "=" && token[at + 2] == "(" && partner[at + 2] == last[n] - 1) {
		replace(first[n], at, "(void)")
		mutant("result", "result unused: " source(first[n], last[n]), first[n])
	}
}

function returned(n,    at)
{
	at = first[n] + 1
	if (token[at + 1] == "(" && partner[at + 1] == last[n] - 1 && !is_life_cycle(token[at])) {
		replace(at, last[n] - 1, "(" source(at, last[n] - 1) ", 0)")
		mutant("result", source(at, last[n] - 1) " -> 0", at)
	}
}

# Never or always takes the branch whose condition is in these parentheses.
function conditional(open)
{
	change("branch", open, partner[open], "(0 && " source(open, partner[open]) ")")
	if (token[open - 1] == "if")
		change("branch", open, partner[open], "(1 || " source(open, partner[open]) ")")
}

function mutate_tokens(from, to,    i)
{
	split("", loaded)
	for (i = from + 1; i < to; i++) {
		if (in_assertion(i))
			continue
		weaken(i)
		split_up(i)
		operand(i)
		compare(i)
		count(i)
		word_term(i)
		ignore_result(i)
		stale(i)
	}
}

function in_assertion(i)
{
	for (i = outer[i]; i; i = outer[i]) {
		if (token[i] == "(" && token[i - 1] ~ /assert|annotate/)
			return 1
	}
	return 0
}

function weaken(i,    called, weaker)
{
	called = token[outer[i] - 1]
	if (token[i] ~ /^memory_order_(acquire|release)$/) {
		change("order", i, i, "memory_order_relaxed")
	} else if (token[i] == "memory_order_acq_rel") {
		change("order", i, i, "memory_order_acquire")
		change("order", i, i, "memory_order_release")
	} else if (token[i] == "memory_order_seq_cst" && called !~ /signal_fence/) {
		weaker = called ~ /load/ ? "acquire" : called ~ /store/ ? "release" : "acq_rel"
		change("order", i, i, "memory_order_" weaker)
	}
}

# Replaces a read-modify-write by a load and a store (split.h).
function split_up(i)
{
	if (token[i] ~ /^atomic_(fetch_(add|sub|or|and)|exchange|compare_exchange_(weak|strong))_explicit$/)
		change("split", i, i, "split_" token[i])
}

# Drops an operand of && or ||, a negation, or the condition of ?:.
function operand(i,    from, to)
{
	if (token[i] ~ /^(&&|\|\|)$/) {
		from = operand_start(i)
		to = operand_end(i)
		change("branch", from, i, "")
		change("branch", i, to, "")
	} else if (token[i] == "?") {
		change("branch", i, i, "&& 0 ?")
		change("branch", i, i, "|| 1 ?")
	} else if (token[i] == "!") {
		change("compare", i, i, "")
	}
}

function ends_operand(i)
{
	return token[i] ~ /^(&&|\|\||[?:;,]|=|return)$/
}

function operand_start(i)
{
	for (i--; token[i] !~ /^[({[]$/ && !ends_operand(i); i--)
		i = token[i] ~ /^[])}]$/ ? partner[i] : i
	return i + 1
}

function operand_end(i)
{
	for (i++; token[i] !~ /^[])}]$/ && !ends_operand(i); i++)
		i = token[i] ~ /^[({[]$/ ? partner[i] : i
	return i - 1
}

# Inverts an equality, makes it hold for any owner, or moves a bound by one.
function compare(i)
{
	if (token[i] == "==" || token[i] == "!=") {
		change("compare", i, i, token[i] == "==" ? "!=" : "==")
		if (operand_end(i) == i + 1 && token[i + 1] !~ /^(0|NULL)$/)
			change("owner", i, i + 1, token[i] == "==" ? "!= 0" : "== 0")
	} else if (token[i] ~ /^[<>]$/) {
		change("bound", i, i, token[i] "=")
	} else if (token[i] ~ /^[<>]=$/) {
		change("bound", i, i, substr(token[i], 1, 1))
	}
}

# Counts not at all, or by one too many.
function count(i)
{
	if ((token[i] == "++" || token[i] == "--") && token[outer[i] - 1] != "for")
		change("count", i, i, "")
	else if (token[i] ~ /^[0-9]+$/ && token[i - 1] !~ /^(return|[?:])$/)
		change("count", i, i, token[i] + 1)
	else if (token[i] == "true" || token[i] == "false")
		change("count", i, i, token[i] == "true" ? "false" : "true")
}

# Drops an epoch, a count or a mask from a word.
function word_term(i)
{
	if (token[i] ~ /^[-+|&]$/ && token[i + 1] ~ /^[A-Z][A-Z0-9_]+$/ && token[i - 1] ~ /^([A-Za-z0-9_]+|[])])$/ &&
	    token[i - 1] != "return")
		change("epoch", i, i + 1, "")
}

# Reports success for a failure, or takes the outcome of a call for granted.
function ignore_result(i,    close_)
{
	if (token[i] ~ /^E[A-Z]+$/ && token[i] != "ENOMEM" && token[i - 1] == "-")
		change("result", i - 1, i, "0")
	if (token[i + 1] != "(" || token[i] !~ /^[a-z][a-z_0-9]*$/ || token[i] ~ /^(if|while|for|return|sizeof|switch)$/ ||
	    is_life_cycle(token[i]))
		return
	close_ = partner[i + 1]
	if (token[i - 1] ~ /^(!|&&|\|\||return)$/ && token[close_ + 1] ~ /^([?)]|&&|\|\|)$/ ||
	    token[i - 1] == "(" && partner[i - 1] == close_ + 1 && token[i - 2] ~ /^(if|while)$/) {
		replace(i, close_, "(" source(i, close_) ", 1)")
		mutant("result", source(i, close_) " -> true", i)
		replace(i, close_, "(" source(i, close_) ", 0)")
		mutant("result", source(i, close_) " -> false", i)
	}
}

# Uses what was loaded from a location before instead of loading again, or what a failed compare-and-swap expected
# instead of what it found.
function stale(i,    place)
{
	if (token[i] == "&" && token[outer[i] - 1] ~ /compare_exchange|_(get|put|change)$/ && token[i - 1] == "," &&
	    token[i + 2] == ",")
		change("stale", i, i + 1, "&(__typeof__(" token[i + 1] ")){" token[i + 1] "}")
	if (token[i] !~ /^(atomic_load_explicit|fence_look)$/)
		return
	place = i + 2
	while (token[place + 1] !~ /^[,)]$/)
		place = (token[place + 1] ~ /^[([]$/ ? partner[place + 1] : place + 1)
	place = source(i + 2, place)
	if (place in loaded) {
		replace(i, partner[i + 1], loaded[place])
		mutant("stale", source(i, partner[i + 1]) " -> " loaded[place], i)
	} else if (token[i - 1] == "=") {
		loaded[place] = token[i - 2]
	}
}
