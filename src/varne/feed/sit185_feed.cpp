#include "varne/feed/sit185_feed.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "varne/core/text.h"

namespace varne {
namespace {

constexpr std::size_t most_lines = 200;
constexpr std::uint64_t most_bytes = 16384;
constexpr std::size_t longest_name = 120;  // as reports have it
/// Nearer than that two places of one message may be one, as two incidents may (room/incidents.cpp).
constexpr double one_place_m = 5000;
constexpr std::size_t most_beacons = 1000;

/// Foreign text for a report: what can be read, at most so long.
std::string legible(std::string_view text, std::size_t most) {
  std::string out;
  for (const char c : text.substr(0, most))
    out += static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) >= 0x7F ? '?' : c;
  return std::string(trim(out));
}

/// A piece of an alert that lost its beginning.
bool is_of_an_alert(std::string_view line) {
  std::string text(line);
  for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  const auto holds = [&](std::string_view what) { return text.find(what) != std::string::npos; };
  return (holds("DISTRESS") && holds("COSPAS")) || (holds("3.") && holds("DETECTED AT")) ||
         (holds("8.") && holds("POSITIONS"));
}

std::string label_of(const Sit185& message) {
  return "beacon " + (message.id ? message.id->hex : "of reference " + legible(message.reference, 60));
}

/// "Doppler position A 51°00.0'N 001°30.0'E within 5.0 km (60 %)".
std::string spoken(const BeaconPlace& one) {
  std::string out =
      fmt::format("{} {} within {:.1f} km", name_of(one.fix), varne::spoken(one.place), one.error_m / 1000);
  if (one.percent) out += fmt::format(" ({} %)", *one.percent);
  return out;
}

std::string sentence(const Sit185& m, bool whole) {
  std::string out = legible(m.title, 200);
  if (!whole) out += "; CUT OFF, the rest of the message did not come";
  const auto add = [&](const char* before, const std::string& what) {
    if (!what.empty()) out += std::string("; ") + before + legible(what, 160);
  };
  add("", m.user_class);
  add("registered in ", m.country);
  if (m.places.empty()) out += "; no position";
  for (const BeaconPlace& one : m.places) out += "; " + spoken(one);
  if (std::any_of(m.places.begin(), m.places.end(),
                  [](const BeaconPlace& p) { return p.fix == BeaconFix::encoded; }))
    add("encoded position: ", m.updated);
  if (m.suspect) out += "; its Doppler positions are called suspect";
  add("emergency code ", m.emergency);
  add("homing ", m.homing);
  add("heard by ", m.satellite);
  return out;
}

bool is_doppler(const BeaconPlace& one) {
  return one.fix == BeaconFix::doppler_a || one.fix == BeaconFix::doppler_b;
}

bool agree(const BeaconPlace& a, const BeaconPlace& b) {
  return distance_m(a.place, b.place) <= std::max(one_place_m, a.error_m + b.error_m);
}

/// Where the beacon may be: the places that cannot be one, the likeliest first.
struct Places {
  std::vector<BeaconPlace> apart;
  bool settled = false;  ///< there is no doubt left between several
};
Places weigh(const std::vector<BeaconPlace>& all) {
  if (!all.empty() && all[0].fix == BeaconFix::resolved) return {{all[0]}, true};
  struct Seen {
    BeaconPlace best;
    bool doppler_alone = true;
    bool confirmed = false;  ///< found in two ways that have nothing to do with each other
  };
  std::vector<Seen> apart;
  for (const BeaconPlace& one : all) {
    const auto same =
        std::find_if(apart.begin(), apart.end(), [&](const Seen& other) { return agree(one, other.best); });
    if (same == apart.end()) {
      apart.push_back({one, is_doppler(one), false});
      continue;
    }
    if (!is_doppler(one) || !same->doppler_alone) same->confirmed = true;
    if (one.error_m < same->best.error_m) same->best = one;
  }
  const bool confirmed =
      std::any_of(apart.begin(), apart.end(), [](const Seen& one) { return one.confirmed; });
  Places out;
  for (const Seen& one : apart) {
    // The image of a Doppler position that something else confirms is nowhere.
    if (confirmed && one.doppler_alone && !one.confirmed) continue;
    out.apart.push_back(one.best);
  }
  out.settled = confirmed && out.apart.size() == 1;
  return out;
}

const char* suffix_of(BeaconFix fix) {
  switch (fix) {
    case BeaconFix::resolved:
      return "resolved";
    case BeaconFix::encoded:
      return "encoded";
    case BeaconFix::doa:
      return "DOA";
    case BeaconFix::doppler_a:
      return "A";
    case BeaconFix::doppler_b:
      break;
  }
  return "B";
}

void place(reports::Call& call, const BeaconPlace& at) {
  call.place = at.place;
  call.place_error_m = at.error_m;
}

}  // namespace

Done Sit185Reader::take(std::string_view line, Time arrival, std::vector<Observation>& out) {
  advance(arrival, out);
  if (begins_sit185(line)) {
    Done before = {};
    if (!lines_.empty()) {
      before = close(false, out);
      if (before)
        before = fail("", "a DISTRESS alert is not whole: the next began before its END OF MESSAGE");
    }
    lines_ = {std::string(line)};
    bytes_ = line.size();
    begun_ = last_ = arrival;
    return before;
  }
  if (lines_.empty()) {
    if (is_of_an_alert(line))
      return fail("",
                  fmt::format("\"{}\" is of a DISTRESS alert whose beginning did not come; one begins with "
                              "paragraph 1, \"1. DISTRESS COSPAS-SARSAT … ALERT\"",
                              shown(trim(line))));
    return {};
  }
  if (ends_sit185(line)) return close(true, out);
  last_ = arrival;
  bytes_ += line.size();
  lines_.emplace_back(line);
  if (lines_.size() <= most_lines && bytes_ <= most_bytes) return {};
  (void)close(false, out);
  return fail("",
              fmt::format("a DISTRESS alert goes on for more than {} lines or {} bytes without its END OF "
                          "MESSAGE",
                          most_lines, most_bytes));
}

void Sit185Reader::advance(Time now, std::vector<Observation>& out) {
  if (!lines_.empty() && now - last_ > patience) (void)close(false, out);
}

void Sit185Reader::finish(std::vector<Observation>& out) {
  if (!lines_.empty()) (void)close(false, out);
}

Done Sit185Reader::close(bool whole, std::vector<Observation>& out) {
  std::vector<Error> faults;
  const Sit185 message = read_sit185(lines_, faults);
  tell(message, whole, out);
  lines_.clear();
  bytes_ = 0;
  if (faults.empty()) return {};
  const auto more = faults.size() - 1;
  return fail(faults[0].where,
              fmt::format("{}{}, in a message \"{}\" that was taken as far as it can be read", faults[0].what,
                          more == 0 ? "" : fmt::format(", and {} more", more), shown(message.title)));
}

void Sit185Reader::say(Report report, const std::string& raw, std::vector<Observation>& out) {
  const Time time = report_head(report).time;
  out.push_back({time, source_, raw, std::move(report)});
}

void Sit185Reader::tell(const Sit185& message, bool whole, std::vector<Observation>& out) {
  std::string raw;
  for (const auto& line : lines_) raw += (raw.empty() ? "" : "\n") + line;
  said_ = message.detected.value_or(begun_);
  ReportHead head;
  head.time = *said_;
  const std::string centre = legible(message.centre, 20);
  head.from = centre.empty() ? "COSPAS-SARSAT" : fmt::format("COSPAS-SARSAT ({})", centre);
  head.boat = message.id || !message.reference.empty() ? label_of(message) : "";
  head.text = sentence(message, whole);
  // The number alone begins again at 1 some day; the same message sent twice is the same in all of these.
  head.id = legible(fmt::format("{} {} {}", message.number.empty() ? "?" : message.number,
                                head.boat.empty() ? "beacon unknown" : head.boat, iso(head.time)),
                    longest_name - 10);
  if (message.kind != Sit185Kind::alert || message.test) {
    if (head.boat.empty()) head.boat = "beacon unknown";
    reports::Claim claim;
    static_cast<ReportHead&>(claim) = head;
    claim.subject = message.test                            ? "beacon under test"
                    : message.kind == Sit185Kind::elsewhere ? "beacon that another centre has"
                    : message.kind == Sit185Kind::cancelled ? "beacon alert cancelled by its sender"
                                                            : "ship security alert";
    claim.status = "provisional";
    claim.about = iso(head.time).substr(0, 10);
    if (!message.places.empty()) {
      claim.place = message.places[0].place;
      claim.place_error_m = message.places[0].error_m;
    }
    return say(std::move(claim), raw, out);
  }
  const Places places = weigh(message.places);
  reports::Call call;
  static_cast<ReportHead&>(call) = head;
  if (message.id && message.id->kind == "ELT") call.craft = "aircraft";
  call.distress = true;
  if (!places.apart.empty()) place(call, places.apart[0]);
  say(call, raw, out);
  if (head.boat.empty()) return;
  auto& others = others_[head.boat];
  call.may_be = {head.boat};
  for (std::size_t i = 1; i < places.apart.size(); ++i) {
    const std::string suffix = std::string(" ") + suffix_of(places.apart[i].fix);
    reports::Call other = call;
    other.boat += suffix;
    other.id += suffix;
    place(other, places.apart[i]);
    others.insert(other.boat);
    say(std::move(other), raw, out);
  }
  if (places.settled) {
    for (const std::string& label : others) {
      reports::Call other = call;
      other.boat = label;
      other.id += label.substr(head.boat.size());
      other.text = "settled: there is one place; " + other.text;
      say(std::move(other), raw, out);
    }
  }
  if (others.empty()) others_.erase(head.boat);
  if (others_.size() > most_beacons) others_.erase(others_.begin());
}

}  // namespace varne
