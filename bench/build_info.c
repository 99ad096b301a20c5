/* SPDX-License-Identifier: MIT */
#include "bench/build_info.h"

#include "commit.h" /* made anew by each build */

const struct env_build *build_info(void)
{
	static const struct env_build build = {
	    .compiler = BUILD_COMPILER,
	    .flags = BUILD_FLAGS,
	    .build_type = BUILD_TYPE,
	    .commit = BUILD_COMMIT,
	    .version = BUILD_VERSION,
	    .ck = BUILD_CK,
	    .liburcu = BUILD_LIBURCU,
	    .benchmark = BUILD_BENCHMARK,
	};

	return &build;
}
