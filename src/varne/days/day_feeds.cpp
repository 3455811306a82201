#include "varne/days/day_feeds.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cmath>

#include "varne/core/units.h"

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

/// M.1371-5, tables 45 (type 1) and 78 (type 9): 168 bits each.
std::string position(std::uint32_t mmsi, bool aircraft, Place place, double speed_mps, double course_deg) {
  Armour out;
  const double kn = knots_from_mps(speed_mps);
  out.put(aircraft ? 9 : 1, 6);
  out.put(0, 2);
  out.put(mmsi, 30);
  if (aircraft) {
    out.put(150, 12);  // altitude [m]
    out.put(std::lround(std::min(kn, 1022.0)), 10);
  } else {
    out.put(0, 4);
    out.put(-128, 8);
    out.put(std::lround(std::min(kn, 102.2) * 10), 10);
  }
  out.put(1, 1);
  out.put(std::lround(place.lon * ais_per_deg), 28);
  out.put(std::lround(place.lat * ais_per_deg), 27);
  out.put(std::lround(wrap360(course_deg) * 10) % 3600, 12);
  if (!aircraft) out.put(511, 9);
  out.put(60, 6);
  out.put(0, aircraft ? 34 : 25);
  return out.text();
}

double places(double x, double per) {
  return std::round(x * per) / per;
}

}  // namespace

DayFeeds::DayFeeds(Time start, const std::vector<std::string>& radars, bool keep_lines)
    : keep_(keep_lines), radars_(radars.size(), RadarFeed{{}, start}) {
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
  if (keep_) files_[feed].text += line + '\n';
  fresh_.clear();
  const auto taken = reader.take(line, at, fresh_);
  assert(taken);  // this file wrote it
  static_cast<void>(taken);
  for (Observation& one : fresh_) items_.push_back({at, feed, std::move(one)});
}

void DayFeeds::ais(Time at, std::uint32_t mmsi, bool aircraft, Place place, double speed_mps,
                   double course_deg) {
  const std::string tag = checked(fmt::format("c:{}", millis(at) / 1000));
  const std::string body =
      checked(fmt::format("AIVDM,1,1,,A,{},0", position(mmsi, aircraft, place, speed_mps, course_deg)));
  read(0, *ais_, at, fmt::format("\\{}\\!{}", tag, body));
}

void DayFeeds::scan(std::size_t radar, Time at, std::uint32_t number, const std::vector<RadarPlot>& plots) {
  const std::size_t feed = 1 + radar;
  const std::string name = files_[feed].name.substr(std::string("radar-").size());
  RadarFeed& of = radars_[radar];
  std::vector<Observation> pieces;
  for (std::size_t p = 0; p < plots.size(); ++p) {
    RadarPlot plot = plots[p];
    plot.plot = static_cast<std::uint32_t>(p);
    plot.time = at;
    plot.place = {places(plot.place.lon, 1e5), places(plot.place.lat, 1e5)};
    plot.sigma_m = std::max(1.0, std::round(plot.sigma_m));
    if (keep_)
      files_[feed].text += fmt::format("{},{},{},{},{:.5f},{:.5f},{:.0f}\n", iso(at), name, number, p,
                                       plot.place.lon, plot.place.lat, plot.sigma_m);
    of.gatherer.take(name, number, plot, "", of.clock, pieces);
    if (p == 0) pieces.clear();  // what that closed is the turn before, and was given when it came
    of.clock = std::max(of.clock, at);
  }
  // A recorded feed reads on until the turn is whole, and gives it for when it was.
  if (!plots.empty()) ScanGatherer(of.gatherer).finish(pieces);
  for (Observation& piece : pieces) items_.push_back({at, feed, std::move(piece)});
}

void DayFeeds::report(Time at, Json report) {
  report["id"] = fmt::format("S{}", ++reports_said_);
  report["time"] = iso(at);
  read(files_.size() - 1, *reports_, at, canonical(report));
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
