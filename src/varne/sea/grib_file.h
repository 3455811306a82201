#pragma once
/// Where the messages of a GRIB file stand and what their heads are, found by the lengths that they state:
/// their values, nearly all of the file, are passed over.

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <memory>
#include <string>

#include "varne/core/result.h"

namespace varne {

class GribFile {
 public:
  struct Span {
    std::uint64_t at = 0;     ///< in the file [bytes]
    std::uint64_t bytes = 0;  ///< 0: it is not there
  };
  /// A field: one of a message, or of an edition 2 message that repeats its sections.
  struct Field {
    Span message;
    int number = 0;                       ///< of its message, from 1
    std::array<Span, 8> sections = {{}};  ///< that hold for it; of edition 2 only
  };
  /// @param head  sections 0 to 5 of the field (edition 1: 0 to 2), as a message that is cut short there
  using Take = std::function<Done(const Field& field, const std::string& head)>;

  /// Refuses what cannot be opened.
  static Result<GribFile> open(const std::string& path);

  /// Shows every field in order of the file. Refuses, besides what `take` refuses: no message in it; a
  /// message that goes beyond the file's end, does not end as one, or is of an edition other than 1 and 2,
  /// with how many could be read before it.
  Done each(const Take& take) const;

  /// The field as a message that holds no other.
  [[nodiscard]] Result<std::string> message(const Field& field) const;

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  /// Fewer than asked for at the end of the file.
  [[nodiscard]] std::string read(Span span) const;
  [[nodiscard]] std::uint64_t next_message(std::uint64_t from) const;
  [[nodiscard]] std::string edition_1(const std::string& start, Field& field) const;
  [[nodiscard]] bool each_of_edition_2(Field field, const Take& take, Done& taken) const;

  std::string path_;
  std::unique_ptr<std::FILE, Close> file_;
  std::uint64_t size_ = 0;
};

}  // namespace varne
