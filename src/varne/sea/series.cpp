/// Readings of one thing become one: frames, what was lost of them, and joining in time and space.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "varne/sea/reading.h"

namespace varne {
namespace {

constexpr float nan = std::numeric_limits<float>::quiet_NaN();

std::string spoken(Duration duration) {
  return fmt::format("{:g} h", seconds(duration) / 3600);
}

bool joinable(const Reading& a, const Reading& b) {
  return a.meaning == b.meaning && a.mean == b.mean && a.field.times.empty() == b.field.times.empty();
}

void take_files(Reading& into, const Reading& from) {
  into.files.insert(into.files.end(), from.files.begin(), from.files.end());
  for (const auto& note : from.notes) {
    if (std::find(into.notes.begin(), into.notes.end(), note) == into.notes.end()) into.notes.push_back(note);
  }
}

/// Files of two years are two sources, or one that never answers would stand under the other's name. Months
/// may be a series.
bool near_in_time(const Reading& a, const Reading& b) {
  constexpr Duration most_apart = std::chrono::hours(62 * 24);
  return b.field.times.front() - a.field.times.back() <= most_apart &&
         a.field.times.front() - b.field.times.back() <= most_apart;
}

/// How new a reading's run is: when it began, else its first moment.
Time newness(const Reading& reading) {
  return reading.began.value_or(reading.field.times.front());
}

/// The moments of one grid's readings; where two overlap those of the newer run.
Reading joined_in_time(std::vector<Reading> parts) {
  std::stable_sort(parts.begin(), parts.end(),
                   [](const Reading& a, const Reading& b) { return newness(a) > newness(b); });
  std::vector<std::vector<Time>> times;
  for (const Reading& part : parts) times.push_back(part.field.times);
  const std::vector<RunMoment> moments = moments_of_runs(times);
  std::vector<std::size_t> taken(parts.size());
  for (const RunMoment& moment : moments) ++taken[moment.run];
  std::vector<std::string> notes;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (taken[i] == times[i].size()) continue;
    const Reading& part = parts[i];
    const Reading& newer = parts.front();
    notes.push_back(fmt::format(
        "{} overlaps {}; where both know the newer run answers, {}", part.where, newer.where,
        newer.began && part.began ? fmt::format("of {}, not of {}", iso(*newer.began), iso(*part.began))
        : newness(newer) == newness(part)
            ? std::string("and of two that begin at once the one named first")
            : fmt::format("taken to be the one that begins later ({})", iso(newness(newer)))));
  }
  Reading all = parts.front();
  for (std::size_t i = 1; i < parts.size(); ++i) take_files(all, parts[i]);
  all.notes.insert(all.notes.end(), notes.begin(), notes.end());
  all.field.times.clear();
  all.field.frames.clear();
  for (const RunMoment& moment : moments) {
    all.field.times.push_back(moment.time);
    all.field.frames.push_back(parts[moment.run].field.frames[moment.index]);
  }
  return all;
}

/// Marks where more than two steps lie between two moments. A series whose steps grow from somewhere on, as
/// forecasts' do, has no gap there: the step after is as long.
void mark_gaps(Reading& reading, const std::optional<std::pair<Time, Time>>& between) {
  const auto& times = reading.field.times;
  reading.field.gap_after.clear();
  if (times.size() < 3) return;
  reading.field.gap_after.assign(times.size(), false);
  for (std::size_t i = 0; i + 1 < times.size(); ++i) {
    if (between && (times[i + 1] <= between->first || times[i] >= between->second)) continue;
    Duration step{};
    if (i > 0) step = std::max(step, times[i] - times[i - 1]);
    if (i + 2 < times.size()) step = std::max(step, times[i + 2] - times[i + 1]);
    if (times[i + 1] - times[i] <= 2 * step) continue;
    reading.field.gap_after[i] = true;
    reading.notes.push_back(fmt::format("{} is not known from {} to {}: a gap of {} in steps of {}",
                                        reading.variable, iso(times[i]), iso(times[i + 1]),
                                        spoken(times[i + 1] - times[i]), spoken(step)));
  }
}

/// Frames of two grids side by side: columns beside columns, or rows above rows.
std::shared_ptr<const Frame> beside(const Frame& a, const Frame& b, std::size_t rows, std::size_t a_columns,
                                    std::size_t b_columns) {
  auto frame = std::make_shared<Frame>();
  auto extended = std::make_shared<std::vector<bool>>();
  for (std::size_t row = 0; row < rows; ++row) {
    for (const auto& [part, columns] : {std::pair(&a, a_columns), std::pair(&b, b_columns)}) {
      const auto from = part->values.begin() + static_cast<std::ptrdiff_t>(row * columns);
      frame->values.insert(frame->values.end(), from, from + static_cast<std::ptrdiff_t>(columns));
      for (std::size_t column = 0; column < columns; ++column)
        extended->push_back(part->extended != nullptr && (*part->extended)[row * columns + column]);
    }
  }
  if (a.extended != nullptr || b.extended != nullptr) frame->extended = std::move(extended);
  return frame;
}

/// One field of two whose boxes adjoin; nothing where they do not, or know other moments.
std::optional<Reading> joined_in_space(const Reading& a, const Reading& b) {
  const auto* first = dynamic_cast<const PlainGrid*>(a.field.grid.get());
  const auto* second = dynamic_cast<const PlainGrid*>(b.field.grid.get());
  if (first == nullptr || second == nullptr || first->projection() != nullptr ||
      second->projection() != nullptr || a.field.times != b.field.times)
    return std::nullopt;
  const bool side = first->y().same(second->y());
  const bool above = first->x().same(second->x());
  if (side == above) return std::nullopt;
  const auto axis = side ? first->x().followed_by(second->x()) : first->y().followed_by(second->y());
  if (!axis) return std::nullopt;
  Reading all = a;
  take_files(all, b);
  all.field.grid = std::make_shared<PlainGrid>(side ? *axis : first->x(), side ? first->y() : *axis, nullptr);
  for (std::size_t i = 0; i < all.field.frames.size(); ++i) {
    const Frame& one = *a.field.frames[i];
    const Frame& other = *b.field.frames[i];
    all.field.frames[i] = side ? beside(one, other, first->rows(), first->columns(), second->columns())
                               : beside(one, other, 1, one.values.size(), other.values.size());
  }
  return all;
}

}  // namespace

Measure measure_of(const Meaning& meaning) {
  switch (meaning.quantity) {
    case Quantity::current:
    case Quantity::wind:
      if (meaning.part == Part::from || meaning.part == Part::towards) return {"degree", 720};
      return {"m s-1", 150};
    case Quantity::water_temperature:
      return {"degC", 100};
    case Quantity::wave_height:
    case Quantity::depth:
      break;
  }
  return {"m", 12000};
}

std::shared_ptr<const Frame> make_frame(std::vector<float> values, const Measure& measure, CoastFill* fill) {
  auto frame = std::make_shared<Frame>();
  frame->values = std::move(values);
  for (float& value : frame->values) {
    if (!(std::abs(static_cast<double>(value)) <= measure.most)) value = nan;
  }
  if (fill != nullptr) fill->fill(*frame);
  return frame;
}

void note_losses(Reading& reading) {
  const auto empty = [](const auto& frame) {
    return std::all_of(frame->values.begin(), frame->values.end(), [](float v) { return std::isnan(v); });
  };
  const auto& frames = reading.field.frames;
  const auto lost = std::count_if(frames.begin(), frames.end(), empty);
  if (lost == 0) return;
  if (static_cast<std::size_t>(lost) == frames.size()) {
    reading.notes.push_back(fmt::format(
        "{} answers nothing: all its values are missing, outside the valid range that the file gives, or "
        "beyond what occurs in nature",
        reading.variable));
    return;
  }
  const auto first = std::find_if(frames.begin(), frames.end(), empty);
  reading.notes.push_back(
      fmt::format("{} has no value at all at {} of {} moments, first on {}", reading.variable, lost,
                  frames.size(), iso(reading.field.times[static_cast<std::size_t>(first - frames.begin())])));
}

std::pair<std::size_t, std::size_t> needed_moments(const std::vector<Time>& times,
                                                   const std::optional<std::pair<Time, Time>>& between) {
  if (times.empty()) return {0, 1};
  if (!between) return {0, times.size()};
  constexpr std::size_t beside = 2;
  const auto upper = std::upper_bound(times.begin(), times.end(), between->first);
  const auto lower = std::lower_bound(times.begin(), times.end(), between->second);
  const auto before = static_cast<std::size_t>(upper - times.begin());
  const auto last = static_cast<std::size_t>(lower - times.begin());
  const std::size_t after = std::min(last + beside, times.size());
  return {std::min(std::max(before, beside), std::max(after, beside)) - beside, after};
}

std::vector<RunMoment> moments_of_runs(const std::vector<std::vector<Time>>& times) {
  std::vector<RunMoment> moments;
  for (std::size_t run = 0; run < times.size(); ++run) {
    for (std::size_t i = 0; i < times[run].size(); ++i) {
      const bool known = std::any_of(times.begin(), times.begin() + static_cast<std::ptrdiff_t>(run),
                                     [&](const std::vector<Time>& newer) {
                                       return !newer.empty() && times[run][i] >= newer.front() &&
                                              times[run][i] <= newer.back();
                                     });
      if (!known) moments.push_back({times[run][i], run, i});
    }
  }
  std::sort(moments.begin(), moments.end(),
            [](const RunMoment& a, const RunMoment& b) { return a.time < b.time; });
  return moments;
}

std::vector<Reading> join(std::vector<Reading> readings,
                          const std::optional<std::pair<Time, Time>>& between) {
  std::vector<Reading> series;
  std::vector<bool> taken(readings.size());
  for (std::size_t i = 0; i < readings.size(); ++i) {
    if (taken[i]) continue;
    std::vector<Reading> parts{readings[i]};
    const auto& grid = readings[i].field.grid;
    for (bool more = !readings[i].field.times.empty(); std::exchange(more, false);) {
      for (std::size_t j = i + 1; j < readings.size(); ++j) {
        if (taken[j] || !joinable(readings[i], readings[j])) continue;
        if (grid != readings[j].field.grid && !grid->same(*readings[j].field.grid)) continue;
        const auto adjoins = [&](const Reading& part) { return near_in_time(part, readings[j]); };
        if (std::none_of(parts.begin(), parts.end(), adjoins)) continue;
        taken[j] = more = true;
        parts.push_back(readings[j]);
      }
    }
    series.push_back(parts.size() > 1 ? joined_in_time(std::move(parts)) : std::move(parts.front()));
  }
  for (Reading& each : series) mark_gaps(each, between);
  for (bool again = true; again;) {
    again = false;
    for (std::size_t i = 0; i < series.size() && !again; ++i) {
      for (std::size_t j = 0; j < series.size() && !again; ++j) {
        if (i == j || !joinable(series[i], series[j])) continue;
        auto both = joined_in_space(series[i], series[j]);
        if (!both) continue;
        series[std::min(i, j)] = std::move(*both);
        series.erase(series.begin() + static_cast<std::ptrdiff_t>(std::max(i, j)));
        again = true;
      }
    }
  }
  return series;
}

void drop_far(std::vector<Reading>& readings, std::pair<Time, Time> between) {
  const auto away = [&](const Reading& r) {
    if (r.field.times.empty()) return Duration::zero();
    return std::max(
        {r.field.times.front() - between.second, between.first - r.field.times.back(), Duration::zero()});
  };
  std::vector<bool> left_out(readings.size(), false);
  for (std::size_t i = 0; i < readings.size(); ++i) {
    std::size_t nearest = i;
    for (std::size_t k = 0; k < readings.size(); ++k) {
      const bool alike =
          readings[k].meaning == readings[i].meaning && readings[k].field.grid->same(*readings[i].field.grid);
      if (alike && away(readings[k]) < away(readings[nearest])) nearest = k;
    }
    const auto& times = readings[i].field.times;
    left_out[i] = nearest != i && times.size() > 1 && away(readings[i]) > (times[1] - times[0]) * 2;
    if (left_out[i]) take_files(readings[nearest], readings[i]);  // its file stays a part of the series
  }
  std::vector<Reading> kept;
  for (std::size_t i = 0; i < readings.size(); ++i) {
    if (!left_out[i]) kept.push_back(std::move(readings[i]));
  }
  readings = std::move(kept);
}

}  // namespace varne
