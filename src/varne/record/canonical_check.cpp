#include "varne/record/canonical_check.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>

#include "varne/core/json.h"
#include "varne/core/text.h"

namespace varne {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// A member's name as it stands between its quotes.
struct Name {
  std::string_view written;
  bool escaped = false;
};

/// A name without its escapes, which a canonical one has only for what cannot stand as itself.
std::string unescaped(std::string_view written) {
  constexpr std::string_view letters = "btnfr\"\\";
  constexpr std::string_view meant = "\b\t\n\f\r\"\\";
  std::string out;
  for (std::size_t i = 0; i < written.size(); ++i) {
    if (written[i] != '\\') {
      out += written[i];
    } else if (written[++i] == 'u') {
      const auto digit = [](char c) { return is_digit(c) ? c - '0' : c - 'a' + 10; };
      out += static_cast<char>(16 * digit(written[i + 3]) + digit(written[i + 4]));
      i += 4;
    } else {
      out += meant[letters.find(written[i])];
    }
  }
  return out;
}

bool before(const Name& a, const Name& b) {
  if (!a.escaped && !b.escaped) return utf16_less(a.written, b.written);
  return utf16_less(unescaped(a.written), unescaped(b.written));
}

/// Reads through a text that is UTF-8; each function leaves the cursor behind what it took.
class Reader {
 public:
  Reader(std::string_view text, int deepest) : rest_(text), room_(deepest) {}

  bool object() {
    if (!take('{') || --room_ < 0) return false;
    if (!take('}')) {
      Name last;
      for (bool first = true;; first = false) {
        Name name;
        if (!string(name) || (!first && !before(last, name)) || !take(':') || !value()) return false;
        last = name;
        if (take('}')) break;
        if (!take(',')) return false;
      }
    }
    ++room_;
    return true;
  }
  [[nodiscard]] bool at_end() const { return rest_.empty(); }

 private:
  bool take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool word(std::string_view text) {
    if (!rest_.starts_with(text)) return false;
    rest_.remove_prefix(text.size());
    return true;
  }

  bool value() {
    if (rest_.empty()) return false;
    switch (rest_.front()) {
      case '{':
        return object();
      case '[':
        return array();
      case '"': {
        Name ignored;
        return string(ignored);
      }
      case 't':
        return word("true");
      case 'f':
        return word("false");
      case 'n':
        return word("null");
      default:
        return number();
    }
  }

  bool array() {
    if (!take('[') || --room_ < 0) return false;
    if (!take(']')) {
      do {
        if (!value()) return false;
      } while (take(','));
      if (!take(']')) return false;
    }
    ++room_;
    return true;
  }

  bool string(Name& name) {
    if (!take('"')) return false;
    std::size_t i = 0;
    for (; i < rest_.size() && rest_[i] != '"'; ++i) {
      if (static_cast<unsigned char>(rest_[i]) < 0x20) return false;
      if (rest_[i] != '\\') continue;
      name.escaped = true;
      if (!escape(rest_.substr(i), i)) return false;
    }
    if (i == rest_.size()) return false;
    name.written = rest_.substr(0, i);
    rest_.remove_prefix(i + 1);
    return true;
  }

  /// An escape that the canonical form uses; moves `i` to its last character.
  static bool escape(std::string_view at, std::size_t& i) {
    if (at.size() < 2) return false;
    if (std::string_view("btnfr\"\\").find(at[1]) != std::string_view::npos) {
      ++i;
      return true;
    }
    if (at.size() < 6 || !at.starts_with("\\u00") || (at[4] != '0' && at[4] != '1')) return false;
    const char low = at[5];
    const bool short_form =
        at[4] == '0' && (low == '8' || low == '9' || low == 'a' || low == 'c' || low == 'd');
    if (short_form || (!is_digit(low) && (low < 'a' || low > 'f'))) return false;
    i += 5;
    return true;
  }

  bool number() {
    const std::size_t size = std::min(rest_.find_first_of(",]}"), rest_.size());
    const std::string_view text = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return plainly_canonical(text) || canonical_after_all(text);
  }

  /// A decimal of at most 15 digits stands for a double that no shorter or other such decimal stands for
  /// (IEEE 754, DBL_DIG), so it is canonical where it is written without exponent or idle zeros.
  static bool plainly_canonical(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    const std::size_t point = std::min(text.find('.'), text.size());
    const std::string_view whole = text.substr(0, point);
    if (whole.empty() || text.size() > 16 || !std::all_of(whole.begin(), whole.end(), is_digit)) return false;
    if (whole.front() == '0' && (whole.size() > 1 || point == text.size())) return false;
    if (point == text.size()) return whole.size() <= 15;
    const std::string_view part = text.substr(point + 1);
    return !part.empty() && part.back() != '0' && std::all_of(part.begin(), part.end(), is_digit) &&
           (whole != "0" || part.find_first_not_of('0') <= 5);
  }

  static bool canonical_after_all(std::string_view text) {
    double value = 0;
    const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), value);
    return wrong == std::errc() && end == text.data() + text.size() && std::isfinite(value) &&
           canonical_number(value) == text;
  }

  std::string_view rest_;
  int room_;
};

}  // namespace

bool is_canonical_object(std::string_view text, int deepest) {
  if (!is_utf8(text)) return false;
  Reader reader(text, deepest);
  return reader.object() && reader.at_end();
}

}  // namespace varne
