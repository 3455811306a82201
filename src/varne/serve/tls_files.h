#pragma once
/// The files behind a server's TLS. They may change while it runs (a certificate lasts some months): whoever
/// connects next gets the new ones, and nobody who is connected notices.

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "varne/core/result.h"
#include "varne/serve/stream.h"

namespace varne {

class TlsFiles {
 public:
  /// PEM files. The certificate's has the server's own first, then those that vouch for it.
  struct Paths {
    std::string certificate;
    std::string key;
    std::string client_ca = {};  ///< who vouches for feeds and partners; "" none may show a certificate
  };

  /// Refuses what cannot be read, and a key that does not belong to the certificate. The error never holds
  /// anything of the key.
  static Result<std::shared_ptr<TlsFiles>> open(Paths paths);

  /// For one more connection. Reads the files again where one of them has changed; until what is there is
  /// sound, it goes on with what was.
  std::shared_ptr<TlsContext> context();
  /// Reads them again at once.
  void reload();
  /// Why the files as they are now are not used; "" where they are.
  [[nodiscard]] const std::string& trouble() const { return trouble_; }

 private:
  using Stamp = std::pair<std::filesystem::file_time_type, std::uintmax_t>;
  explicit TlsFiles(Paths paths) : paths_(std::move(paths)) {}
  [[nodiscard]] std::vector<Stamp> stamps() const;

  Paths paths_;
  std::vector<Stamp> read_;  ///< the files as they were when they were read last
  std::shared_ptr<TlsContext> context_;
  std::string trouble_;
};

}  // namespace varne
