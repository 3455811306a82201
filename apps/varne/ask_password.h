#pragma once
/// Asking somebody for a password.

#include <string>

#include "varne/core/result.h"

namespace varne::app {

/// A password, never shown: asked for twice at a terminal, else the first line of standard input.
Result<std::string> ask_password(const std::string& what);

}  // namespace varne::app
