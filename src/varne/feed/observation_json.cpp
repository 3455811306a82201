#include "varne/feed/observation_json.h"

#include <cassert>
#include <string_view>

#include "varne/core/json.h"
#include "varne/core/text.h"
#include "varne/feed/report_reader.h"

namespace varne {
namespace {

/// Writes an object whose fields come in canonical order already: there is a line for every message of a busy
/// strait, and a tree of each would cost more than reading it did.
class Row {
 public:
  Row() { out_.reserve(512); }
  void text(std::string_view name, std::string_view value) { put(name, quoted(value)); }
  /// An empty text says nothing.
  void said(std::string_view name, std::string_view value) {
    if (!value.empty()) text(name, value);
  }
  void whole(std::string_view name, std::int64_t value) { put(name, std::to_string(value)); }
  void truth(std::string_view name, bool value) { put(name, value ? "true" : "false"); }
  void only_if_true(std::string_view name, bool value) {
    if (value) truth(name, true);
  }
  void number(std::string_view name, const std::optional<double>& value, int decimals) {
    if (value) put(name, canonical_number(rounded(*value, decimals)));
  }
  void at(const std::optional<Place>& place) {
    if (place)
      put("at", "[" + canonical_number(rounded(place->lon, 7)) + "," +
                    canonical_number(rounded(place->lat, 7)) + "]");
  }
  void put(std::string_view name, std::string_view json) {
    assert(name > last_);
    last_ = name;
    out_ += out_.empty() ? "{\"" : ",\"";
    out_ += name;
    out_ += "\":";
    out_ += json;
  }
  std::string done() { return std::move(out_) + "}"; }

 private:
  std::string out_;
  std::string_view last_;
};

/// Valid sequences stay; each byte that belongs to none becomes U+FFFD.
std::string as_utf8(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    std::size_t length = 1;
    while (length < 4 && length < text.size() && !is_utf8(text.substr(0, length))) ++length;
    const bool good = is_utf8(text.substr(0, length));
    out += good ? text.substr(0, length) : "\xEF\xBF\xBD";
    text.remove_prefix(good ? length : 1);
  }
  return out;
}

struct Writer {
  const Observation& o;
  Row row;

  void raw() {
    if (is_utf8(o.raw)) return row.text("raw", o.raw);
    row.text("raw", as_utf8(o.raw));
  }
  void source() { row.text("source", o.source); }
  void time() { row.text("time", iso(o.time)); }

  void operator()(const AisPosition& p) {
    row.truth("accurate", p.accurate);
    row.number("altitude_m", p.altitude_m, 0);
    row.at(p.place);
    row.number("course_deg", p.course_deg, 1);
    row.number("heading_deg", p.heading_deg, 0);
    row.text("kind", "ais_position");
    row.whole("mmsi", p.mmsi);
    row.only_if_true("odd_length", p.odd_length);
    raw();
    source();
    row.number("speed_mps", p.speed_mps, 6);
    if (p.status) row.whole("status", *p.status);
    time();
    row.number("turn_deg_min", p.turn_deg_min, 3);
    row.whole("type", p.type);
  }
  void operator()(const AisIdentity& p) {
    row.number("beam_m", p.beam_m, 0);
    row.said("callsign", p.callsign);
    row.said("destination", p.destination);
    row.number("draught_m", p.draught_m, 1);
    if (p.imo) row.whole("imo", *p.imo);
    row.text("kind", "ais_identity");
    row.number("length_m", p.length_m, 0);
    row.whole("mmsi", p.mmsi);
    row.said("name", p.name);
    row.only_if_true("odd_length", p.odd_length);
    raw();
    if (p.ship_type) row.whole("ship_type", *p.ship_type);
    source();
    time();
    row.whole("type", p.type);
  }
  void operator()(const AisMark& p) {
    row.at(p.place);
    row.text("kind", "ais_mark");
    row.whole("mmsi", p.mmsi);
    row.said("name", p.name);
    row.only_if_true("odd_length", p.odd_length);
    row.truth("off_position", p.off_position);
    raw();
    source();
    time();
    row.whole("type", p.type);
    row.truth("virtual_aid", p.virtual_aid);
  }
  void operator()(const AisText& p) {
    row.text("kind", "ais_text");
    row.whole("mmsi", p.mmsi);
    row.only_if_true("odd_length", p.odd_length);
    raw();
    if (p.sequence) row.whole("sequence", *p.sequence);
    source();
    row.text("text", p.text);
    time();
    if (p.to) row.whole("to", *p.to);
    row.whole("type", p.type);
  }
  void operator()(const RadarScan& scan) {
    row.text("from", iso(scan.from));
    row.text("kind", "radar_scan");
    std::string plots;
    for (const RadarPlot& p : scan.plots) {
      Row plot;
      plot.at(p.place);
      plot.whole("plot", p.plot);
      plot.number("sigma_m", p.sigma_m, 3);
      plot.text("time", iso(p.time));
      plots += (plots.empty() ? "[" : ",") + plot.done();
    }
    row.put("plots", plots + "]");
    row.text("radar", scan.radar);
    raw();
    row.whole("scan", scan.scan);
    source();
    time();
  }
  void operator()(const Boxed<Report>& boxed) {
    row.text("kind", "report");
    raw();
    row.put("report", report_json(*boxed));
    source();
    time();
  }
};

}  // namespace

std::string observation_json(const Observation& observation) {
  Writer writer{observation, {}};
  std::visit(writer, observation.what);
  return writer.row.done();
}

}  // namespace varne
