#include "varne/core/json_fields.h"

#include <nlohmann/json.hpp>

namespace varne {

std::string text_of(const Json& object, const char* name) {
  const auto found = object.find(name);
  return found == object.end() || !found->is_string() ? "" : found->get<std::string>();
}

const Json& list_of(const Json& object, const char* name) {
  static const Json none = Json::array();
  const auto found = object.find(name);
  return found == object.end() || !found->is_array() ? none : *found;
}

}  // namespace varne
