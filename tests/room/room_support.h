#pragma once
/// A small room to try things in: the real chart, three units, no sea. Reports are written as a feed would
/// bring them.

#include <gtest/gtest.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "support.h"
#include "varne/core/units.h"
#include "varne/feed/report_reader.h"
#include "varne/room/room.h"

namespace varne::test {

inline const Time midnight = time_from_millis(1636588800000);  // 2021-11-11T00:00:00Z

inline const Speaker recorded{SpeakerKind::recording, "reports"};

inline std::shared_ptr<const World> small_world() {
  static const std::shared_ptr<const World> world = [] {
    auto made = std::make_shared<World>();
    made->strait = load_strait(std::string(VARNE_ROOT) + "/data/straits/dover").value();
    const auto unit = [](const char* name, const char* centre, Place home,
                         std::optional<std::uint32_t> mmsi) {
      return Unit{.name = name,
                  .kind = UnitKind::lifeboat,
                  .state = "UK",
                  .centre = centre,
                  .base = name,
                  .home = home,
                  .speed_mps = mps_from_knots(25),
                  .capacity = 80,
                  .mmsi = mmsi};
    };
    made->units = {unit("RNLI Dungeness", "MRCC Dover", {0.98, 50.91}, 235000001),
                   unit("RNLI Dover", "MRCC Dover", {1.32, 51.12}, std::nullopt),
                   unit("Abeille Normandie", "CROSS Gris-Nez", {1.60, 50.73}, std::nullopt)};
    made->rules =
        std::make_shared<const Rulebook>(load_rulebook(std::string(VARNE_ROOT) + "/data/doctrine").value());
    made->title = "A trial";
    made->exercise = true;
    made->notice = "EXERCISE";
    made->seed = 7;
    return made;
  }();
  return world;
}

/// A room and its clock; every report is taken a step after the one before.
class Desk {
 public:
  Desk() : room(small_world()) {}

  /// A report as JSON without time (and id, which counts on); gives what the room said.
  std::vector<Entry> hear(Json report, const std::string& source = "reports") {
    now += step;
    if (!report.contains("id")) report["id"] = "r" + std::to_string(++reports);
    if (!report.contains("from")) report["from"] = "caller";
    report["time"] = iso(now);
    const auto read = report_from(report);
    EXPECT_TRUE(read.has_value()) << read.error().text() << " in " << report.dump();
    return apply({now, recorded, Observation{report_head(*read).time, source, report.dump(), *read}});
  }
  std::vector<Entry> tick(Duration later) { return apply({now += later, {}, ClockTick{}}); }
  std::vector<Entry> apply(const Event& event) {
    auto said = room.apply(event);
    all.insert(all.end(), said.begin(), said.end());
    return said;
  }
  const Incident& incident(const std::string& id) const { return room.incidents().at(id); }

  Room room;
  Time now = midnight;
  Duration step = std::chrono::minutes(1);
  int reports = 0;
  std::vector<Entry> all;
};

/// Bodies of the entries of a kind.
inline std::vector<Json> bodies(const std::vector<Entry>& entries, const std::string& kind) {
  std::vector<Json> out;
  for (const Entry& entry : entries) {
    if (entry.kind == kind) out.push_back(parse_json(entry.body).value());
  }
  return out;
}

inline std::string texts(const std::vector<Entry>& entries) {
  std::string out;
  for (const Entry& entry : entries)
    out += entry.kind + ": " + parse_json(entry.body).value()["text"].get<std::string>() + "\n";
  return out;
}

// Places on either side of the line.
inline const Json uk_waters = Json::array({1.30, 51.00});
inline const Json fr_waters = Json::array({1.60, 50.95});

}  // namespace varne::test
