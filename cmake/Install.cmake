# `cmake --install` and the Debian package (make package).
if(VARNE_FUZZ)
  return()
endif()
include(GNUInstallDirs)
install(TARGETS varne RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES ${CMAKE_BINARY_DIR}/varne.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 OPTIONAL)  # scripts/package makes these two
install(FILES ${CMAKE_BINARY_DIR}/completion/varne DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions OPTIONAL)
install(DIRECTORY data/ DESTINATION ${CMAKE_INSTALL_DATADIR}/varne/data)
install(DIRECTORY console/dist/ DESTINATION ${CMAKE_INSTALL_DATADIR}/varne/console OPTIONAL PATTERN .sources EXCLUDE)
# In small letters, as the package is called and as the unit names it.
set(varne_doc ${CMAKE_INSTALL_DATADIR}/doc/varne)
install(FILES README.md CHANGELOG.md LICENSE DESTINATION ${varne_doc})
install(FILES LICENSE DESTINATION ${varne_doc} RENAME copyright)
install(DIRECTORY docs/ DESTINATION ${varne_doc}/docs)
# What the manual tells people to run beside the program.
install(PROGRAMS tools/check_proof.py tools/send_feed.py DESTINATION ${CMAKE_INSTALL_DATADIR}/varne/tools)
# systemd looks below /usr and /usr/local alike, so the unit needs no absolute path.
install(FILES packaging/varne.service DESTINATION lib/systemd/system)
install(FILES packaging/serve.conf DESTINATION ${CMAKE_INSTALL_DATADIR}/varne/examples)

set(CPACK_PACKAGE_NAME varne)
set(CPACK_PACKAGE_VENDOR "The Varne developers")
# Who answers for the package is set by whoever makes it: scripts/contact.
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"Varne keeps the picture of every boat from AIS, radar and reports, forecasts where each will be,
says which responses the rules, the sea and the partners allow and why, counts the people, and records
every decision in a signed log so that it can be answered for later. It runs live, in replay of a
recorded day, and from the command line. It advises people: it steers no craft and decides nothing.")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS gmt-gshhg-full)
set(CPACK_STRIP_FILES ON)
include(CPack)
