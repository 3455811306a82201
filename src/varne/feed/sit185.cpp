#include "varne/feed/sit185.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>

#include "varne/core/text.h"
#include "varne/core/units.h"

namespace varne {
namespace {

/// Location by satellite is within 5 km in 95 of 100 cases (C/S T.002 and T.019, the requirement on the
/// system). Where an alert calls its Doppler data suspect we take four times that: our choice.
constexpr double located_within_m = 5000;
constexpr double suspect_within_m = 4 * located_within_m;
/// Half a step of four minutes (C/S T.001, user-location protocols) on both axes: what an encoded position
/// may be off by where the message does not say.
constexpr double encoded_within_m = 5240;

std::string capitals(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c == '\t' ? ' ' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return out;
}

/// Words, parted by any number of blanks.
std::vector<std::string_view> words(std::string_view text) {
  std::vector<std::string_view> out;
  for (const auto word : split(text, ' '))
    if (!word.empty()) out.push_back(word);
  return out;
}

bool holds(std::string_view text, std::string_view what) {
  return text.find(what) != std::string_view::npos;
}

/// One numbered paragraph: its lines without the number, in capitals.
struct Paragraph {
  int number = 0;
  std::size_t line = 0;  ///< of its first, from 1
  std::vector<std::string> lines;
  [[nodiscard]] std::string text() const {
    std::string out;
    for (const auto& one : lines)
      if (!one.empty()) out += (out.empty() ? "" : " ") + one;
    return out;
  }
};

/// "8.  POSITIONS": the number, or nothing. A line of a position begins with a number too, but no point
/// stands behind it.
std::optional<int> number_of(std::string_view line) {
  const auto point = line.find('.');
  if (point == 0 || point > 2) return std::nullopt;
  const auto number = parse_whole(line.substr(0, point));
  const bool apart =
      point + 1 == line.size() || std::isdigit(static_cast<unsigned char>(line[point + 1])) == 0;
  return number && *number >= 1 && *number <= 20 && apart ? std::optional(static_cast<int>(*number))
                                                          : std::nullopt;
}

std::vector<Paragraph> paragraphs_of(const std::vector<std::string>& lines) {
  std::vector<Paragraph> out;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string line = capitals(trim(lines[i]));
    const auto number = number_of(line);
    // They only count up: a number that does not is part of what is said.
    if (number && (out.empty() || *number > out.back().number)) {
      out.push_back({*number, i + 1, {std::string(trim(std::string_view(line).substr(line.find('.') + 1)))}});
    } else if (!out.empty()) {
      out.back().lines.push_back(line);
    }
  }
  return out;
}

/// Reads the message piece by piece.
class Reader {
 public:
  Reader(const std::vector<std::string>& lines, std::vector<Error>& faults)
      : paragraphs_(paragraphs_of(lines)), faults_(faults) {}

  Sit185 read() {
    title();
    if (const auto* p = paragraph(2)) message_number(*p);
    if (const auto* p = needed(3, "DETECTED AT")) detection(*p);
    if (const auto* p = paragraph(5)) out_.country = after(p->text(), "REGISTRATION");
    if (const auto* p = paragraph(6)) out_.user_class = after(p->text(), "USER CLASS");
    if (const auto* p = paragraph(7)) out_.emergency = said(after(p->text(), "EMERGENCY CODE"));
    identity();
    uncertainty();
    if (const auto* p = needed(8, "POSITIONS")) positions(*p);
    const bool called_test = holds(" " + out_.user_class + " ", " TEST ");
    out_.test = out_.id ? out_.id->test : called_test;
    if (out_.id && out_.id->ship_security) out_.kind = Sit185Kind::security;
    return std::move(out_);
  }

 private:
  [[nodiscard]] const Paragraph* paragraph(int number) const {
    const auto at = std::find_if(paragraphs_.begin(), paragraphs_.end(),
                                 [&](const Paragraph& p) { return p.number == number; });
    return at == paragraphs_.end() ? nullptr : &*at;
  }
  const Paragraph* needed(int number, const char* what) {
    const Paragraph* found = paragraph(number);
    if (found == nullptr) faults_.push_back({"", fmt::format("paragraph {} ({}) is missing", number, what)});
    return found;
  }
  void fault(std::size_t line, int paragraph, std::string what) {
    faults_.push_back(
        {fmt::format("line {} of the message, paragraph {}", line, paragraph), std::move(what)});
  }

  static std::string after(const std::string& text, std::string_view word) {
    const auto at = text.find(word);
    std::string_view rest = at == std::string::npos ? text : std::string_view(text).substr(at + word.size());
    while (!rest.empty() && (rest.front() == ' ' || rest.front() == ':' || rest.front() == '-'))
      rest.remove_prefix(1);
    return std::string(trim(rest));
  }
  /// "" for what says that there is nothing.
  static std::string said(std::string text) {
    return text == "NIL" || text == "UNKNOWN" || text == "NONE" ? "" : text;
  }

  void title() {
    const Paragraph* first = paragraph(1);
    out_.title = first == nullptr ? "" : first->text();
    if (holds(out_.title, "CANCEL"))
      out_.kind = Sit185Kind::cancelled;
    else if (holds(out_.title, "COUNTRY OF") || holds(out_.title, "NOCR"))
      out_.kind = Sit185Kind::elsewhere;
    else if (holds(out_.title, "SHIP SECURITY"))
      out_.kind = Sit185Kind::security;
  }

  /// "MSG NO 00042  UKMCC REF NO 00890", "MSG NO: 51479  CMC REF: 222E60801EFFBFF".
  void message_number(const Paragraph& p) {
    const std::string text = p.text();
    const auto all = words(text);
    for (std::size_t i = 0; i < all.size(); ++i) {
      const auto word = all[i];
      const auto next = [&](std::size_t by) {
        return i + by < all.size() ? all[i + by] : std::string_view();
      };
      if (out_.number.empty() && (word == "NO" || word == "NO:") && parse_whole(next(1)))
        out_.number = next(1);
      if (word == "REF" || word == "REF:") {
        out_.reference = next(next(1) == "NO" || next(1) == "NO:" ? 2 : 1);
        if (i > 0 && all[i - 1].size() <= 12) out_.centre = all[i - 1];
        break;
      }
    }
    if (out_.number.empty()) fault(p.line, p.number, "no number of the message (MSG NO) can be read");
  }

  /// "DETECTED AT 28 JUL 2016 2338 UTC BY GOES 15"; the year has two digits or four.
  void detection(const Paragraph& p) {
    const std::string text = p.text();
    if (const auto by = text.find(" BY "); by != std::string::npos) out_.satellite = text.substr(by + 4);
    constexpr std::array<std::string_view, 12> months{"JAN", "FEB", "MAR", "APR", "MAY", "JUN",
                                                      "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};
    const std::string rest = after(text, "DETECTED AT");
    const auto all = words(rest);
    if (all.size() >= 4) {
      const auto month = std::find(months.begin(), months.end(), all[1]);
      const auto day = parse_whole(all[0]), clock = parse_whole(all[3]);
      auto year = parse_whole(all[2]);
      if (year && *year < 100) *year += 2000;
      if (month != months.end() && day && clock && year && all[3].size() == 4) {
        const auto time =
            parse_time(fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:00Z", *year, month - months.begin() + 1,
                                   *day, *clock / 100, *clock % 100));
        if (time) {
          out_.detected = *time;
          return;
        }
      }
    }
    fault(p.line, p.number,
          fmt::format("\"{}\" is no time of detection; it reads like 28 JUL 2016 2338 UTC", shown(rest)));
  }

  void identity() {
    for (const Paragraph& p : paragraphs_) {
      const std::string text = p.text();
      if (out_.homing.empty() && holds(text, "HOMING SIGNAL"))
        out_.homing = said(after(text, "HOMING SIGNAL"));
      if (holds(text, "RELIABILITY") && holds(text, "SUSPECT")) out_.suspect = true;
      if (!holds(text, "HEX ID") || out_.id) continue;
      const std::string rest = after(text, "HEX ID");
      const auto all = words(rest);
      if (all.empty() || all[0] == "NIL" || all[0].starts_with("UNRELIABLE") || all[0] == "HOMING") continue;
      auto id = read_beacon_id(all[0]);
      if (!id) fault(p.line, p.number, id.error().what);
      if (id) out_.id = std::move(*id);
    }
    if (!out_.id && out_.reference.empty())
      faults_.push_back({"", "neither a HEX ID nor a reference (REF) says which beacon it is"});
  }

  /// "ENCODED POSITION UNCERTAINTY PLUS-MINUS 2 SECONDS OF LATITUDE AND LONGITUDE".
  void uncertainty() {
    for (const Paragraph& p : paragraphs_) {
      const std::string text = p.text();
      const auto at = text.find("PLUS-MINUS ");
      if (at == std::string::npos) continue;
      const std::string rest = text.substr(at + 11);
      const auto all = words(rest);
      const auto number = all.empty() ? std::nullopt : parse_number(all[0]);
      if (!number || all.size() < 2 || *number <= 0 || *number > 90) continue;
      const double minutes = all[1].starts_with("SEC")   ? *number / 60
                             : all[1].starts_with("MIN") ? *number
                                                         : 0;
      // The corner of the cell, with a minute of longitude taken as long as one of latitude.
      if (minutes > 0) encoded_m_ = metres_from_nm(minutes) * std::sqrt(2.0);
    }
  }

  void positions(const Paragraph& p) {
    std::optional<BeaconFix> open;
    std::string text;
    std::size_t from = p.line;
    const auto close = [&] {
      if (open) position(*open, text, from, p.number);
      open.reset();
      text.clear();
    };
    for (std::size_t i = 0; i < p.lines.size(); ++i) {
      std::string_view line = p.lines[i];
      if (i == 0 && line.starts_with("POSITIONS")) line.remove_prefix(9);
      if (line.starts_with(':')) line.remove_prefix(1);
      if (const auto update = line.find("UPDATE"); update != std::string_view::npos) {
        out_.updated = trim(line.substr(update));
        line = trim(line.substr(0, update));
        if (line.ends_with("TIME OF")) line.remove_suffix(7);
      }
      line = trim(line);
      const auto label = label_of(line);
      if (label) {
        close();
        open = label->first;
        from = p.line + i;
        line = line.substr(label->second);
      }
      text += " " + std::string(line);
    }
    close();
    std::stable_sort(out_.places.begin(), out_.places.end(),
                     [](const auto& a, const auto& b) { return a.fix < b.fix; });
  }

  /// Which position a line begins, and how long its name is.
  static std::optional<std::pair<BeaconFix, std::size_t>> label_of(std::string_view line) {
    constexpr std::pair<std::string_view, BeaconFix> labels[] = {
        {"RESOLVED", BeaconFix::resolved},   {"CONFIRMED", BeaconFix::resolved},
        {"DOPPLER A", BeaconFix::doppler_a}, {"DOPPLER B", BeaconFix::doppler_b},
        {"DOA/ALTITUDE", BeaconFix::doa},    {"DOA", BeaconFix::doa},
        {"ENCODED", BeaconFix::encoded},     {"A ", BeaconFix::doppler_a},
        {"B ", BeaconFix::doppler_b}};
    for (const auto& [name, fix] : labels)
      if (line.starts_with(name)) return std::pair(fix, name.size());
    return std::nullopt;
  }

  /// "36 36.20S 174 43.00E PROB 50 PERCENT", "05 10.2 S 178 01.2 E EXPECTED ACCURACY 03 NMS ALTITUDE 45".
  void position(BeaconFix fix, const std::string& text, std::size_t line, int paragraph) {
    std::string spaced;
    for (const char c : text) {
      const bool letter = std::isalpha(static_cast<unsigned char>(c)) != 0;
      const bool digit = std::isdigit(static_cast<unsigned char>(c)) != 0;
      if (letter && !spaced.empty() && std::isdigit(static_cast<unsigned char>(spaced.back())) != 0)
        spaced += ' ';
      if (digit && !spaced.empty() && std::isalpha(static_cast<unsigned char>(spaced.back())) != 0)
        spaced += ' ';
      spaced += c == '-' || c == ':' ? ' ' : c;
    }
    const auto all = words(spaced);
    const bool twice = std::any_of(out_.places.begin(), out_.places.end(),
                                   [&](const BeaconPlace& one) { return one.fix == fix; });
    if (all.empty() || all[0] == "NIL" || all[0] == "UNKNOWN" || all[0] == "NONE") return;
    if (twice)
      return fault(line, paragraph, fmt::format("the {} is given twice; the first stands", name_of(fix)));
    std::size_t at = 0;
    const auto lat = degrees(all, at, "NS", 90);
    const auto lon = lat ? degrees(all, at, "EW", 180) : std::nullopt;
    if (!lat || !lon)
      return fault(line, paragraph,
                   fmt::format("the {} \"{}\" is no place; it reads like 36 36.2 N 001 43.0 E", name_of(fix),
                               shown(text.substr(std::min(text.find_first_not_of(" -:"), text.size())))));
    BeaconPlace found{.fix = fix, .place = {*lon, *lat}, .error_m = usual_error(fix)};
    for (; at < all.size(); ++at) {
      const double number = at + 1 < all.size() ? parse_number(all[at + 1]).value_or(-1) : -1;
      if (all[at] == "PROB" || all[at] == "PROBABILITY")
        if (number >= 0 && number <= 100) found.percent = static_cast<int>(number);
      if (all[at] == "ACCURACY" && number > 0 && number <= 500 && at + 2 < all.size()) {
        const auto unit = all[at + 2];
        if (unit.starts_with("NM") || unit.starts_with("NAUT")) found.error_m = metres_from_nm(number);
        if (unit.starts_with("KM") || unit.starts_with("KILO")) found.error_m = 1000 * number;
      }
    }
    out_.places.push_back(found);
  }

  /// Degrees, minutes and a letter, the minutes with or without decimals.
  static std::optional<double> degrees(const std::vector<std::string_view>& all, std::size_t& at,
                                       std::string_view letters, double most) {
    if (at + 2 >= all.size()) return std::nullopt;
    const auto whole = parse_whole(all[at]);
    const auto minutes = parse_number(all[at + 1]);
    const auto letter = all[at + 2];
    at += 3;
    if (!whole || !minutes || letter.size() != 1 || letters.find(letter[0]) == std::string_view::npos)
      return std::nullopt;
    const double out = static_cast<double>(*whole) + *minutes / 60;
    if (*whole < 0 || *minutes < 0 || *minutes >= 60 || out > most) return std::nullopt;
    return letter[0] == letters[1] ? -out : out;
  }

  [[nodiscard]] double usual_error(BeaconFix fix) const {
    if (fix == BeaconFix::encoded) return encoded_m_;
    const bool doppler = fix == BeaconFix::doppler_a || fix == BeaconFix::doppler_b;
    return doppler && out_.suspect ? suspect_within_m : located_within_m;
  }

  std::vector<Paragraph> paragraphs_;
  std::vector<Error>& faults_;
  Sit185 out_;
  double encoded_m_ = encoded_within_m;
};

}  // namespace

const char* name_of(BeaconFix fix) {
  switch (fix) {
    case BeaconFix::resolved:
      return "resolved position";
    case BeaconFix::encoded:
      return "encoded position";
    case BeaconFix::doa:
      return "DOA position";
    case BeaconFix::doppler_a:
      return "Doppler position A";
    case BeaconFix::doppler_b:
      break;
  }
  return "Doppler position B";
}

Sit185 read_sit185(const std::vector<std::string>& lines, std::vector<Error>& faults) {
  return Reader(lines, faults).read();
}

bool begins_sit185(std::string_view line) {
  const std::string text = capitals(trim(line));
  return number_of(text) == 1 && holds(text, "COSPAS-SARSAT");
}

bool ends_sit185(std::string_view line) {
  const std::string text = capitals(trim(line));
  return text.starts_with("END OF MESSAGE") || text == "/LASSIT" || text == "/ENDMSG" || text == "NNNN";
}

}  // namespace varne
