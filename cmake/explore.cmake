# SPDX-License-Identifier: MIT
# Builds implementations a second time, for the explorer: one generated file for each, which includes
# harness/explore/instance.c, and a generated list of them.

# explore_library(TARGET LIST SOURCE...): LIST is the name of the C array.
function(explore_library target list)
  set(dir ${CMAKE_CURRENT_BINARY_DIR}/explore/${target})
  set(files "")
  set(declarations "")
  set(entries "")
  foreach(source ${ARGN})
    get_filename_component(name ${source} NAME_WE)
    get_filename_component(folder ${source} DIRECTORY)
    get_filename_component(folder ${folder} NAME)
    if(folder STREQUAL busted)
      set(name busted_${name})
    endif()
    file(CONFIGURE OUTPUT ${dir}/${name}.c CONTENT
"#define IMPL_NAME \"${name}\"
#define IMPL_SYMBOL explored_${name}
#define IMPL_SOURCE \"${source}\"
#include \"harness/explore/instance.c\"
" @ONLY)
    list(APPEND files ${dir}/${name}.c)
    string(APPEND declarations "extern const struct explored explored_${name};\n")
    string(APPEND entries "\t&explored_${name},\n")
  endforeach()
  file(CONFIGURE OUTPUT ${dir}/list.c CONTENT
"#include \"harness/explore/registry.h\"

#include <stddef.h>

${declarations}
extern const struct explored *const ${list}[];
const struct explored *const ${list}[] = {
${entries}\tNULL,
};
" @ONLY)
  add_library(${target} STATIC ${files} ${dir}/list.c)
  target_compile_options(${target} PRIVATE ${OWNBENCH_FLAGS}
      -Wno-unused-function -Wno-unused-const-variable -Wno-unused-value)
  target_link_libraries(${target} PUBLIC harness)
endfunction()

file(GLOB EXPLORED_SOURCES CONFIGURE_DEPENDS
    ${CMAKE_SOURCE_DIR}/impl/*.c ${CMAKE_SOURCE_DIR}/impl/busted/*.c)
explore_library(explored explored_impls ${EXPLORED_SOURCES})
