#include "varne/feed/cise_feed.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <pugixml.hpp>

#include "varne/core/text.h"
#include "varne/core/units.h"

namespace varne {
namespace {

constexpr double fastest_kn = 200;
constexpr std::size_t longest_name = 120;

std::string_view local(std::string_view name) {
  const auto colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node child(const pugi::xml_node& node, std::string_view name) {
  return node.find_child([&](const pugi::xml_node& one) { return local(one.name()) == name; });
}

std::string_view text_of(const pugi::xml_node& node, std::string_view name) {
  return trim(child(node, name).text().get());
}

std::optional<double> number_of(const pugi::xml_node& node, std::string_view name, double least,
                                double most) {
  const auto number = parse_number(text_of(node, name));
  return number && *number >= least && *number <= most ? number : std::nullopt;
}

/// A vessel by its element's name, or by its type where it stands as an Object.
bool is_vessel(const pugi::xml_node& node) {
  if (local(node.name()) == "Vessel") return true;
  for (const pugi::xml_attribute& one : node.attributes())
    if (local(one.name()) == "type" && local(one.value()) == "Vessel") return true;
  return false;
}

/// What M.1371-5, table 53, calls these; the others say nothing that is used here.
std::optional<int> ship_type(std::string_view cise) {
  constexpr std::array<std::pair<std::string_view, int>, 5> types{{{"FishingVessel", 30},
                                                                   {"RecreationalVessel", 37},
                                                                   {"PassengerShip", 60},
                                                                   {"GeneralCargoShip", 70},
                                                                   {"Tanker", 80}}};
  const auto at = std::ranges::find(types, cise, &std::pair<std::string_view, int>::first);
  return at == types.end() ? std::nullopt : std::optional(at->second);
}

struct Given {
  std::optional<Time> time;
  std::string fault;
};
/// Of a LocationRel: PeriodOfTime or DateTime, with StartDate and StartTime.
Given time_of(const pugi::xml_node& location) {
  for (const char* name : {"PeriodOfTime", "DateTime"}) {
    const pugi::xml_node period = child(location, name);
    if (!period) continue;
    const std::string date(text_of(period, "StartDate"));
    std::string clock(text_of(period, "StartTime"));
    if (date.empty()) continue;
    if (clock.empty()) return {std::nullopt, fmt::format("\"{}\" is a day without a time", shown(date))};
    if (clock.size() >= 5 && clock.find_first_of("Z+-") == std::string::npos) clock += 'Z';
    const auto time = parse_time(date.substr(0, 10) + "T" + clock);
    if (!time) return {std::nullopt, fmt::format("\"{} {}\" is no time", shown(date), shown(clock))};
    return {*time, ""};
  }
  return {};
}

struct Text final : pugi::xml_writer {
  std::string text;
  void write(const void* data, std::size_t size) override {
    text.append(static_cast<const char*>(data), size);
  }
};

/// Reads one vessel; says what of it cannot be used.
std::string vessel(const pugi::xml_node& node, Time arrival, const SharedText& source,
                   std::vector<Observation>& out) {
  const auto mmsi = parse_whole(text_of(node, "MMSI"));
  if (!mmsi || *mmsi < 1 || *mmsi > 999999999)
    return fmt::format("\"{}\" is no MMSI, and by another name she is not told apart here",
                       shown(text_of(node, "MMSI")));
  Text raw;
  node.print(raw, "", pugi::format_raw);
  std::string fault;
  std::optional<Time> last;
  for (const pugi::xml_node& relation : node.children()) {
    if (local(relation.name()) != "LocationRel") continue;
    const pugi::xml_node geometry = child(child(relation, "Location"), "Geometry");
    if (!geometry) continue;
    const auto lat = number_of(geometry, "Latitude", -90, 90);
    const auto lon = number_of(geometry, "Longitude", -180, 180);
    const Given given = time_of(relation);
    if (!given.fault.empty()) {
      fault = given.fault;
      continue;
    }
    if (!lat || !lon) {
      fault = fmt::format("Latitude \"{}\", Longitude \"{}\" is no place",
                          shown(text_of(geometry, "Latitude")), shown(text_of(geometry, "Longitude")));
      continue;
    }
    AisPosition position;
    position.mmsi = static_cast<std::uint32_t>(*mmsi);
    position.place = Place{*lon, *lat};
    if (const auto course = number_of(relation, "COG", 0, 360)) position.course_deg = *course;
    if (const auto heading = number_of(relation, "Heading", 0, 360)) position.heading_deg = *heading;
    for (const char* name : {"SOG", "Speed"})
      if (const auto speed = number_of(relation, name, 0, fastest_kn))
        position.speed_mps = mps_from_knots(*speed);
    last = given.time.value_or(arrival);
    out.push_back({*last, source, raw.text, position, given.time.has_value()});
  }
  AisIdentity identity;
  identity.mmsi = static_cast<std::uint32_t>(*mmsi);
  const auto named = [&](const char* name) { return text_of(node, name).substr(0, longest_name); };
  const std::string_view name = named("Name"), callsign = named("CallSign");
  if (is_utf8(name)) identity.name = std::string(name);
  if (is_utf8(callsign)) identity.callsign = std::string(callsign);
  identity.ship_type = ship_type(text_of(node, "ShipType"));
  if (const auto imo = parse_whole(text_of(node, "IMONumber")); imo && *imo > 0 && *imo <= 9999999)
    identity.imo = static_cast<std::uint32_t>(*imo);
  if (const auto length = number_of(node, "Length", 1, 500)) identity.length_m = *length;
  if (!name.empty() || !callsign.empty() || identity.ship_type || identity.imo)
    out.push_back({last.value_or(arrival), source, raw.text, identity, last.has_value()});
  return fault;
}

/// Every vessel below a node, in order.
class Walk final : public pugi::xml_tree_walker {
 public:
  bool for_each(pugi::xml_node& node) override {
    if (is_vessel(node)) found.push_back(node);
    return true;
  }
  std::vector<pugi::xml_node> found;
};

}  // namespace

Done read_cise(std::string_view xml, Time arrival, const SharedText& source, std::vector<Observation>& out) {
  pugi::xml_document document;
  // Entities of its own and a document type are not read: a message has none.
  const auto parsed = document.load_buffer(xml.data(), xml.size(), pugi::parse_default, pugi::encoding_utf8);
  if (!parsed)
    return fail("", fmt::format("no XML from byte {} on: {}", parsed.offset, parsed.description()));
  Walk walk;
  document.traverse(walk);
  std::size_t number = 0;
  std::string first;
  std::size_t faults = 0;
  for (const pugi::xml_node& node : walk.found) {
    ++number;
    const std::string fault = vessel(node, arrival, source, out);
    if (fault.empty()) continue;
    if (++faults == 1) first = fmt::format("vessel {} of the message: {}", number, fault);
  }
  if (faults == 0) return {};
  return fail("", faults == 1 ? first : fmt::format("{}; and {} more", first, faults - 1));
}

Done CiseReader::take(std::string_view line, Time arrival, std::vector<Observation>& out) {
  text_ += line;
  text_ += '\n';
  if (text_.size() > most_bytes) {
    let_go(text_.size());
    return fail("",
                fmt::format("a message goes on for more than {} bytes without its closing tag", most_bytes));
  }
  Done done = {};
  while (find_root()) {
    if (root_.starts_with('/')) {
      let_go(text_.size());
      return fail("", "a closing tag where a message should begin");
    }
    const std::string closing = "</" + root_ + ">";
    const auto end = text_.find(closing, from_);
    if (end == std::string::npos) {
      from_ = text_.size() - std::min(text_.size(), closing.size());
      return done;
    }
    const std::size_t first = out.size();
    auto read = read_cise(std::string_view(text_).substr(0, end + closing.size()), arrival, source_, out);
    if (!read && done) done = std::move(read);
    for (std::size_t i = first; i < out.size(); ++i)
      if (out[i].time_given) said_ = std::max(said_.value_or(out[i].time), out[i].time);
    let_go(end + closing.size());
  }
  return done;
}

/// The name in the first tag that is no declaration, comment or document type.
bool CiseReader::find_root() {
  while (root_.empty()) {
    const auto at = text_.find('<', from_);
    if (at == std::string::npos) {
      // Between messages nothing is kept.
      if (from_ == 0) text_.clear();
      from_ = text_.size();
      return false;
    }
    from_ = at + 1;
    if (text_[at + 1] == '?' || text_[at + 1] == '!') continue;
    const auto slash = text_[at + 1] == '/' ? 1 : 0;
    const auto end = text_.find_first_of(" \t\r\n/>", at + 1 + slash);
    root_ = text_.substr(at + 1, end - at - 1);
    if (root_.empty()) root_.push_back('/');
  }
  return true;
}

void CiseReader::let_go(std::size_t bytes) {
  text_.erase(0, bytes);
  root_.clear();
  from_ = 0;
}

}  // namespace varne
