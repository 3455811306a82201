#include "varne/feed/tally.h"

#include <fmt/format.h>

#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "varne/core/json.h"

namespace varne {
namespace {

/// M.1371-5, annex 8, table 46.
constexpr std::array<const char*, 28> type_names{"",
                                                 "position report, class A",
                                                 "position report, class A, assigned",
                                                 "position report, class A, interrogated",
                                                 "base station report",
                                                 "static and voyage data",
                                                 "binary, addressed",
                                                 "binary acknowledgement",
                                                 "binary, broadcast",
                                                 "search-and-rescue aircraft",
                                                 "UTC inquiry",
                                                 "UTC response",
                                                 "safety text, addressed",
                                                 "safety acknowledgement",
                                                 "safety text, broadcast",
                                                 "interrogation",
                                                 "assignment",
                                                 "differential corrections",
                                                 "position report, class B",
                                                 "position report, class B, extended",
                                                 "data link management",
                                                 "aid to navigation",
                                                 "channel management",
                                                 "group assignment",
                                                 "static data, class B",
                                                 "binary, single slot",
                                                 "binary, several slots",
                                                 "position report, long range"};

/// The types that become observations; the others are counted and passed over.
constexpr bool read_further(std::size_t type) {
  return type <= 5 || type == 9 || type == 12 || type == 14 || type == 18 || type == 19 || type == 21 ||
         type == 24;
}

std::array<std::pair<const char*, std::uint64_t>, 6> reasons(const NmeaCounts& n) {
  return {{{"bad_checksum", n.bad_checksum},
           {"bad_sentence", n.bad_sentence},
           {"bad_message", n.bad_message},
           {"lone_part", n.lone_part},
           {"mixed_part", n.mixed_part},
           {"lost_part", n.lost_part}}};
}

}  // namespace

void FeedTally::add(const Observation& observation) {
  ++observations_;
  std::visit(
      [this](const auto& what) {
        using What = std::decay_t<decltype(what)>;
        if constexpr (std::is_same_v<What, RadarScan>) {
          ++scans_;
          plots_ += what.plots.size();
        } else if constexpr (std::is_same_v<What, Boxed<Report>>) {
          ++reports_[std::string(kind_of(*what))];
        } else {
          mmsi_.insert(what.mmsi);
        }
      },
      observation.what);
}

void FeedTally::refuse(Error error) {
  ++refused_;
  if (first_refused_.size() < named) first_refused_.push_back(std::move(error));
}

void FeedTally::add(const NmeaCounts& n) {
  nmea_.lines += n.lines;
  nmea_.sentences += n.sentences;
  for (std::size_t type = 0; type < n.types.size(); ++type) nmea_.types[type] += n.types[type];
  nmea_.other += n.other;
  nmea_.bad_checksum += n.bad_checksum;
  nmea_.bad_sentence += n.bad_sentence;
  nmea_.bad_message += n.bad_message;
  nmea_.lone_part += n.lone_part;
  nmea_.mixed_part += n.mixed_part;
  nmea_.lost_part += n.lost_part;
  nmea_.bad_tag_block += n.bad_tag_block;
  nmea_.unread_time += n.unread_time;
}

std::string FeedTally::table() const {
  std::string out;
  const auto row = [&](std::string_view what, std::uint64_t count) {
    if (count != 0) out += fmt::format("{:<52}{:>12}\n", what, fmt::group_digits(count));
  };
  for (std::size_t type = 1; type < nmea_.types.size(); ++type) {
    row(fmt::format("AIS type {:>2}  {}{}", type, type_names[type], read_further(type) ? "" : " (not read)"),
        nmea_.types[type]);
  }
  row("turns of a radar", scans_);
  row("radar plots", plots_);
  for (const auto& [kind, count] : reports_) row("reports: " + kind, count);
  row("AIS sentences with a good checksum", nmea_.sentences);
  row("distinct MMSI among the observations", mmsi_.size());
  out += fmt::format("{:<52}{:>12}\n", "observations", fmt::group_digits(observations_));
  row("other lines (other NMEA, comments), passed over", nmea_.other);
  row("lines refused, or doubtful in part", refused_);
  row("  checksum wrong", nmea_.bad_checksum);
  row("  not built as a sentence is", nmea_.bad_sentence);
  row("  message cannot be read", nmea_.bad_message);
  row("  part without the parts before it", nmea_.lone_part);
  row("  part of one of two messages, which cannot be told", nmea_.mixed_part);
  row("messages lost: a part never came, or was mixed", nmea_.lost_part);
  row("tag blocks with a wrong checksum, passed over", nmea_.bad_tag_block);
  row("times not understood, the arrival taken", nmea_.unread_time);
  return out;
}

std::string FeedTally::json() const {
  Json json{{"observations", observations_}, {"refused", refused_}};
  if (nmea_.lines != 0) {
    json["mmsi"] = mmsi_.size();
    json["sentences"] = nmea_.sentences;
    json["other_lines"] = nmea_.other;
    Json& messages = json["messages"] = Json::object();
    for (std::size_t type = 1; type < nmea_.types.size(); ++type) {
      if (nmea_.types[type] != 0) messages[std::to_string(type)] = nmea_.types[type];
    }
    Json& why = json["refused_why"] = Json::object();
    for (const auto& [reason, count] : reasons(nmea_)) {
      if (count != 0) why[reason] = count;
    }
  }
  if (nmea_.bad_tag_block != 0) json["bad_tag_blocks"] = nmea_.bad_tag_block;
  if (nmea_.unread_time != 0) json["unread_times"] = nmea_.unread_time;
  if (plots_ != 0) {
    json["plots"] = plots_;
    json["scans"] = scans_;
  }
  if (!reports_.empty()) json["reports"] = reports_;
  return canonical(json);
}

}  // namespace varne
