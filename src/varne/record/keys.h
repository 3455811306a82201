#pragma once
/// Keys that sign the record's heads: Ed25519 (RFC 8032), through libsodium. A desk makes its key on its
/// first start and keeps it in a folder that only its own account may enter.

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "varne/core/result.h"

namespace varne {

using PublicKey = std::array<std::uint8_t, 32>;
using Signature = std::array<std::uint8_t, 64>;

/// Whether the owner of the key signed exactly these bytes.
bool signed_by(const PublicKey& key, std::string_view bytes, const Signature& signature);

/// A key that can sign. Its secret lies in memory that is not swapped out or dumped, and is wiped with it.
class SigningKey {
 public:
  /// A new one, from the operating system's own randomness: a key that could be drawn again were none.
  static SigningKey make();
  /// From `<folder>/<first 16 digits>.pem`. Refuses a folder or a file that other accounts may read, and a
  /// file that holds another key.
  static Result<SigningKey> load(const std::string& folder, const PublicKey& key);

  /// Into such a file (PKCS #8, mode 0600) in such a folder (mode 0700; made where it is not there), durable
  /// when it returns.
  [[nodiscard]] Done save(const std::string& folder) const;

  [[nodiscard]] PublicKey public_key() const;
  [[nodiscard]] Signature sign(std::string_view bytes) const;

 private:
  struct Free {
    void operator()(std::uint8_t* secret) const;
  };
  /// Empty guarded memory for a secret key.
  SigningKey();
  std::unique_ptr<std::uint8_t, Free> secret_;  ///< 64 bytes: the seed, then the public key
};

/// `<folder>/<first 16 digits>.pem`.
std::string key_file(const std::string& folder, const PublicKey& key);

}  // namespace varne
