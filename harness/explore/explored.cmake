# SPDX-License-Identifier: MIT
# Builds implementations a second time, for the explorer: one generated file for each, which includes
# harness/explore/instance.c, and a generated list of them. And a third time, for the cost model.

# Appends to FILES, DECLARATIONS and ENTRIES of `target` one implementation; `define` chooses its adapter.
function(explored_instance dir id name source define)
  set(family ownership)
  set(about impl)
  if(source MATCHES "/(lifetime|configure)/(busted/)?[^/]*$")
    set(family ${CMAKE_MATCH_1})
    set(about impl.about)
    string(APPEND define "#define IMPL_STANDIN \"harness/explore/${family}/standin.h\"\n")
  endif()
  file(CONFIGURE OUTPUT ${dir}/${id}.c @ONLY CONTENT
"${define}#define IMPL_NAME \"${name}\"
#define IMPL_SYMBOL ${target}_${id}
#define IMPL_SOURCE \"${source}\"
#define IMPL_FAMILY explore_${family}
#define IMPL_ABOUT ${about}
#include \"harness/explore/instance.c\"
")
  set(FILES ${FILES} ${dir}/${id}.c PARENT_SCOPE)
  set(DECLARATIONS "${DECLARATIONS}extern const struct explored ${target}_${id};\n" PARENT_SCOPE)
  set(ENTRIES "${ENTRIES}\t&${target}_${id},\n" PARENT_SCOPE)
endfunction()

# Whether the implementation is built over a lock that is released by a plain store. Its executions
# under x86-TSO include all those over a lock whose release drains the store buffer.
function(release_is_store source result)
  set(${result} OFF PARENT_SCOPE)
  file(STRINGS ${source} over_any REGEX "^#include \"lock/any.h\"")
  if(NOT over_any)
    return()
  endif()
  file(GLOB adapters CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/impl/lock/*.h)
  list(FILTER adapters EXCLUDE REGEX "/any.h$")
  foreach(adapter ${adapters})
    file(STRINGS ${adapter} drains REGEX "^#define LOCK_RELEASE_DRAINS$")
    if(NOT drains)
      set(${result} ON PARENT_SCOPE)
    endif()
  endforeach()
endfunction()

# The same for each adapter that a file is built over. Locks and readers are not adapted but stood in
# for (harness/explore/standin.h, rwlock/any.h): over them an implementation is explored once.
function(explored_source dir source)
  get_filename_component(name ${source} NAME_WE)
  get_filename_component(folder ${source} DIRECTORY)
  get_filename_component(folder ${folder} NAME)
  if(folder MATCHES "^(busted|faulty)$")
    set(name ${folder}_${name})
  endif()
  # The threads explored are coroutines of one thread, and a flag's operations have no hook.
  file(STRINGS ${source} unseen REGEX "^[^*/]*(_Thread_local|__thread|atomic_flag)[^a-z]")
  if(unseen)
    message(STATUS "${name} is not explored, because of: ${unseen}")
    return()
  endif()
  set(define "")
  release_is_store(${source} stores)
  if(stores)
    set(define "#define IMPL_RELEASE_IS_STORE true\n")
  endif()
  file(STRINGS ${source} any REGEX "^#include \"[a-z]+/any.h\"")
  list(FILTER any EXCLUDE REGEX "\"(lock|rcu|rwlock)/any.h\"")
  if(any)
    string(REGEX REPLACE ".*\"([a-z]+)/any.h\".*" "\\1" over "${any}")
    string(TOUPPER ${over} OVER)
    file(GLOB adapters CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/impl/${over}/*.h)
    list(FILTER adapters EXCLUDE REGEX "/any.h$")
    file(STRINGS ${CMAKE_SOURCE_DIR}/impl/${over}/any.h own REGEX "^#define OVER_${OVER} ")
    foreach(adapter ${adapters})
      get_filename_component(base ${adapter} NAME_WE)
      set(shown "${name}<${base}>")
      if(own MATCHES "/${base}.h\"")
        set(shown ${name}) # as it is listed elsewhere
      endif()
      explored_instance(${dir} ${name}__${base} ${shown} ${source}
          "${define}#define OVER_${OVER} \"${over}/${base}.h\"\n")
    endforeach()
  else()
    explored_instance(${dir} ${name} ${name} ${source} "${define}")
  endif()
  set(FILES ${FILES} PARENT_SCOPE)
  set(DECLARATIONS ${DECLARATIONS} PARENT_SCOPE)
  set(ENTRIES ${ENTRIES} PARENT_SCOPE)
endfunction()

# explore_library(TARGET LIST SOURCE...): LIST is the name of the C array.
function(explore_library target list)
  set(dir ${CMAKE_CURRENT_BINARY_DIR}/explore/${target})
  set(FILES "")
  set(DECLARATIONS "")
  set(ENTRIES "")
  foreach(source ${ARGN})
    explored_source(${dir} ${source})
  endforeach()
  file(CONFIGURE OUTPUT ${dir}/list.c @ONLY CONTENT
"/* Generated. */
#include \"harness/explore/registry.h\"

#include <stddef.h>

${DECLARATIONS}
extern const struct explored *const ${list}[];
const struct explored *const ${list}[] = {
${ENTRIES}\tNULL,
};
")
  add_library(${target} STATIC EXCLUDE_FROM_ALL ${FILES} ${dir}/list.c)
  target_compile_options(${target} PRIVATE ${OWNBENCH_FLAGS}
      -Wno-unused-function -Wno-unused-const-variable -Wno-unused-value
      -fno-optimize-sibling-calls) # a function that ends with a lock is on the stack
  target_link_libraries(${target} PUBLIC harness)
endfunction()

file(GLOB EXPLORED_SOURCES CONFIGURE_DEPENDS
    ${CMAKE_SOURCE_DIR}/impl/*.c ${CMAKE_SOURCE_DIR}/impl/busted/*.c)
explore_library(explored explored_impls ${EXPLORED_SOURCES})

# The other families' ceilings are left out: they are set up before there is a machine, and do nothing
# that could be judged.
foreach(family lifetime configure)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/impl/${family}/*.c
      ${CMAKE_SOURCE_DIR}/impl/${family}/busted/*.c)
  list(FILTER sources EXCLUDE REGEX "/ceiling.c$")
  explore_library(explored_${family} explored_${family} ${sources})
endforeach()

# cost_library(TARGET LIST SOURCE...): the same for the cost model. The compiler calls __tsan_read4() and
# its kin at each plain access, as it does for the kernel's KCSAN; harness/cost/plain.c has them. In a
# sanitizer's build they are the sanitizer's: its list is empty.
function(cost_library target list)
  if(OWNBENCH_SANITIZE)
    explore_library(${target} ${list})
    return()
  endif()
  explore_library(${target} ${list} ${ARGN})
  target_compile_definitions(${target} PRIVATE OWNBENCH_COUNTED)
  target_compile_options(${target} PRIVATE -fsanitize=thread)
  if(CMAKE_C_COMPILER_ID MATCHES Clang) # a read just before a write, too, as gcc does
    target_compile_options(${target} PRIVATE
        "SHELL:-mllvm -tsan-instrument-read-before-write=1")
  endif()
endfunction()
cost_library(counted counted_impls ${EXPLORED_SOURCES})
