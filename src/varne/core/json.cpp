#include "varne/core/json.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <set>
#include <vector>

#include "varne/core/text.h"

namespace varne {
namespace {

constexpr std::size_t deepest = 64;
constexpr std::int64_t exact = std::int64_t{1} << 53;

/// Builds the tree while it watches depth and repeated names, which the library's own parser lets pass.
class Builder : public nlohmann::json_sax<Json> {
 public:
  Json root;
  std::string refusal;

  bool null() override { return put(nullptr); }
  bool boolean(bool v) override { return put(v); }
  // Beyond 2^53 an integer is the double that every I-JSON reader makes of it.
  bool number_integer(number_integer_t v) override {
    return v >= -exact ? put(v) : put(static_cast<double>(v));
  }
  bool number_unsigned(number_unsigned_t v) override {
    return v <= std::uint64_t{exact} ? put(v) : put(static_cast<double>(v));
  }
  bool number_float(number_float_t v, const string_t& text) override {
    if (!std::isfinite(v)) return refuse(fmt::format("the number {} is out of range", shown(text)));
    return put(v);
  }
  bool string(string_t& v) override { return put(std::move(v)); }
  bool binary(binary_t&) override { return refuse("binary values are not JSON"); }
  bool key(string_t& name) override {
    Json& object = *open_.back();
    if (object.contains(name))
      return refuse(fmt::format("the name \"{}\" stands twice in one object", shown(name)));
    name_ = std::move(name);
    return true;
  }
  bool start_object(std::size_t) override { return enter(Json::object()); }
  bool start_array(std::size_t) override { return enter(Json::array()); }
  bool end_object() override { return leave(); }
  bool end_array() override { return leave(); }
  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception& e) override {
    if (!refusal.empty()) return false;
    const std::string_view all(e.what());
    const auto tail = all.rfind("; ");
    return refuse(
        fmt::format("not JSON at byte {}{}", position,
                    tail == std::string_view::npos ? "" : fmt::format(" ({})", shown(all.substr(tail + 2)))));
  }

 private:
  Json* place(Json value) {
    if (open_.empty()) {
      root = std::move(value);
      return &root;
    }
    Json& parent = *open_.back();
    if (parent.is_array()) {
      parent.push_back(std::move(value));
      return &parent.back();
    }
    return &(parent[std::move(name_)] = std::move(value));
  }
  bool put(Json value) {
    place(std::move(value));
    return true;
  }
  bool enter(Json container) {
    if (open_.size() == deepest) return refuse(fmt::format("nested deeper than {}", deepest));
    open_.push_back(place(std::move(container)));
    return true;
  }
  bool leave() {
    open_.pop_back();
    return true;
  }
  bool refuse(std::string why) {
    refusal = std::move(why);
    return false;
  }

  std::vector<Json*> open_;
  std::string name_;
};

void quote(std::string_view text, std::string& out) {
  out += '"';
  for (const char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\b':
        out += "\\b";
        break;
      case '\f':
        out += "\\f";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        } else {
          out += c;
        }
    }
  }
  out += '"';
}

void write(const Json& value, std::string& out);

void write_object(const Json& value, std::string& out) {
  // The library's own map is in byte order already: the sort is a no-op but for names beyond U+D7FF.
  std::vector<std::pair<std::string_view, const Json*>> items;
  items.reserve(value.size());
  for (const auto& [name, item] : value.items()) items.emplace_back(name, &item);
  std::sort(items.begin(), items.end(),
            [](const auto& a, const auto& b) { return utf16_less(a.first, b.first); });
  out += '{';
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i != 0) out += ',';
    quote(items[i].first, out);
    out += ':';
    write(*items[i].second, out);
  }
  out += '}';
}

void write(const Json& value, std::string& out) {
  switch (value.type()) {
    case Json::value_t::null:
      out += "null";
      break;
    case Json::value_t::boolean:
      out += value.get<bool>() ? "true" : "false";
      break;
    case Json::value_t::number_integer: {
      const auto v = value.get<std::int64_t>();
      assert(v >= -exact && v <= exact);
      out += std::to_string(v);
      break;
    }
    case Json::value_t::number_unsigned: {
      const auto v = value.get<std::uint64_t>();
      assert(v <= std::uint64_t{exact});
      out += std::to_string(v);
      break;
    }
    case Json::value_t::number_float:
      out += canonical_number(value.get<double>());
      break;
    case Json::value_t::string:
      quote(value.get_ref<const std::string&>(), out);
      break;
    case Json::value_t::array: {
      out += '[';
      bool first = true;
      for (const Json& item : value) {
        if (!first) out += ',';
        first = false;
        write(item, out);
      }
      out += ']';
      break;
    }
    case Json::value_t::object:
      write_object(value, out);
      break;
    case Json::value_t::binary:
    case Json::value_t::discarded:
      assert(false && "not a JSON value");
      break;
  }
}

}  // namespace

/// UTF-16 order differs from byte order only where a surrogate pair (from U+10000, lead byte F0 up) meets
/// U+E000 to U+FFFF (lead bytes EE and EF): the pair comes first.
bool utf16_less(std::string_view a, std::string_view b) {
  const auto [x, y] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  if (x == a.end() || y == b.end()) return x == a.end() && y != b.end();
  const auto p = static_cast<unsigned char>(*x);
  const auto q = static_cast<unsigned char>(*y);
  if (p >= 0xEE && q >= 0xEE && (p >= 0xF0) != (q >= 0xF0)) return p >= 0xF0;
  return p < q;
}

Result<Json> parse_json(std::string_view text) {
  if (!is_utf8(text)) return fail("", "not UTF-8 text");
  Builder builder;
  try {
    if (!Json::sax_parse(text.begin(), text.end(), &builder)) return fail("", builder.refusal);
  } catch (const std::exception& e) {
    return fail("", fmt::format("not JSON ({})", shown(e.what())));
  }
  return std::move(builder.root);
}

std::string canonical(const Json& value) {
  std::string out;
  write(value, out);
  return out;
}

std::string quoted(std::string_view text) {
  std::string out;
  quote(text, out);
  return out;
}

std::string canonical_number(double value) {
  assert(std::isfinite(value));
  if (value == 0) return "0";
  // Shortest digits that read back the same, as ECMAScript's Number::toString picks them.
  char buffer[32];
  const auto end =
      std::to_chars(buffer, buffer + sizeof buffer, std::abs(value), std::chars_format::scientific).ptr;
  const std::string_view scientific(buffer, static_cast<std::size_t>(end - buffer));
  const auto e = scientific.find('e');
  std::string digits(1, scientific[0]);
  if (e > 1) digits += scientific.substr(2, e - 2);
  int exponent = 0;
  std::from_chars(buffer + e + (buffer[e + 1] == '+' ? 2 : 1), end, exponent);
  const int k = static_cast<int>(digits.size());
  const int n = exponent + 1;  // the decimal point stands after n digits

  std::string out = value < 0 ? "-" : "";
  if (k <= n && n <= 21) return out + digits + std::string(static_cast<std::size_t>(n - k), '0');
  if (0 < n && n <= 21) return out + digits.substr(0, std::size_t(n)) + "." + digits.substr(std::size_t(n));
  if (-6 < n && n <= 0) return out + "0." + std::string(static_cast<std::size_t>(-n), '0') + digits;
  out += digits.substr(0, 1);
  if (k > 1) out += "." + digits.substr(1);
  return out + fmt::format("e{:+d}", n - 1);
}

double rounded(double value, int decimals) {
  const double scale = std::pow(10.0, decimals);
  return std::round(value * scale) / scale;
}

}  // namespace varne
