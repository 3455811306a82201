#pragma once
/// Text for HTML and XML.

#include <string>
#include <string_view>

namespace varne {

/// Safe as text and within double quotes of HTML and XML: & < > and both quotes as entities.
std::string escaped(std::string_view text);

}  // namespace varne
