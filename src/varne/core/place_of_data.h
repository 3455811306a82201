#pragma once
/// Where the program's own data files lie.

#include <string>
#include <string_view>

namespace varne {

/// The full path of a file under `data/`: in $VARNE_DATA where that is set, else beside the installed program
/// (../share/varne/data), else in the source tree the program was built from. Says nothing about whether it
/// exists.
std::string data_path(std::string_view name);

/// The built console's folder, found the same way ($VARNE_CONSOLE, ../share/varne/console, console/dist).
std::string console_path();

/// "0.1.0".
std::string_view version();

}  // namespace varne
