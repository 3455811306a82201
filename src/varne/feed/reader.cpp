#include "varne/feed/reader.h"

#include <fmt/format.h>

#include "varne/core/text.h"
#include "varne/feed/plots.h"
#include "varne/feed/report_reader.h"

namespace varne {
namespace {

class NmeaFeed final : public FeedReader {
 public:
  explicit NmeaFeed(std::string source) : reader_(std::move(source)) {}
  Done take(std::string_view line, Time arrival, std::vector<Observation>& out) override {
    return reader_.take(line, arrival, out);
  }
  void finish() override { reader_.finish(); }
  [[nodiscard]] std::optional<Time> said() const override { return reader_.said(); }
  [[nodiscard]] const NmeaCounts* nmea() const override { return &reader_.counts(); }

 private:
  NmeaReader reader_;
};

class PlotFeed final : public FeedReader {
 public:
  Done take(std::string_view line, Time /*arrival*/, std::vector<Observation>& out) override {
    auto plot = reader_.take(line);
    if (!plot) return std::unexpected(plot.error());
    if (!*plot) return {};
    said_ = (*plot)->time;
    out.push_back(std::move(**plot));
    return {};
  }
  [[nodiscard]] std::optional<Time> said() const override { return said_; }

 private:
  PlotReader reader_;
  std::optional<Time> said_;
};

class ReportFeed final : public FeedReader {
 public:
  explicit ReportFeed(std::string source) : source_(std::move(source)) {}
  Done take(std::string_view line, Time /*arrival*/, std::vector<Observation>& out) override {
    if (trim(line).empty()) return {};
    auto report = parse_report(line);
    if (!report) return std::unexpected(report.error());
    said_ = report->time;
    out.push_back({report->time, source_, std::string(line), std::move(report->report)});
    return {};
  }
  [[nodiscard]] std::optional<Time> said() const override { return said_; }

 private:
  std::string source_;
  std::optional<Time> said_;
};

}  // namespace

Result<std::unique_ptr<FeedReader>> make_reader(std::string_view kind, std::string source) {
  if (kind == "nmea") return std::make_unique<NmeaFeed>(std::move(source));
  if (kind == "plots") return std::make_unique<PlotFeed>();
  if (kind == "reports") return std::make_unique<ReportFeed>(std::move(source));
  return fail("", fmt::format("\"{}\" is no kind of feed; there are nmea, plots and reports", shown(kind)));
}

std::string guess_kind(std::string_view path, std::string_view first_line) {
  if (path.ends_with(".gz")) path.remove_suffix(3);
  if (path.ends_with(".csv")) return "plots";
  if (path.ends_with(".jsonl")) return "reports";
  const auto line = trim(first_line);
  if (line.starts_with('{')) return "reports";
  if (line.starts_with("time,")) return "plots";
  return "nmea";
}

}  // namespace varne
