# `cmake --install` and the Debian package.
include(GNUInstallDirs)
if(NOT VARNE_FUZZ)
  install(TARGETS varne RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
  install(DIRECTORY data/ DESTINATION ${CMAKE_INSTALL_DATADIR}/varne/data)
  install(DIRECTORY console/dist/ DESTINATION ${CMAKE_INSTALL_DATADIR}/varne/console OPTIONAL)
endif()
