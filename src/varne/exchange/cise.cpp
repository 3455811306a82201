#include "varne/exchange/cise.h"

#include <fmt/format.h>

#include "varne/core/hash.h"
#include "varne/core/units.h"
#include "varne/exchange/xml_writer.h"

namespace varne {
namespace {

constexpr const char* vessel_namespace = "http://www.cise.eu/datamodel/v1/entity/vessel/";
constexpr const char* organization_namespace = "http://www.cise.eu/datamodel/v1/entity/organization/";
constexpr const char* message_namespace = "http://www.cise.eu/servicemodel/v1/message/";
constexpr const char* xsi = "http://www.w3.org/2001/XMLSchema-instance";

/// The same for the same thing of the same centre, always: version 8 of RFC 9562, from a hash of its name.
std::string uuid_of(const std::string& centre, const std::string& what) {
  std::string digits = hex(sha256("varne " + centre + " " + what)).substr(0, 32);
  digits[12] = '8';
  digits[16] = "89ab"[static_cast<unsigned char>(digits[16]) % 4];
  return fmt::format("{}-{}-{}-{}-{}", digits.substr(0, 8), digits.substr(8, 4), digits.substr(12, 4),
                     digits.substr(16, 4), digits.substr(20));
}

void begin(XmlWriter& xml) {
  xml.open("Payload",
           {{"xmlns:m", message_namespace}, {"xmlns:xsi", xsi}, {"xsi:type", "m:XmlEntityPayload"}})
      .element("InformationSecurityLevel", "NonClassified")
      .element("InformationSensitivity", "Amber")
      .element("IsPersonalData", "false")
      .element("EnsureEncryption", "true");
}

void identifier(XmlWriter& xml, const Room& room, const std::string& what) {
  const std::string& centre = own_centre(room.world());
  xml.open("Identifier")
      .open("GeneratedBy", {{"xmlns:o", organization_namespace}, {"xsi:type", "o:FormalOrganization"}})
      .element("LegalName", centre)
      .close()
      .element("UUID", uuid_of(centre, what))
      .close();
}

void location(XmlWriter& xml, Place place) {
  xml.open("Location")
      .open("Geometry")
      .element("Latitude", fmt::format("{:.6f}", place.lat))
      .element("Longitude", fmt::format("{:.6f}", place.lon))
      .close()
      .close();
}

void time(XmlWriter& xml, std::string_view name, Time time) {
  const std::string text = iso(std::chrono::floor<std::chrono::seconds>(time));
  xml.open(name)
      .element("StartDate", text.substr(0, 10))
      .element("StartTime", text.substr(11, 8) + "Z")
      .close();
}

/// Where something was, how it moves, and when.
void located(XmlWriter& xml, Place place, Vec velocity, std::optional<double> heading_deg, Time at) {
  xml.open("LocationRel");
  location(xml, place);
  time(xml, "PeriodOfTime", at);
  if (length(velocity) > 0) xml.element("COG", fmt::format("{:.1f}", direction_deg(velocity)));
  if (heading_deg) xml.element("Heading", fmt::format("{:.0f}", *heading_deg));
  xml.element("SOG", fmt::format("{:.1f}", knots_from_mps(length(velocity)))).close();
}

/// Table 53 of M.1371-5; "" where CISE's word for it is not sure.
const char* ship_type(std::optional<int> type) {
  if (!type) return "";
  if (*type == 30) return "FishingVessel";
  if (*type == 36 || *type == 37) return "RecreationalVessel";
  if (*type >= 60 && *type < 70) return "PassengerShip";
  return *type >= 70 && *type < 80 ? "GeneralCargoShip" : "";
}

void vessel(XmlWriter& xml, const Room& room, const Track& track) {
  const Estimate here = track.shown(room.now());
  xml.open("Vessel");
  identifier(xml, room, track.id);
  xml.said("Name", track.name);
  located(xml, here.place, here.velocity, track.heading_deg, track.updated);
  xml.said("CallSign", track.callsign);
  if (track.length_m) xml.element("Length", fmt::format("{:.0f}", *track.length_m));
  xml.element("MMSI", fmt::format("{}", *track.mmsi)).said("ShipType", ship_type(track.ship_type)).close();
}

}  // namespace

std::string cise_vessels(const Room& room) {
  XmlWriter xml;
  begin(xml);
  for (const auto& [id, track] : room.picture().tracks())
    if (track.mmsi && track.state != TrackState::tentative && track.state != TrackState::dropped)
      vessel(xml, room, track);
  for (const Unit& unit : room.world().units) {
    const auto here = room.unit_positions().find(unit.name);
    if (here == room.unit_positions().end()) continue;
    if (!flies(unit.kind) && unit.mmsi && room.picture().find(fmt::format("M{:09}", *unit.mmsi)) != nullptr)
      continue;
    xml.open(flies(unit.kind) ? "Aircraft" : "Vessel");
    identifier(xml, room, "unit " + unit.name);
    xml.element("Name", unit.name);
    located(xml, here->second.place, here->second.velocity, std::nullopt, here->second.time);
    if (!flies(unit.kind) && unit.mmsi) xml.element("MMSI", fmt::format("{}", *unit.mmsi));
    xml.close();
  }
  return xml.take();
}

std::string cise_incidents(const Room& room) {
  XmlWriter xml;
  begin(xml);
  for (const auto& [id, incident] : room.incidents()) {
    if (!incident.open || !incident.same_as.empty()) continue;
    xml.open("MaritimeSafetyIncident");
    identifier(xml, room, id);
    if (incident.place) {
      xml.open("LocationRel");
      time(xml, "DateTime", incident.place_time);
      location(xml, *incident.place);
      xml.close();
    }
    xml.open("InvolvedObjectRel")
        .open("Object", {{"xmlns:v", vessel_namespace}, {"xsi:type", "v:Vessel"}})
        .element("Name", incident.boat.empty() ? id : incident.boat)
        .close()
        .element("ObjectRole", "Participant")
        .close();
    xml.close();
  }
  return xml.take();
}

}  // namespace varne
