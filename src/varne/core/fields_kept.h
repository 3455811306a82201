#pragma once
/// Reading what some version wrote into a struct with fields (fields.h): a
/// record outlives the program that made it. What is absent stays as it is,
/// what is not known here is passed over. A value of another kind is refused by
/// its field, and everything beside it is read all the same, so that whoever
/// has to show what there is can.

#include "varne/core/fields_json.h"

namespace varne {

template <class T>
Done read_kept(const Json& json, T& out) {
  return read_json(json, out);
}
template <HasFields T>
Done read_kept(const Json& json, T& out);
template <class T>
Done read_kept(const Json& json, std::optional<T>& out);
template <class T>
Done read_kept(const Json& json, std::vector<T>& out);

template <class T>
Done read_kept(const Json& json, std::optional<T>& out) {
  if (json.is_null()) {
    out.reset();
    return {};
  }
  auto done = read_kept(json, out.emplace());
  if (!done && !HasFields<T>) out.reset();
  return done;
}

template <class T>
Done read_kept(const Json& json, std::vector<T>& out) {
  if (!json.is_array()) return fail("", "must be a list");
  out.clear();
  Done done = {};
  for (const Json& item : json) {
    if (auto read = read_kept(item, out.emplace_back()); !read && done)
      done = fail(read.error().in("[" + std::to_string(out.size() - 1) + "]"));
  }
  return done;
}

template <HasFields T>
Done read_kept(const Json& json, T& out) {
  if (!json.is_object()) return fail("", "must be an object");
  Done done = {};
  for_each_field<T>([&](const auto& field) {
    const auto found = json.find(field.name);
    if (found == json.end()) return;
    if (auto read = read_kept(*found, out.*field.member); !read && done)
      done = fail(read.error().in(std::string(field.name)));
  });
  return done;
}

}  // namespace varne
