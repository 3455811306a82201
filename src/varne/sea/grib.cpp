/// GRIB files (editions 1 and 2) as readings, through ecCodes: first what all fields are, then the values of
/// those that are needed.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <mutex>
#include <new>
#include <tuple>

#include "varne/sea/grib_file.h"
#include "varne/sea/grib_message.h"
#include "varne/sea/reading.h"
#include "varne/sea/trial.h"

namespace varne {
namespace {

constexpr std::size_t most_values = std::size_t{1} << 28;  // 1 GiB of floats, all fields together

std::mutex& one_at_a_time() {
  static std::mutex mutex;
  return mutex;
}

/// A field that may be read.
struct Known {
  GribHead head;
  std::size_t grid;
  GribFile::Field field;

  /// What is the same of fields that differ in run and moment only.
  [[nodiscard]] auto kind() const {
    return std::tuple(head.meaning.quantity, head.meaning.part, grid, head.meaning.along_axes);
  }
};
using Moments = std::map<Time, const Known*>;
using Runs = std::map<std::optional<Time>, Moments>;

class GribReader {
 public:
  GribReader(const std::string& path, const ForcingOptions& options) : path_(path), options_(options) {}

  Result<ForcingFile> read(bool only_members);

 private:
  [[nodiscard]] std::string where(const GribFile::Field& field) const {
    return fmt::format("{}: message {}", path_, field.number);
  }
  Done look_at(const GribFile& file, const GribFile::Field& field, const std::string& head);
  Result<std::size_t> grid_of(const GribFile& file, const GribFile::Field& field, const std::string& hash);
  void keep_needed(Runs& runs) const;
  Result<Reading> reading(const GribFile& file, std::optional<Time> began, const Moments& moments);

  const std::string& path_;
  const ForcingOptions& options_;
  std::vector<Known> known_;
  std::vector<Error> left_out_;
  std::vector<std::shared_ptr<const Grid>> grids_;
  std::map<std::string, std::size_t> grid_of_hash_;
  std::vector<int> members_;
};

/// The number of the field's grid in `grids_`. Only the first field of each is read for it.
Result<std::size_t> GribReader::grid_of(const GribFile& file, const GribFile::Field& field,
                                        const std::string& hash) {
  if (const auto known = grid_of_hash_.find(hash); known != grid_of_hash_.end()) return known->second;
  const auto bytes = file.message(field);
  if (!bytes) return fail(bytes.error());
  const GribHandle handle = grib_whole(*bytes);
  if (handle == nullptr) return fail(where(field), "cannot be read as GRIB; fetch the file again");
  auto grid = grib_grid(handle.get(), where(field));
  if (!grid) return fail(grid.error());
  if (!hash.empty()) grid_of_hash_[hash] = grids_.size();
  grids_.push_back(std::move(*grid));
  return grids_.size() - 1;
}

Done GribReader::look_at(const GribFile& file, const GribFile::Field& field, const std::string& head) {
  const GribHandle handle = grib_head(head);
  if (handle == nullptr) return fail(where(field), "cannot be read as GRIB; fetch the file again");
  auto says = grib_head_of(handle.get(), where(field), left_out_);
  if (!says) return fail(says.error());
  if (!*says) return {};
  if (const auto member = (*says)->member) {
    if (std::find(members_.begin(), members_.end(), *member) == members_.end()) members_.push_back(*member);
    if (options_.member != member) return {};
  }
  auto grid = grid_of(file, field, (*says)->grid);
  if (!grid) return fail(grid.error());
  (*says)->meaning.along_axes = (*says)->meaning.along_axes && grids_[*grid]->turned();
  known_.push_back({std::move(**says), *grid, field});
  return {};
}

/// Leaves of all runs the moments that the window needs once they are joined.
void GribReader::keep_needed(Runs& runs) const {
  std::vector<Moments> newest_first;
  std::vector<std::vector<Time>> times;
  for (auto run = runs.rbegin(); run != runs.rend(); ++run) {
    newest_first.push_back(run->second);
    times.emplace_back();
    for (const auto& moment : run->second) times.back().push_back(moment.first);
  }
  const std::vector<RunMoment> joined = moments_of_runs(times);
  std::vector<Time> all;
  for (const RunMoment& moment : joined) all.push_back(moment.time);
  const auto [first, after] = needed_moments(all, options_.between);
  runs.clear();
  for (std::size_t i = first; i < after; ++i) {
    const Known* known = newest_first[joined[i].run].at(joined[i].time);
    runs[known->head.began][joined[i].time] = known;
  }
}

Result<Reading> GribReader::reading(const GribFile& file, std::optional<Time> began, const Moments& moments) {
  const Known& first = *moments.begin()->second;
  const Meaning& meaning = first.head.meaning;
  const auto& grid = grids_[first.grid];
  CoastFill coast(grid, options_.coast);
  const bool polar =
      meaning.part == Part::speed || meaning.part == Part::from || meaning.part == Part::towards;
  Reading out{.meaning = meaning,
              .where = fmt::format("{}: {}", path_, name_of(meaning.quantity)),
              .variable = name_of(meaning.quantity),
              .began = began,
              .field = {}};
  out.field.grid = grid;
  for (const auto& [time, known] : moments) {
    const auto bytes = file.message(known->field);
    if (!bytes) return fail(bytes.error());
    const GribHandle handle = grib_whole(*bytes);
    if (handle == nullptr) return fail(where(known->field), "cannot be read as GRIB; fetch the file again");
    auto values = grib_values(handle.get(), meaning, *grid, where(known->field));
    if (!values) return fail(values.error());
    out.field.times.push_back(time);
    out.field.frames.push_back(make_frame(std::move(*values), measure_of(meaning), polar ? nullptr : &coast));
  }
  note_losses(out);
  return out;
}

Result<ForcingFile> GribReader::read(bool only_members) {
  const auto file = GribFile::open(path_);
  if (!file) return fail(file.error());
  const auto looked = file->each(
      [&](const GribFile::Field& field, const std::string& head) { return look_at(*file, field, head); });
  if (!looked) return fail(looked.error());
  std::sort(members_.begin(), members_.end());
  if (only_members) return ForcingFile{{}, {}, members_};
  if (known_.empty() && !members_.empty())
    return fail(path_, options_.member ? fmt::format("has no member {}; its members are {} to {}",
                                                     *options_.member, members_.front(), members_.back())
                                       : fmt::format("is an ensemble of {}; take one by --member {} to {}",
                                                     members_.size(), members_.front(), members_.back()));
  if (known_.empty() && !left_out_.empty()) return fail(left_out_.front());
  if (known_.empty())
    return fail(path_,
                "holds no current, wind at 10 m, wave height or water temperature that is known in GRIB");
  // Fields of one quantity, run and grid make one reading; of several depths the least.
  std::map<decltype(known_.front().kind()), Runs> kinds;
  for (const Known& each : known_) {
    const Known*& at = kinds[each.kind()][each.head.began][each.head.time];
    if (at == nullptr || each.head.depth_m < at->head.depth_m) at = &each;
  }
  std::size_t values = 0;
  for (auto& [kind, runs] : kinds) {
    if (options_.between) keep_needed(runs);
    for (const auto& [began, moments] : runs) values += moments.size() * grids_[std::get<2>(kind)]->size();
  }
  if (values > most_values)
    return fail(path_,
                "is too large to hold in memory (1 GiB a file); cut it to the area and time that are needed");
  ForcingFile out;
  for (const auto& [kind, runs] : kinds) {
    for (const auto& [began, moments] : runs) {
      auto made = reading(*file, began, moments);
      if (!made) return fail(made.error());
      out.readings.push_back(std::move(*made));
    }
  }
  for (const Error& error : left_out_) {
    const std::string note = "left out: " + error.what;
    if (std::find(out.notes.begin(), out.notes.end(), note) == out.notes.end()) out.notes.push_back(note);
  }
  return out;
}

}  // namespace

bool is_grib(const std::string& path) {
  std::array<char, 1024> head{};
  std::ifstream file(path, std::ios::binary);
  file.read(head.data(), head.size());
  const std::string_view begin(head.data(), static_cast<std::size_t>(file.gcount()));
  return !begin.starts_with("CDF") && !begin.starts_with("\x89HDF") &&
         begin.find("GRIB") != std::string_view::npos;
}

Result<ForcingFile> read_grib(const std::string& path, const ForcingOptions& options, bool only_members) {
  const std::lock_guard turn(one_at_a_time());
  const auto survived = survives_trial(path, "ecCodes", [&] {
    if (GribReader(path, options).read(only_members)) return;  // refused or not: it came back
  });
  if (!survived) return fail(survived.error());
  try {
    return GribReader(path, options).read(only_members);
  } catch (const std::bad_alloc&) {
    return fail(path, "is too large for this machine's memory; cut it to the area and time that are needed");
  }
}

}  // namespace varne
