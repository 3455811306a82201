/// Any bytes as a letter of another centre's desk: read or refused, and what is read changes nothing that
/// only this desk may change. The signature is not asked: a partner that signs may lie all the same.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "varne/exchange/envelope.h"
#include "varne/feed/report_reader.h"
#include "varne/room/room.h"

namespace {

using namespace varne;

void require(bool holds) {
  if (!holds) std::abort();
}

const std::string own = "MRCC Dover", partner = "CROSS Gris-Nez";

/// A room with one boat, which is this centre's, and is told to the other.
const Room& begun() {
  static const Room room = [] {
    auto world = std::make_shared<World>();
    Strait strait;
    strait.centres = {{own, "UK"}, {partner, "FR"}};
    world->strait = std::move(strait);
    world->own = own;
    world->partners = {partner};
    Room made(world);
    const Time time = *parse_time("2021-11-11T01:00:00Z");
    const auto report =
        parse_report(R"({"id":"1","time":"2021-11-11T01:00:00Z","kind":"call","from":"caller","boat":"A",)"
                     R"("persons":[20,30],"at":[1.4,51.0],"distress":true})")
            .value();
    made.apply({time, {}, Observation{time, "reports", "", report}});
    return made;
  }();
  return room;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string line(reinterpret_cast<const char*>(data), size);
  auto letter = read_letter(line);
  if (!letter) {
    require(!letter.error().text().empty());
    return 0;
  }
  Room room = begun();
  letter->centre = partner;
  letter->number = room.partners().heard_from(partner) + 1;
  const auto said = room.apply({room.now(), {SpeakerKind::partner, partner, true}, *letter});
  require(!said.empty() && room.partners().heard_from(partner) == letter->number);
  for (const Entry& entry : said) require(check_entry(entry).has_value());
  // Never offered: whatever they say, it is ours, and nobody there made it safer.
  const Incident& ours = room.incidents().at("I1");
  require(ours.centre == own && !ours.accepted && ours.phase == Phase::distress);
  return 0;
}
