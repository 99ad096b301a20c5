# SPDX-License-Identifier: MIT
# Lets the linker enforce the layering of a folder, as declared by the table in the folder's README.md.

# add_layers(NAME) defines a static library NAME_<folder> for each folder of NAME/, and an interface library
# NAME of them all. Each static library links only NAME_common and the libraries of the table's rows above
# its own. To enforce this, a program layers/<folder> links the whole library: if an object in it calls
# upwards, the build fails with an undefined reference.
function(add_layers name)
  set(top ${CMAKE_CURRENT_SOURCE_DIR}/${name})
  set(main ${CMAKE_CURRENT_BINARY_DIR}/layer.c)
  file(CONFIGURE OUTPUT ${main} CONTENT "int main(void)\n{\n\treturn 0;\n}\n")
  add_library(${name}_main OBJECT ${main})
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${top}/README.md)
  file(STRINGS ${top}/README.md rows REGEX "^\\| `")
  set(below ${name}_common)
  foreach(row ${rows})
    string(REGEX MATCH "^[^|]*\\|[^|]*" folders "${row}")
    string(REGEX MATCHALL "[a-z_.]+/" folders "${folders}")
    set(libraries "")
    foreach(folder ${folders})
      if(folder STREQUAL "./")
        set(library ${name}_base)
        file(GLOB sources CONFIGURE_DEPENDS ${top}/*.c)
      else()
        string(REGEX REPLACE "(.*)/" "${name}_\\1" library ${folder})
        file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${top}/${folder}*.c)
      endif()
      add_library(${library} STATIC ${sources})
      target_compile_options(${library} PRIVATE ${OWNBENCH_FLAGS})
      target_link_libraries(${library} PUBLIC ${below})
      add_executable(layer_${library} $<TARGET_OBJECTS:${name}_main>)
      target_link_libraries(layer_${library} PRIVATE $<LINK_LIBRARY:WHOLE_ARCHIVE,${library}>)
      set_target_properties(layer_${library} PROPERTIES
          RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/layers OUTPUT_NAME ${library})
      list(APPEND libraries ${library})
    endforeach()
    list(PREPEND below ${libraries})
  endforeach()
  add_library(${name} INTERFACE)
  target_link_libraries(${name} INTERFACE ${below})
endfunction()
