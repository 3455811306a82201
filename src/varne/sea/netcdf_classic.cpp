#include "varne/sea/netcdf_classic.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <limits>
#include <vector>

namespace varne {
namespace {

constexpr std::uint64_t impossible = std::numeric_limits<std::uint64_t>::max();
/// The format's own limit. libnetcdf 4.9.0 takes a longer dimension for a negative number, and divides by the
/// zero that it comes to (NC_check_vlen), also where the file has no record that would miss bytes.
constexpr std::uint64_t longest = std::numeric_limits<std::int64_t>::max();

/// Sums and products that stay at the end of the numbers instead of starting again.
std::uint64_t plus(std::uint64_t a, std::uint64_t b) {
  return a > impossible - b ? impossible : a + b;
}
std::uint64_t times(std::uint64_t a, std::uint64_t b) {
  return b != 0 && a > impossible / b ? impossible : a * b;
}
std::uint64_t padded(std::uint64_t bytes) {
  return plus(bytes, 3) == impossible ? impossible : (bytes + 3) / 4 * 4;
}

std::uint64_t size_of_type(std::uint64_t type) {
  constexpr std::array<std::uint64_t, 12> sizes = {0, 1, 1, 2, 4, 4, 8, 1, 2, 4, 8, 8};
  return type < sizes.size() ? sizes[type] : 0;
}

/// The header, read field by field; once a field is missing or senseless, `good` is false and all is zero.
class Header {
 public:
  Header(const std::string& path, std::uint64_t size) : in_(path, std::ios::binary), size_(size) {
    const std::uint64_t magic = bytes(4);
    version_ = magic >> 8 == 0x434446 ? static_cast<unsigned>(magic & 0xFF) : 0;  // "CDF"
  }

  [[nodiscard]] bool classic() const { return version_ == 1 || version_ == 2 || version_ == 5; }
  [[nodiscard]] bool good() const { return good_; }

  /// Bytes that the file must have, by its header.
  std::uint64_t needed() {
    const std::uint64_t records = count();
    const bool streaming = records == (version_ == 5 ? impossible : 0xFFFFFFFF);
    const std::uint64_t dimensions = list();
    for (std::uint64_t i = 0; i < dimensions && good_; ++i) {
      name();
      lengths_.push_back(count());
      good_ = good_ && lengths_.back() <= longest;
    }
    attributes();
    const std::uint64_t variables = list();
    for (std::uint64_t i = 0; i < variables && good_; ++i) variable();
    return streaming ? fixed_end_ : std::max(fixed_end_, record_end(records));
  }

 private:
  struct Recorded {
    std::uint64_t begin;
    std::uint64_t bytes;  // of one record
  };

  std::uint64_t bytes(int n) {
    std::uint64_t value = 0;
    for (int i = 0; i < n && good_; ++i) {
      const int byte = in_.get();
      good_ = byte != std::ifstream::traits_type::eof();
      value = value << 8 | static_cast<std::uint64_t>(byte & 0xFF);
    }
    at_ += static_cast<std::uint64_t>(n);
    return good_ ? value : 0;
  }
  std::uint64_t count() { return bytes(version_ == 5 ? 8 : 4); }
  /// Elements of a list; its tag tells nothing that the place does not. Each takes at least four bytes.
  std::uint64_t list() {
    bytes(4);
    const std::uint64_t elements = count();
    good_ = good_ && elements <= size_ / 4;
    return good_ ? elements : 0;
  }
  void skip(std::uint64_t n) {
    good_ = good_ && n <= size_ && at_ + n <= size_;
    if (!good_) return;
    in_.seekg(static_cast<std::streamoff>(n), std::ios::cur);
    at_ += n;
  }
  void name() { skip(padded(count())); }
  void attributes() {
    const std::uint64_t attributes = list();
    for (std::uint64_t i = 0; i < attributes && good_; ++i) {
      name();
      const std::uint64_t type = bytes(4);
      skip(padded(times(count(), size_of_type(type))));
    }
  }
  void variable() {
    name();
    const std::uint64_t rank = count();
    std::uint64_t points = 1;
    bool recorded = false;
    good_ = good_ && rank <= size_ / 4;
    for (std::uint64_t i = 0; i < rank && good_; ++i) {
      const std::uint64_t dimension = count();
      good_ = good_ && dimension < lengths_.size();
      if (!good_) return;
      // Length zero is the record dimension, and it comes first.
      if (lengths_[dimension] == 0 && i == 0) {
        recorded = true;
      } else {
        good_ = good_ && lengths_[dimension] > 0;
        points = times(points, lengths_[dimension]);
      }
    }
    attributes();
    const std::uint64_t type = bytes(4);
    good_ = good_ && size_of_type(type) > 0;
    count();  // the size as the writer saw it, which may have overflowed
    const std::uint64_t begin = bytes(version_ == 1 ? 4 : 8);
    const std::uint64_t size = times(points, size_of_type(type));
    if (recorded) {
      records_.push_back({begin, size});
    } else {
      fixed_end_ = std::max(fixed_end_, plus(begin, size));
    }
  }
  [[nodiscard]] std::uint64_t record_end(std::uint64_t records) const {
    if (records == 0) return 0;
    std::uint64_t stride = 0;
    for (const Recorded& each : records_)
      stride = plus(stride, records_.size() == 1 ? each.bytes : padded(each.bytes));
    std::uint64_t end = 0;
    for (const Recorded& each : records_) {
      end = std::max(end, plus(plus(each.begin, times(records - 1, stride)), each.bytes));
    }
    return end;
  }

  std::ifstream in_;
  std::uint64_t size_;
  std::uint64_t at_ = 0;
  unsigned version_ = 0;
  bool good_ = true;
  std::vector<std::uint64_t> lengths_;
  std::vector<Recorded> records_;
  std::uint64_t fixed_end_ = 0;
};

}  // namespace

Done whole_classic_file(const std::string& path) {
  std::error_code error;
  const std::uint64_t size = std::filesystem::file_size(path, error);
  if (error) return fail(path, "cannot be read: " + error.message());
  Header header(path, size);
  if (!header.classic()) return {};
  const std::uint64_t needed = header.needed();
  if (header.good() && needed <= size) return {};
  return fail(path, "is cut short or damaged: what its own header says does not hold; fetch it again");
}

}  // namespace varne
