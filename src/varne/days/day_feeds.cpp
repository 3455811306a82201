#include "varne/days/day_feeds.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cmath>

#include "varne/core/units.h"
#include "varne/feed/report_reader.h"

namespace varne::days {
namespace {

constexpr double ais_per_deg = 600000;  // ITU-R M.1371: 1/10,000 minute

/// A message's bits in the armour of IEC 61162-1.
class Armour {
 public:
  void put(std::int64_t value, int bits) {
    for (int i = bits - 1; i >= 0; --i) {
      six_ = six_ << 1 | static_cast<int>(value >> i & 1);
      if (++filled_ < 6) continue;
      text_ += static_cast<char>(six_ < 40 ? six_ + 48 : six_ + 56);
      six_ = filled_ = 0;
    }
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
  int six_ = 0;
  int filled_ = 0;
};

std::string checked(std::string_view body) {
  unsigned sum = 0;
  for (const char c : body) sum ^= static_cast<unsigned char>(c);
  return fmt::format("{}*{:02X}", body, sum);
}

/// What a message of type 1, or of type 9 of an aircraft, gives, in its own units (M.1371-5, tables 45, 78).
struct Sent {
  Sent(std::uint32_t sender, bool by_air, Place place, double speed_mps, double course_deg)
      : mmsi(sender),
        aircraft(by_air),
        lon(std::lround(place.lon * ais_per_deg)),
        lat(std::lround(place.lat * ais_per_deg)),
        course(std::lround(wrap360(course_deg) * 10) % 3600) {
    const double kn = knots_from_mps(speed_mps);
    speed = aircraft ? std::lround(std::min(kn, 1022.0)) : std::lround(std::min(kn, 102.2) * 10);
  }
  std::uint32_t mmsi;
  bool aircraft;
  std::int64_t lon, lat;
  std::int64_t course;
  std::int64_t speed = 0;
  static constexpr int altitude_m = 150;

  /// 168 bits.
  [[nodiscard]] std::string armoured() const {
    Armour out;
    out.put(aircraft ? 9 : 1, 6);
    out.put(0, 2);
    out.put(mmsi, 30);
    if (aircraft) {
      out.put(altitude_m, 12);
    } else {
      out.put(0, 4);
      out.put(-128, 8);
    }
    out.put(speed, 10);
    out.put(1, 1);
    out.put(lon, 28);
    out.put(lat, 27);
    out.put(course, 12);
    if (!aircraft) out.put(511, 9);
    out.put(60, 6);
    out.put(0, aircraft ? 34 : 25);
    return out.text();
  }

  /// What the reader reads in them.
  [[nodiscard]] AisPosition read() const {
    AisPosition out;
    out.mmsi = mmsi;
    out.type = aircraft ? 9 : 1;
    out.place = Place{static_cast<double>(lon) / ais_per_deg, static_cast<double>(lat) / ais_per_deg};
    out.speed_mps = mps_from_knots(static_cast<double>(speed) * (aircraft ? 1 : 0.1));
    out.course_deg = static_cast<double>(course) / 10.0;
    if (aircraft)
      out.altitude_m = altitude_m;
    else
      out.status = 0;
    out.accurate = true;
    return out;
  }
};

}  // namespace

Place as_written(Place place) {
  return {std::round(place.lon * 1e5) / 1e5, std::round(place.lat * 1e5) / 1e5};
}

DayFeeds::DayFeeds(Time start, const std::vector<std::string>& radars, bool keep_lines) : keep_(keep_lines) {
  for (const std::string& name : radars) radars_.push_back({name, {}, start});
  files_.push_back({"nmea", "ais", "ais.nmea", ""});
  for (const std::string& radar : radars)
    files_.push_back(
        {"plots", "radar-" + radar, "plots-" + radar + ".csv", "time,radar,scan,plot,lon,lat,sigma_m\n"});
  files_.push_back({"reports", "reports", "reports.jsonl", ""});
  auto ais = make_reader("nmea", "ais");
  auto reports = make_reader("reports", "reports");
  assert(ais && reports);
  ais_ = std::move(*ais);
  reports_ = std::move(*reports);
}

void DayFeeds::read(std::size_t feed, FeedReader& reader, Time at, const std::string& line) {
  files_[feed].text += line + '\n';
  fresh_.clear();
  const auto taken = reader.take(line, at, fresh_);
  assert(taken);  // this file wrote it
  static_cast<void>(taken);
  for (Observation& one : fresh_) items_.push_back({at, feed, std::move(one)});
}

void DayFeeds::ais(Time at, std::uint32_t mmsi, bool aircraft, Place place, double speed_mps,
                   double course_deg) {
  const Sent sent(mmsi, aircraft, place, speed_mps, course_deg);
  const std::int64_t second = millis(at) / 1000;
  if (!keep_) {
    items_.push_back({at, 0, {Time(std::chrono::seconds(second)), ais_source_, {}, sent.read()}});
    return;
  }
  const std::string tag = checked(fmt::format("c:{}", second));
  const std::string body = checked(fmt::format("AIVDM,1,1,,A,{},0", sent.armoured()));
  read(0, *ais_, at, fmt::format("\\{}\\!{}", tag, body));
}

void DayFeeds::scan(std::size_t radar, Time at, std::uint32_t number, const std::vector<RadarPlot>& plots) {
  const std::size_t feed = 1 + radar;
  RadarFeed& of = radars_[radar];
  std::vector<Observation> pieces;
  for (std::size_t p = 0; p < plots.size(); ++p) {
    RadarPlot plot = plots[p];
    plot.plot = static_cast<std::uint32_t>(p);
    plot.time = at;
    plot.place = as_written(plot.place);
    plot.sigma_m = std::max(1.0, std::round(plot.sigma_m));
    if (keep_)
      files_[feed].text += fmt::format("{},{},{},{},{:.5f},{:.5f},{:.0f}\n", iso(at), of.name, number, p,
                                       plot.place.lon, plot.place.lat, plot.sigma_m);
    of.gatherer.take(of.name, number, plot, "", of.clock, pieces);
    of.clock = std::max(of.clock, at);
  }
  // A recorded feed reads on until the turn is whole, and gives it for when it was.
  of.gatherer.finish(pieces);
  for (Observation& piece : pieces) items_.push_back({at, feed, std::move(piece)});
}

void DayFeeds::report(Time at, Report report) {
  std::visit(
      [&](ReportHead& head) {
        head.id = fmt::format("S{}", ++reports_said_);
        head.time = at;
      },
      report);
  const std::size_t feed = files_.size() - 1;
  if (keep_) return read(feed, *reports_, at, report_json(report));
  items_.push_back({at, feed, {at, reports_source_, {}, std::move(report)}});
}

std::vector<Event> DayFeeds::take() {
  std::stable_sort(items_.begin(), items_.end(),
                   [](const Item& a, const Item& b) { return a.at != b.at ? a.at < b.at : a.feed < b.feed; });
  std::vector<Event> out;
  out.reserve(items_.size());
  for (Item& item : items_)
    out.push_back({item.at, {SpeakerKind::recording, files_[item.feed].name}, std::move(item.observation)});
  items_.clear();
  return out;
}

}  // namespace varne::days
