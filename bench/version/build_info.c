/* SPDX-License-Identifier: MIT */
#include "bench/version/build_info.h"

#include "bench/version/build_id.h"
#include "commit.h" /* made anew by each build */

const struct env_build *build_info(void)
{
	static char id[BUILD_ID_TEXT];
	static const struct env_build build = {
	    .compiler = BUILD_COMPILER,
	    .flags = BUILD_FLAGS,
	    .build_type = BUILD_TYPE,
	    .commit = BUILD_COMMIT,
	    .id = id,
	    .version = BUILD_VERSION,
	    .ck = BUILD_CK,
	    .liburcu = BUILD_LIBURCU,
	    .benchmark = BUILD_BENCHMARK,
	};

	build_id(id);
	return &build;
}
