/// Any bytes as a published series: refused with its place named, or rows that follow each other and that are
/// written and read again alike.
#include "varne/people/series.h"

#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdlib>
#include <string_view>

namespace {

/// A file in memory, read by its path as any other.
class MemoryFile {
 public:
  MemoryFile()
      : descriptor_(memfd_create("series", 0)), path_(fmt::format("/proc/self/fd/{}", descriptor_)) {}
  const std::string& holding(std::string_view text) {
    if (ftruncate(descriptor_, 0) != 0 ||
        pwrite(descriptor_, text.data(), text.size(), 0) != static_cast<ssize_t>(text.size()))
      std::abort();
    return path_;
  }

 private:
  int descriptor_;
  std::string path_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static MemoryFile file;
  const auto series = varne::read_series(file.holding({reinterpret_cast<const char*>(data), size}));
  if (!series) {
    if (series.error().where.empty() || series.error().what.empty()) std::abort();
    return 0;
  }
  for (std::size_t i = 0; i < series->rows.size(); ++i) {
    const auto& row = series->rows[i];
    if (row.people < 0 || row.boats < 0 || (row.people == 0) != (row.boats == 0)) std::abort();
    if (row.days.days() != (series->weekly() ? 7 : 1)) std::abort();
    if (i > 0 && row.days.first != series->rows[i - 1].days.last + std::chrono::days(1)) std::abort();
  }
  // A series by day has no column for departures prevented.
  const auto again = varne::read_series(file.holding(varne::series_csv(series->rows)));
  if (!again || varne::series_csv(again->rows) != varne::series_csv(series->rows)) std::abort();
  return 0;
}
