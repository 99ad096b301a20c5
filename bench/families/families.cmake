# SPDX-License-Identifier: MIT
# The implementations of the families other than ownership. For each implementation a source file is generated,
# which includes bench/families/<family>_instance.c; for each family a list of them, <family>_instances.

# Appends one implementation to FILES, DECLARATIONS and ENTRIES. `define` selects its RCU adapter, if it has one.
function(family_instance dir family id name source define)
  file(RELATIVE_PATH shown ${CMAKE_SOURCE_DIR} ${source})
  file(CONFIGURE OUTPUT ${dir}/${id}.c @ONLY CONTENT
"${define}#define IMPL_SOURCE \"${source}\"
#define INSTANCE ${family}_${id}
#define INSTANCE_NAME \"${name}\"
#define INSTANCE_FILE \"${shown}\"
#include \"bench/families/${family}_instance.c\"
")
  set(FILES ${FILES} ${dir}/${id}.c PARENT_SCOPE)
  set(DECLARATIONS "${DECLARATIONS}extern const struct instance ${family}_${id};\n" PARENT_SCOPE)
  set(ENTRIES "${ENTRIES}\t&${family}_${id},\n" PARENT_SCOPE)
endfunction()

# Adds the implementation in `source`. If it includes "rcu/any.h", it is built once over each adapter in impl/rcu/.
function(family_source dir family source prefix)
  get_filename_component(base ${source} NAME_WE)
  set(name ${prefix}${base})
  file(STRINGS ${source} any REGEX "^#include \"rcu/any.h\"")
  set_property(DIRECTORY ${CMAKE_SOURCE_DIR} APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${source})
  if(any)
    file(GLOB adapters CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/impl/rcu/*.h)
    list(FILTER adapters EXCLUDE REGEX "/any.h$")
    foreach(adapter ${adapters})
      get_filename_component(over ${adapter} NAME_WE)
      family_instance(${dir} ${family} ${name}__${over} "${name}<${over}>" ${source}
          "#define OVER_RCU \"rcu/${over}.h\"\n")
    endforeach()
  else()
    family_instance(${dir} ${family} ${name} ${name} ${source} "")
  endif()
  set(FILES ${FILES} PARENT_SCOPE)
  set(DECLARATIONS ${DECLARATIONS} PARENT_SCOPE)
  set(ENTRIES ${ENTRIES} PARENT_SCOPE)
endfunction()

# Defines library <family>: all implementations below impl/<family>/, including the negative controls in busted/.
function(add_family family)
  set(dir ${CMAKE_BINARY_DIR}/families/${family})
  set(FILES "")
  set(DECLARATIONS "")
  set(ENTRIES "")
  file(GLOB impls CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/impl/${family}/*.c)
  foreach(source ${impls})
    family_source(${dir} ${family} ${source} "")
  endforeach()
  file(GLOB controls CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/impl/${family}/busted/*.c)
  foreach(source ${controls})
    family_source(${dir} ${family} ${source} busted_)
  endforeach()
  file(CONFIGURE OUTPUT ${dir}/list.c @ONLY CONTENT
"/* Generated from the files below impl/${family}/. */
#include \"bench/families/families.h\"

${DECLARATIONS}
const struct instance *const ${family}_instances[] = {
${ENTRIES}};
const size_t nr_${family}_instances = sizeof(${family}_instances) / sizeof(${family}_instances[0]);
")
  add_library(${family} STATIC ${FILES} ${dir}/list.c)
  target_compile_options(${family} PRIVATE ${OWNBENCH_FLAGS})
  target_link_libraries(${family} PUBLIC harness PkgConfig::CK PkgConfig::URCU_MEMB PkgConfig::URCU_QSBR)
endfunction()

add_family(lifetime)
add_family(configure)
