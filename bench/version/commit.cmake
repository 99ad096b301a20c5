# SPDX-License-Identifier: MIT
cmake_minimum_required(VERSION 3.25)
# Writes commit.h if the commit has changed: cmake -DSOURCE=... -DOUT=... -P commit.cmake
execute_process(COMMAND git -C ${SOURCE} describe --always --dirty --abbrev=12
    OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
if(failed)
  set(commit "unknown")
endif()
file(CONFIGURE OUTPUT ${OUT} CONTENT "#define BUILD_COMMIT \"@commit@\"\n" @ONLY)
