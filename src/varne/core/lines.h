#pragma once
/// Files and streams read line by line, in bounded memory whatever they hold; gzip is unpacked on the way.

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "varne/core/result.h"

namespace varne {

/// Cuts a byte stream into lines. A line longer than the limit is not kept: it is counted, named in
/// `overlong`, and what follows its end is read on as usual, so a 1 GB line without a newline costs one limit
/// of memory.
class LineCutter {
 public:
  static constexpr std::size_t usual_limit = std::size_t{64} * 1024;

  explicit LineCutter(std::size_t limit = usual_limit) : limit_(limit) {}

  /// Takes bytes; calls `line(text, number, overlong)` for each whole line, without its line end: LF, CR LF,
  /// or CR alone, which some receivers write; several CR before an LF are one end. For an overlong line the
  /// text is its beginning, cut at 80 bytes, and `overlong` is true. Numbers start at 1.
  template <class Line>
  void take(std::string_view bytes, Line&& line) {
    while (!bytes.empty()) {
      const auto newline = bytes.find('\n');
      auto part = bytes.substr(0, newline);
      bytes.remove_prefix(newline == std::string_view::npos ? bytes.size() : newline + 1);
      const bool ended = newline != std::string_view::npos;
      if (after_cr_) {  // the rest of a line end whose line was given at its first CR
        part.remove_prefix(std::min(part.find_first_not_of('\r'), part.size()));
        after_cr_ = part.empty() && !ended;
        if (part.empty()) continue;
      }
      for (auto cr = part.find('\r'); cr != std::string_view::npos; cr = part.find('\r')) {
        keep(part.substr(0, cr));
        part.remove_prefix(std::min(part.find_first_not_of('\r', cr), part.size()));
        if (part.empty() && ended) break;
        give(line);
        after_cr_ = part.empty();
      }
      keep(part);
      if (ended) give(line);
    }
  }

  /// The stream has ended: what stands after the last newline is a line too.
  template <class Line>
  void finish(Line&& line) {
    after_cr_ = false;
    if (!buffer_.empty() || overlong_) give(line);
  }

 private:
  void keep(std::string_view part) {
    if (overlong_) return;
    if (buffer_.size() + part.size() > limit_) {
      buffer_.append(part.substr(0, 80));
      buffer_.resize(buffer_.size() < 80 ? buffer_.size() : 80);
      overlong_ = true;
      return;
    }
    buffer_.append(part);
  }
  template <class Line>
  void give(Line&& line) {
    line(std::string_view(buffer_), ++number_, overlong_);
    buffer_.clear();
    overlong_ = false;
  }

  std::size_t limit_;
  std::string buffer_;
  std::uint64_t number_ = 0;
  bool overlong_ = false;
  bool after_cr_ = false;  ///< the bytes so far ended with a CR, and its line was given
};

/// Pulls lines from a file: plain, gzip (told by its first bytes), or standard input where the path is "-".
class LineFile {
 public:
  /// Refuses a file that is absent, unreadable or a folder.
  static Result<LineFile> open(const std::string& path, std::size_t limit = LineCutter::usual_limit);
  LineFile(LineFile&&) noexcept;
  LineFile& operator=(LineFile&&) noexcept;
  ~LineFile();

  struct Line {
    std::string text;          ///< without its line end
    std::uint64_t number = 0;  ///< from 1
    bool overlong = false;     ///< longer than the limit: `text` is only its beginning
  };

  /// True and the next line in `line`, false at the end of the file; an error for a damaged gzip stream (what
  /// was read before it has been given already).
  Result<bool> next(Line& line);

 private:
  struct State;
  explicit LineFile(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// A whole small file (settings, a day's description), plain or gzip, refused above the limit.
Result<std::string> read_file(const std::string& path, std::size_t most_bytes = std::size_t{64} << 20);

}  // namespace varne
