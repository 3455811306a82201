#pragma once
/// The log of accesses: a line a request, for whoever asks afterwards who was at the desk. It holds no query,
/// no header and no body, so no password, token or cookie.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "varne/core/result.h"
#include "varne/core/time.h"

namespace varne {

class AccessLog {
 public:
  struct Line {
    std::string_view address;
    std::string_view who;     ///< account, program or certificate; "" nobody
    std::string_view method;  ///< "" what came was no request
    std::string_view target;  ///< what stands behind a '?' is left out
    unsigned status = 0;
  };

  /// Opens it to add to, mode 0600 where it is made.
  static Result<AccessLog> open(const std::string& path, std::function<Time()> now);
  AccessLog(AccessLog&& other) noexcept;
  AccessLog& operator=(AccessLog&&) = delete;
  ~AccessLog();

  /// "2021-11-11T05:00:00.123Z 192.0.2.7 anna POST /api/reports 200"; what is not known is "-".
  void write(const Line& line);
  /// "… 192.0.2.7 - TLS refused: its certificate: certificate has expired".
  void refused(std::string_view address, std::string_view why);
  /// The file was moved away: goes on in one of its old name. Where that cannot be made, in the one it has.
  void reopen();
  /// Why lines are lost; "" where none is.
  [[nodiscard]] const std::string& trouble() const { return trouble_; }

 private:
  AccessLog(std::string path, int file, std::function<Time()> now)
      : path_(std::move(path)), file_(file), now_(std::move(now)) {}
  void add(const std::string& line);
  std::string path_;
  int file_;
  std::function<Time()> now_;
  std::string trouble_;
};

}  // namespace varne
