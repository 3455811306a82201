#pragma once
/// Members of an object that may be absent or of another kind, as the bodies of entries have them.

#include <string>

#include "varne/core/json.h"

namespace varne {

/// The text under this name; "" where there is none.
std::string text_of(const Json& object, const char* name);

/// The list under this name; an empty one where there is none. Lives as long as the object.
const Json& list_of(const Json& object, const char* name);

}  // namespace varne
