/// The tables of reports in docs/feeds.md, from the lists of report_kinds.h (tests/feed/docs_test.cpp keeps
/// the two alike).

#include <fmt/format.h>

#include <set>

#include "varne/feed/report_reader.h"

namespace varne {
namespace {

template <class T>
struct Plain {
  using Type = T;
};
template <class T>
struct Plain<std::optional<T>> {
  using Type = T;
};

/// What may stand there, of this type and within these limits.
template <class Member>
std::string form(Wording words, double least, double most) {
  using T = typename Plain<Member>::Type;
  const bool is_long = words == Wording::reason || words == Wording::free;
  if constexpr (std::is_same_v<T, std::string>)
    return fmt::format("text {}of at most {} bytes",
                       words == Wording::speaker || words == Wording::reason ? "with letters, " : "",
                       is_long ? longest_words : longest_name);
  else if constexpr (std::is_same_v<T, std::vector<std::string>>)
    return fmt::format("a list of 1 to {} texts", most_names);
  else if constexpr (std::is_same_v<T, HeadCount>)
    return "a whole number, or `[at least, at most]`";
  else if constexpr (std::is_same_v<Member, Said>)
    return "`true` or `false`; left out where it was not said: that is neither";
  else if constexpr (std::is_same_v<T, bool>)
    return "`true` or `false`";
  else if constexpr (std::is_same_v<T, Place>)
    return "`[longitude, latitude]`";
  else if constexpr (std::is_same_v<T, Time>)
    return "ISO 8601 with `Z` or an offset";
  else if constexpr (std::is_same_v<T, SaidValue>)
    return "`true`, `false`, a number or text";
  else
    return fmt::format("{}from {} to {}", std::is_integral_v<T> ? "whole, " : "", least, most);
}

}  // namespace

std::string report_kinds_table() {
  std::string out = "| kind | says | fields |\n| --- | --- | --- |\n";
  for_each_kind<Report>([&]<class Kind>() {
    std::string needed;
    std::string others;
    std::size_t position = 0;
    const std::size_t of_all = std::tuple_size_v<decltype(reports::field::list<Kind>())>;
    for_each_field<Kind>([&](const auto& field) {
      if (position++ < of_all) return;
      std::string& list = field.optional ? others : needed;
      list += (list.empty() ? "" : " ") + std::string(field.name);
    });
    out += fmt::format("| `{}` | {} | {}{}{} |\n", Kind::kind, Kind::says,
                       needed.empty() ? "" : fmt::format("**`{}`**", needed),
                       needed.empty() || others.empty() ? "" : " ",
                       others.empty() ? "" : fmt::format("`{}`", others));
  });
  return out;
}

std::string report_fields_table() {
  std::string out = "| field | what | value |\n| --- | --- | --- |\n";
  std::set<std::string_view> seen;
  for_each_kind<Report>([&]<class Kind>() {
    for_each_field<Kind>([&]<class Field>(const Field& field) {
      if (!seen.insert(field.name).second) return;
      out += fmt::format("| `{}` | {} | {} |\n", field.name, field.says,
                         form<typename Field::Type>(field.words, field.least, field.most));
    });
  });
  return out;
}

}  // namespace varne
