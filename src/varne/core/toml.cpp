#include "varne/core/toml.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <cmath>

#include "varne/core/json.h"
#include "varne/core/letters.h"
#include "varne/core/lines.h"
#include "varne/core/place_text.h"
#include "varne/core/text.h"

namespace varne {

struct TomlTable::Shared {
  std::string file;
  toml::table root;
  std::optional<Error> wrong;
  std::vector<Error> all_wrong;
};

namespace {

/// How a value reads in an error: short, printable.
std::string written(const toml::node& node) {
  if (const auto* s = node.as_string()) return "\"" + shown(s->get()) + "\"";
  if (const auto* i = node.as_integer()) return std::to_string(i->get());
  if (const auto* d = node.as_floating_point()) return fmt::format("{}", d->get());
  if (const auto* b = node.as_boolean()) return b->get() ? "true" : "false";
  if (node.is_array()) return "a list";
  if (node.is_table()) return "a table";
  return "a date";
}

std::optional<double> number_in(const toml::node& node) {
  std::optional<double> value;
  if (const auto* i = node.as_integer()) value = static_cast<double>(i->get());
  if (const auto* d = node.as_floating_point()) value = d->get();
  if (value && !std::isfinite(*value)) value.reset();
  return value;
}

}  // namespace

TomlTable::TomlTable(const toml::v3::table* table, std::shared_ptr<Shared> shared)
    : table_(table),
      shared_(std::move(shared)),
      asked_(std::make_shared<std::set<std::string, std::less<>>>()) {}

bool TomlTable::has(std::string_view field) const {
  return table_->contains(field);
}

std::string TomlTable::where(std::string_view field) const {
  const toml::node* node = field.empty() ? nullptr : table_->get(field);
  const auto line = (node != nullptr ? node->source() : table_->source()).begin.line;
  return line == 0 ? shared_->file : fmt::format("{}:{}", shared_->file, line);
}

void TomlTable::refuse(std::string_view field, std::string what) {
  Error error{field.empty() ? where() : fmt::format("{}: {}", where(field), field), std::move(what)};
  if (!shared_->wrong) shared_->wrong = error;
  shared_->all_wrong.push_back(std::move(error));
}

const toml::v3::node* TomlTable::find(std::string_view field, bool required) {
  asked_->emplace(field);
  const toml::node* node = table_->get(field);
  if (node == nullptr && required) refuse("", fmt::format("lacks the field \"{}\"", field));
  return node;
}

template <class T, class Take>
std::optional<T> TomlTable::take(std::string_view field, bool required, const char* kind, Take&& take) {
  const toml::node* node = find(field, required);
  if (node == nullptr) return std::nullopt;
  std::optional<T> value = take(*node);
  if (!value) refuse(field, fmt::format("{} is not {}", written(*node), kind));
  return value;
}

std::optional<std::string> TomlTable::maybe_text(std::string_view field) {
  return take<std::string>(field, false, "a text in quotes",
                           [](const toml::node& n) { return n.value_exact<std::string>(); });
}
std::string TomlTable::text(std::string_view field) {
  find(field, true);
  return maybe_text(field).value_or("");
}

std::optional<double> TomlTable::maybe_number(std::string_view field, double least, double most) {
  const auto kind = fmt::format("a number from {} to {}", canonical_number(least), canonical_number(most));
  return take<double>(field, false, kind.c_str(), [&](const toml::node& n) {
    auto v = number_in(n);
    if (v && (*v < least || *v > most)) v.reset();
    return v;
  });
}
std::string TomlTable::plain_name(std::string_view field) {
  auto name = text(field);
  if (has(field) && !is_plain_name(name))
    refuse(
        field,
        fmt::format("\"{}\" is no name; names are of ASCII letters, digits, '_', '-' and '.', so that no two "
                    "look the same",
                    shown(name)));
  return name;
}

double TomlTable::number(std::string_view field, double least, double most) {
  find(field, true);
  return maybe_number(field, least, most).value_or(least);
}

std::optional<std::int64_t> TomlTable::maybe_whole(std::string_view field, std::int64_t least,
                                                   std::int64_t most) {
  const auto kind = fmt::format("a whole number from {} to {}", least, most);
  return take<std::int64_t>(field, false, kind.c_str(), [&](const toml::node& n) {
    auto v = n.value_exact<std::int64_t>();
    if (v && (*v < least || *v > most)) v.reset();
    return v;
  });
}
std::int64_t TomlTable::whole(std::string_view field, std::int64_t least, std::int64_t most) {
  find(field, true);
  return maybe_whole(field, least, most).value_or(least);
}

std::optional<bool> TomlTable::maybe_truth(std::string_view field) {
  return take<bool>(field, false, "true or false", [](const toml::node& n) { return n.value_exact<bool>(); });
}
bool TomlTable::truth(std::string_view field) {
  find(field, true);
  return maybe_truth(field).value_or(false);
}

std::optional<Time> TomlTable::maybe_time(std::string_view field) {
  return take<Time>(field, false, "a time; write it like \"2021-11-11T05:00:00Z\", in quotes",
                    [](const toml::node& n) -> std::optional<Time> {
                      const auto s = n.value_exact<std::string>();
                      if (!s) return std::nullopt;
                      const auto t = parse_time(*s);
                      return t ? std::optional(*t) : std::nullopt;
                    });
}
Time TomlTable::time(std::string_view field) {
  find(field, true);
  return maybe_time(field).value_or(Time{});
}

Place TomlTable::place(std::string_view field) {
  find(field, true);
  return take<Place>(field, false,
                     "a place; write it as [longitude, latitude] in degrees, or as \"51°02.5'N 001°35.0'E\"",
                     [](const toml::node& n) -> std::optional<Place> {
                       if (const auto text = n.value_exact<std::string>()) {
                         const auto place = parse_place(*text);
                         return place ? std::optional(*place) : std::nullopt;
                       }
                       const auto* a = n.as_array();
                       if (a == nullptr || a->size() != 2) return std::nullopt;
                       const auto lon = number_in(*a->get(0));
                       const auto lat = number_in(*a->get(1));
                       if (!lon || !lat || !valid({*lon, *lat})) return std::nullopt;
                       return Place{*lon, *lat};
                     })
      .value_or(Place{});
}

std::vector<double> TomlTable::numbers(std::string_view field, std::size_t count, double least, double most) {
  using Numbers = std::vector<double>;
  find(field, true);
  const auto kind = fmt::format("a list of {} numbers from {} to {}", count, canonical_number(least),
                                canonical_number(most));
  return take<Numbers>(field, false, kind.c_str(),
                       [&](const toml::node& n) -> std::optional<Numbers> {
                         const auto* a = n.as_array();
                         if (a == nullptr || a->size() != count) return std::nullopt;
                         Numbers out;
                         for (const auto& item : *a) {
                           const auto v = number_in(item);
                           if (!v || *v < least || *v > most) return std::nullopt;
                           out.push_back(*v);
                         }
                         return out;
                       })
      .value_or(Numbers(count, 0.0));
}

std::vector<std::string> TomlTable::texts(std::string_view field) {
  using Texts = std::vector<std::string>;
  return take<Texts>(field, false, "a list of texts",
                     [](const toml::node& n) -> std::optional<Texts> {
                       const auto* a = n.as_array();
                       if (a == nullptr) return std::nullopt;
                       Texts out;
                       for (const auto& item : *a) {
                         const auto s = item.value_exact<std::string>();
                         if (!s) return std::nullopt;
                         out.push_back(*s);
                       }
                       return out;
                     })
      .value_or(Texts{});
}

std::optional<TomlTable> TomlTable::table(std::string_view field) {
  return take<TomlTable>(field, false, "a table", [&](const toml::node& n) -> std::optional<TomlTable> {
    if (!n.is_table()) return std::nullopt;
    return TomlTable(n.as_table(), shared_);
  });
}

std::vector<TomlTable> TomlTable::tables(std::string_view field) {
  using Tables = std::vector<TomlTable>;
  return take<Tables>(field, false, "a list of tables",
                      [&](const toml::node& n) -> std::optional<Tables> {
                        const auto* a = n.as_array();
                        if (a == nullptr) return std::nullopt;
                        Tables out;
                        for (const auto& item : *a) {
                          if (!item.is_table()) return std::nullopt;
                          out.push_back(TomlTable(item.as_table(), shared_));
                        }
                        return out;
                      })
      .value_or(Tables{});
}

std::vector<std::string> TomlTable::names() const {
  std::vector<std::string> out;
  for (const auto& [key, value] : *table_) out.emplace_back(key.str());
  std::sort(out.begin(), out.end());
  return out;
}

void TomlTable::only_known() {
  for (const auto& name : names()) {
    if (!asked_->contains(name))
      refuse(name, fmt::format("is not a field here; known are {}", fmt::join(*asked_, ", ")));
  }
}

Result<TomlFile> TomlFile::parse(std::string_view text, const std::string& name) {
  if (!is_utf8(text)) return fail(name, "is not UTF-8 text");
  toml::table parsed;
  try {
    parsed = toml::parse(text, name);
  } catch (const toml::parse_error& e) {
    return fail(fmt::format("{}:{}", name, e.source().begin.line),
                fmt::format("cannot be read as TOML: {}", e.description()));
  }
  TomlFile file;
  file.shared_ = std::make_shared<TomlTable::Shared>();
  file.shared_->file = name;
  file.shared_->root = std::move(parsed);
  return file;
}

Result<TomlFile> TomlFile::open(const std::string& path) {
  const auto text = read_file(path, std::size_t{4} << 20);
  if (!text) return std::unexpected(text.error());
  return parse(*text, path);
}

TomlTable TomlFile::root() const {
  return TomlTable(&shared_->root, shared_);
}

const std::optional<Error>& TomlFile::wrong() const {
  return shared_->wrong;
}

const std::vector<Error>& TomlFile::all_wrong() const {
  return shared_->all_wrong;
}

}  // namespace varne
