# SPDX-License-Identifier: MIT
# Builds the implementations of all families, each as an instance of up to three kinds:
#
#	measured  the family's loops, bench/<family>/instance.c
#	explored  over the explorer's stand-ins, harness/explore/instance.c
#	counted   over the same stand-ins, for the cost model
#
# For each instance a generated file defines the macros that name it, and includes the one above.

# Appends an instance to the lists of add_instances(); `define` chooses its adapter.
macro(append_instance id name source define)
  file(RELATIVE_PATH shown ${CMAKE_SOURCE_DIR} ${source})
  set(included ${template})
  if(shown MATCHES "^bench/") # it has loops of its own
    set(included ${shown})
  endif()
  file(CONFIGURE OUTPUT ${dir}/${id}.c @ONLY CONTENT
"${define}#define IMPL_SOURCE \"${source}\"
#define INSTANCE ${target}_${id}
#define INSTANCE_NAME \"${name}\"
#define INSTANCE_FILE \"${shown}\"
${defines}#include \"${included}\"
")
  list(APPEND files ${dir}/${id}.c)
  string(APPEND declarations "extern const struct ${type} ${target}_${id};\n")
  string(APPEND entries "\t&${target}_${id},\n")
endmacro()

# Whether an explored implementation is built over a lock that is released by a plain store: over any lock, or
# over the adapter that it includes by name. Its executions under x86-TSO include all those over a lock whose
# release drains the store buffer.
function(release_is_store source result)
  set(${result} OFF PARENT_SCOPE)
  file(STRINGS ${source} over REGEX "^#include \"lock/[a-z0-9_]+.h\"")
  string(REGEX REPLACE "[^\"]*\"lock/([a-z0-9_]+).h\"" "\\1" over "${over}")
  if(NOT over)
    return()
  endif()
  file(GLOB adapters CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/impl/lock/*.h)
  list(FILTER adapters EXCLUDE REGEX "/any.h$")
  if(NOT over STREQUAL "any")
    list(FILTER adapters INCLUDE REGEX "/${over}.h$")
  endif()
  foreach(adapter ${adapters})
    file(STRINGS ${adapter} drains REGEX "^#define LOCK_RELEASE_DRAINS$")
    if(NOT drains)
      set(${result} ON PARENT_SCOPE)
    endif()
  endforeach()
endfunction()

# Appends an instance for each adapter in impl/<folder>/, if the implementation includes "<folder>/any.h".
# Over the adapter that any.h itself includes, if it does, the implementation keeps its plain name. The
# explorer replaces locks and read-side sections, so over them an implementation is explored once.
macro(append_implementation name source)
  file(STRINGS ${source} over REGEX "^#include \"[a-z]+/any.h\"")
  string(REGEX REPLACE ".*\"([a-z]+)/any.h\".*" "\\1" over "${over}")
  if("${over}" STREQUAL "" OR (NOT kind STREQUAL "measured" AND over MATCHES "^(lock|rcu|rwlock)$"))
    set(release "")
    release_is_store(${source} stores)
    if(stores)
      set(release "#define INSTANCE_RELEASE_IS_STORE true\n")
    endif()
    append_instance(${name} ${name} ${source} "${release}")
  else()
    string(TOUPPER ${over} OVER)
    file(STRINGS ${CMAKE_SOURCE_DIR}/impl/${over}/any.h own REGEX "^#define OVER_${OVER} ")
    string(REGEX REPLACE ".*/([a-z0-9_]+)\\.h\"" "\\1" own "${own}")
    if(own)
      append_instance(${name} ${name} ${source} "")
    endif()
    file(GLOB adapters CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/impl/${over}/*.h)
    list(FILTER adapters EXCLUDE REGEX "/(any|${own})\\.h$")
    foreach(adapter ${adapters})
      get_filename_component(base ${adapter} NAME_WE)
      append_instance(${name}__${base} "${name}<${base}>" ${source}
          "#define OVER_${OVER} \"${over}/${base}.h\"\n")
    endforeach()
  endif()
endmacro()

function(implementation_name source result)
  get_filename_component(name ${source} NAME_WE)
  get_filename_component(folder ${source} DIRECTORY)
  get_filename_component(folder ${folder} NAME)
  if(folder MATCHES "^(busted|faulty)$")
    string(PREPEND name ${folder}_)
  endif()
  set(${result} ${name} PARENT_SCOPE)
endfunction()

# What the explorer has no stand-in for. The threads explored are coroutines of one thread, so they would share
# thread-local data, and could not wait in a library. Its own synchronization must not be invisible.
set(OWNBENCH_UNSEEN _Thread_local thread_local __thread "pthread_(once|getspecific|setspecific)"
    "pthread_(cond|barrier)_[a-z]+" "pthread_(mutex|rwlock|spin)_(try|timed|clock)[a-z]+" "sem_(try|timed|clock)wait"
    sem_getvalue call_once "(mtx|cnd|thrd|tss)_[a-z]+" "ck_(pr|spinlock|sequence|cohort|elide|epoch|barrier)_[a-z0-9_]+"
    "ck_(rw|pf|sw|br|byte|tfl)lock_[a-z0-9_]+" "urcu_[a-z0-9_]+" rcu_read_lock synchronize_rcu call_rcu
    "uatomic_[a-z0-9_]+" "cmm_[a-z0-9_]+" syscall
    "__atomic_(fetch_nand|nand_fetch)" "__sync_(fetch_and_nand|nand_and_fetch)" "__c11_atomic_[a-z_]+"
    asm __asm __asm__)

# Sets `result` to a name in the source, outside of comments and strings, that the explorer has no stand-in for; "": none.
function(find_unseen source result)
  file(READ ${source} text)
  string(REGEX REPLACE "/\\*[^*]*\\*+([^/*][^*]*\\*+)*/|//[^\n]*" "" text "${text}")
  string(REGEX REPLACE "asm[_ a-z]*\\(\"(pause|yield|nop|rep; *nop)?\"" "" text "${text}") # orders nothing
  string(REGEX REPLACE "\"[^\"\n]*\"" "" text "${text}")
  set(${result} "" PARENT_SCOPE)
  foreach(name ${OWNBENCH_UNSEEN})
    if(text MATCHES "(^|[^A-Za-z0-9_])(${name})([^A-Za-z0-9_]|$)")
      set(${result} ${CMAKE_MATCH_2} PARENT_SCOPE)
    endif()
  endforeach()
endfunction()

# The adapters that the explorer replaces: their include guards.
file(GLOB OWNBENCH_REPLACED CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/impl/lock/*.h ${CMAKE_SOURCE_DIR}/impl/rcu/*.h)
list(FILTER OWNBENCH_REPLACED EXCLUDE REGEX "/any.h$")
list(TRANSFORM OWNBENCH_REPLACED REPLACE ".*/([a-z]+)/([a-z0-9_]+)\\.h$" "\\1_\\2_H")
list(TRANSFORM OWNBENCH_REPLACED TOUPPER)

# Measures variants of a design as well: DESIGN:MACRO=NUMBER;.., for example device_slots:SHARDED_PROBES=16.
set(OWNBENCH_VARIANTS "" CACHE STRING "Variants of designs to measure, as DESIGN:MACRO=NUMBER")

# Appends the instances of an implementation that OWNBENCH_VARIANTS lists.
macro(append_variants name source)
  foreach(variant ${OWNBENCH_VARIANTS})
    if(variant MATCHES "^${name}:([A-Z_]+)=([0-9]+)$")
      append_instance(${name}__${CMAKE_MATCH_1}_${CMAKE_MATCH_2} "${name}<${CMAKE_MATCH_1}=${CMAKE_MATCH_2}>" ${source}
          "#define ${CMAKE_MATCH_1} ${CMAKE_MATCH_2}\n")
    endif()
  endforeach()
endmacro()

# add_instances(TARGET KIND FAMILY LIST SOURCE...): a static library with the instances of the sources, and
# the C array LIST of these instances, which ends with NULL. Unless the kind is measured, sources that the
# explorer cannot see are left out, and named in the array LIST_unseen.
function(add_instances target kind family list)
  set(dir ${CMAKE_BINARY_DIR}/instances/${target})
  if(kind STREQUAL "measured")
    set(type instance)
    set(header bench/families/registry.h)
    set(template bench/${family}/instance.c)
  else()
    set(type explored)
    set(header harness/explore/registry.h)
    set(template harness/explore/instance.c)
    set(defines "#define INSTANCE_FAMILY explore_${family}
#define INSTANCE_STANDIN \"harness/explore/${family}/standin.h\"
")
  endif()
  foreach(source ${ARGN})
    set_property(DIRECTORY ${CMAKE_SOURCE_DIR} APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${source})
    implementation_name(${source} name)
    find_unseen(${source} what)
    if(kind STREQUAL "measured" OR what STREQUAL "")
      append_implementation(${name} ${source})
      if(kind STREQUAL "measured")
        append_variants(${name} ${source})
      endif()
    else()
      file(RELATIVE_PATH shown ${CMAKE_SOURCE_DIR} ${source})
      message(STATUS "${shown} is not ${kind}: ${what} is not seen by the explorer; see impl/README.md")
      string(APPEND unseen "\t{\"${name}\", \"${shown}: ${what} is not seen by the explorer\"},\n")
    endif()
  endforeach()
  if(NOT kind STREQUAL "measured")
    string(APPEND lists "
extern const struct unseen ${list}_unseen[];
const struct unseen ${list}_unseen[] = {
${unseen}\t{NULL, NULL},
};
")
  endif()
  file(CONFIGURE OUTPUT ${dir}/list.c @ONLY CONTENT
"/* Generated. */
#include \"${header}\"

#include <stddef.h>

${declarations}
extern const struct ${type} *const ${list}[];
const struct ${type} *const ${list}[] = {
${entries}\tNULL,
};
${lists}")
  add_library(${target} STATIC EXCLUDE_FROM_ALL ${files} ${dir}/list.c)
  target_compile_options(${target} PRIVATE ${OWNBENCH_FLAGS})
  target_link_libraries(${target} PUBLIC harness PkgConfig::CK PkgConfig::URCU_MEMB
      PkgConfig::URCU_QSBR)
  if(kind STREQUAL "measured") # a measured loop must not jump indirectly to find out a step's kind
    target_compile_options(${target} PRIVATE -fno-jump-tables)
  else()
    target_compile_definitions(${target} PRIVATE ${OWNBENCH_REPLACED})
    target_compile_options(${target} PRIVATE
        -Wno-unused-function -Wno-unused-const-variable -Wno-unused-value
        -fno-optimize-sibling-calls) # a function that ends with a lock is on the stack
    see_plain_accesses(${target})
  endif()
endfunction()

# Makes the compiler call __tsan_read4() and similar functions at each plain access, as it does for the kernel's
# KCSAN. They are defined in harness/explore/hook_plain.c. A sanitizer build has its own, so there plain accesses
# are not seen.
function(see_plain_accesses target)
  if(OWNBENCH_SANITIZE)
    return()
  endif()
  target_compile_options(${target} PRIVATE -fsanitize=thread)
  if(CMAKE_C_COMPILER_ID MATCHES Clang) # a read just before a write, too, as gcc does
    target_compile_options(${target} PRIVATE
        "SHELL:-mllvm -tsan-instrument-read-before-write=1")
  endif()
endfunction()

# add_counted(TARGET FAMILY LIST SOURCE...): add_instances() of kind counted. Where plain accesses are not seen,
# LIST is empty.
function(add_counted target family list)
  if(OWNBENCH_SANITIZE)
    set(ARGN "")
  endif()
  add_instances(${target} counted ${family} ${list} ${ARGN})
  target_compile_definitions(${target} PRIVATE OWNBENCH_COUNTED)
endfunction()

# The families, in the order in which they are shown. Libraries <family> and explored_<family> hold all below
# impl/<family>/, the negative controls in its busted/ included; ownership's are in impl/ itself.
set(FAMILIES ownership lifetime configure)
set(FAMILY_LIBRARIES "")
foreach(family ${FAMILIES})
  set(folder ${CMAKE_SOURCE_DIR}/impl/${family})
  if(NOT EXISTS ${folder})
    set(folder ${CMAKE_SOURCE_DIR}/impl)
  endif()
  file(GLOB designs CONFIGURE_DEPENDS ${folder}/*.c)
  file(GLOB controls CONFIGURE_DEPENDS ${folder}/busted/*.c)
  file(GLOB yardsticks CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/bench/${family}/handwritten.c)
  add_instances(${family} measured ${family} ${family}_instances ${designs} ${controls} ${yardsticks})
  # Set up before there is a machine, and nothing that it does could be judged.
  list(FILTER designs EXCLUDE REGEX "/${family}/ceiling.c$")
  add_instances(explored_${family} explored ${family} explored_${family} ${designs} ${controls})
  list(APPEND FAMILY_LIBRARIES ${family} explored_${family})
endforeach()
file(GLOB IMPLS CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/impl/*.c ${CMAKE_SOURCE_DIR}/impl/busted/*.c)
add_counted(counted ownership counted_ownership ${IMPLS})
