#include "varne/feed/reader.h"

#include <fmt/format.h>

#include "varne/core/fields_bytes.h"
#include "varne/core/text.h"
#include "varne/feed/cise_feed.h"
#include "varne/feed/plots.h"
#include "varne/feed/report_reader.h"
#include "varne/feed/scan_gatherer.h"
#include "varne/feed/sit185_feed.h"

namespace varne {
namespace {

/// All of it or nothing.
template <class T>
bool restore_to(T& value, std::string_view state) {
  T read = value;  // with what no state holds: its source
  BytesIn in(state);
  if (!in(read) || !in.at_end()) return false;
  value = std::move(read);
  return true;
}

class NmeaFeed final : public FeedReader {
 public:
  explicit NmeaFeed(std::string source) : reader_(std::move(source)) {}
  Done take(std::string_view line, Time arrival, std::vector<Observation>& out) override {
    auto done = reader_.take(line, arrival, out);
    if (done && !reader_.remark().empty()) return fail("", reader_.remark());
    return done;
  }
  void finish(std::vector<Observation>& /*out*/) override { reader_.finish(); }
  [[nodiscard]] std::optional<Time> said() const override { return reader_.said(); }
  [[nodiscard]] std::string state() const override { return bytes_of(reader_); }
  [[nodiscard]] bool restore(std::string_view state) override { return restore_to(reader_, state); }
  [[nodiscard]] const NmeaCounts* nmea() const override { return &reader_.counts(); }
  [[nodiscard]] Unused unused() const override { return {nmea()->other, nmea()->lost_part}; }

 private:
  NmeaReader reader_;
};

class PlotFeed final : public FeedReader {
 public:
  auto members() { return std::tie(reader_, scans_, said_); }

  Done take(std::string_view line, Time arrival, std::vector<Observation>& out) override {
    const auto row = reader_.take(line);
    if (!row) return std::unexpected(row.error());
    if (!*row) return {};
    said_ = (*row)->plot.time;
    scans_.take((*row)->radar, (*row)->scan, (*row)->plot, line, arrival, out);
    return {};
  }
  void advance(Time now, std::vector<Observation>& out) override { scans_.advance(now, out); }
  void finish(std::vector<Observation>& out) override { scans_.finish(out); }
  [[nodiscard]] std::optional<Time> said() const override { return said_; }
  [[nodiscard]] std::string state() const override { return bytes_of(*this); }
  [[nodiscard]] bool restore(std::string_view state) override { return restore_to(*this, state); }

 private:
  PlotReader reader_;
  ScanGatherer scans_;
  std::optional<Time> said_;
};

class ReportFeed final : public FeedReader {
 public:
  explicit ReportFeed(std::string source) : source_(std::move(source)) {}
  Done take(std::string_view line, Time /*arrival*/, std::vector<Observation>& out) override {
    if (trim(line).empty()) return {};
    auto report = parse_report(line);
    if (!report) return std::unexpected(report.error());
    said_ = report_head(*report).time;
    out.push_back({*said_, source_, line, std::move(*report)});
    return {};
  }
  void finish(std::vector<Observation>& /*out*/) override {}
  [[nodiscard]] std::optional<Time> said() const override { return said_; }
  [[nodiscard]] std::string state() const override { return bytes_of(said_); }
  [[nodiscard]] bool restore(std::string_view state) override { return restore_to(said_, state); }

 private:
  SharedText source_;
  std::optional<Time> said_;
};

class SarsatFeed final : public FeedReader {
 public:
  explicit SarsatFeed(std::string source) : reader_(std::move(source)) {}
  Done take(std::string_view line, Time arrival, std::vector<Observation>& out) override {
    return reader_.take(line, arrival, out);
  }
  void advance(Time now, std::vector<Observation>& out) override { reader_.advance(now, out); }
  void finish(std::vector<Observation>& out) override { reader_.finish(out); }
  [[nodiscard]] std::optional<Time> said() const override { return reader_.said(); }
  [[nodiscard]] std::string state() const override { return bytes_of(reader_); }
  [[nodiscard]] bool restore(std::string_view state) override { return restore_to(reader_, state); }

 private:
  Sit185Reader reader_;
};

class CiseFeed final : public FeedReader {
 public:
  explicit CiseFeed(std::string source) : reader_(std::move(source)) {}
  Done take(std::string_view line, Time arrival, std::vector<Observation>& out) override {
    return reader_.take(line, arrival, out);
  }
  void finish(std::vector<Observation>& /*out*/) override {}
  [[nodiscard]] std::optional<Time> said() const override { return reader_.said(); }
  [[nodiscard]] std::string state() const override { return bytes_of(reader_); }
  [[nodiscard]] bool restore(std::string_view state) override { return restore_to(reader_, state); }

 private:
  CiseReader reader_;
};

}  // namespace

Result<std::unique_ptr<FeedReader>> make_reader(std::string_view kind, std::string source) {
  if (kind == "nmea") return std::make_unique<NmeaFeed>(std::move(source));
  if (kind == "plots") return std::make_unique<PlotFeed>();
  if (kind == "reports") return std::make_unique<ReportFeed>(std::move(source));
  if (kind == "sarsat") return std::make_unique<SarsatFeed>(std::move(source));
  if (kind == "cise") return std::make_unique<CiseFeed>(std::move(source));
  return fail("", fmt::format("\"{}\" is no kind of feed; there are nmea, plots, reports, sarsat and cise",
                              shown(kind)));
}

std::string guess_kind(std::string_view path, std::string_view first_line) {
  if (path.ends_with(".gz")) path.remove_suffix(3);
  if (path.ends_with(".csv")) return "plots";
  if (path.ends_with(".jsonl")) return "reports";
  if (path.ends_with(".xml") || trim(first_line).starts_with("<?xml")) return "cise";
  if (path.ends_with(".sit185") || begins_sit185(first_line)) return "sarsat";
  if (is_plot_header(first_line)) return "plots";
  if (first_line.starts_with("\xEF\xBB\xBF")) first_line.remove_prefix(3);
  return trim(first_line).starts_with('{') ? "reports" : "nmea";
}

}  // namespace varne
