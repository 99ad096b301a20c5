/* SPDX-License-Identifier: MIT */
#include "bench/claims/rules.h"

#include <math.h>

const char *claim_verdict_name(enum claim_verdict verdict)
{
	static const char *const names[] = {
	    [CLAIM_CONFIRMED] = "confirmed",
	    [CLAIM_REFUTED] = "refuted",
	    [CLAIM_BOUNDARY] = "boundary",
	    [CLAIM_UNDECIDED] = "undecided",
	};

	return names[verdict];
}

enum claim_verdict rule_witness(
    uint64_t witnesses, bool complete, enum claim_verdict found, enum claim_verdict none)
{
	if (witnesses)
		return found;
	return complete ? none : CLAIM_UNDECIDED;
}

/* With too few repetitions there is no interval: both its ends are NAN. */
static bool is_known(struct interval i)
{
	return !isnan(i.low) && !isnan(i.high);
}

enum claim_verdict rule_equal(struct interval ratio, double tolerance)
{
	const double least = 1 / (1 + tolerance), most = 1 + tolerance;

	if (!is_known(ratio))
		return CLAIM_UNDECIDED;
	if (ratio.low >= least && ratio.high <= most)
		return CLAIM_CONFIRMED;
	return ratio.high < least || ratio.low > most ? CLAIM_REFUTED : CLAIM_UNDECIDED;
}

enum claim_verdict rule_above(struct interval figure, double limit)
{
	if (!is_known(figure))
		return CLAIM_UNDECIDED;
	if (figure.low > limit)
		return CLAIM_CONFIRMED;
	return figure.high <= limit ? CLAIM_REFUTED : CLAIM_UNDECIDED;
}

enum claim_verdict rule_part(unsigned int nr, unsigned int all)
{
	if (!nr)
		return CLAIM_REFUTED;
	return nr == all ? CLAIM_CONFIRMED : CLAIM_BOUNDARY;
}

enum claim_verdict rule_breaks(unsigned int these, unsigned int those)
{
	if (!these)
		return CLAIM_REFUTED;
	return those ? CLAIM_BOUNDARY : CLAIM_CONFIRMED;
}

enum claim_verdict rule_break_even(struct interval at, double least, double most)
{
	if (!is_known(at) || at.low <= 0)
		return CLAIM_UNDECIDED;
	if (at.high < least)
		return CLAIM_CONFIRMED;
	return at.low > most ? CLAIM_REFUTED : CLAIM_BOUNDARY;
}

static bool is_below(struct interval i, double limit)
{
	return is_known(i) && i.high < limit;
}

size_t rule_last_below(const struct interval *ratio, size_t nr, double limit)
{
	while (nr && !is_below(ratio[nr - 1], limit))
		nr--;
	return nr;
}

enum claim_verdict rule_stays_below(
    const struct interval *ratio, size_t nr, double limit, size_t *first)
{
	bool below = nr > 0;

	*first = nr;
	for (size_t i = 0; i < nr; i++)
		below = below && is_below(ratio[i], limit);
	if (below)
		return CLAIM_CONFIRMED;
	while (*first && is_known(ratio[*first - 1]) && ratio[*first - 1].low > limit)
		--*first;
	if (*first == nr)
		return CLAIM_UNDECIDED;
	return *first ? CLAIM_BOUNDARY : CLAIM_REFUTED;
}
