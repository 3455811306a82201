#pragma once
/// What a desk signs: where its record stands, and which key it signs with from now on. The signed text is a
/// canonical JSON line (RFC 8785), so that anybody with the public key can check it with common tools.

#include <cstdint>
#include <string>

#include "varne/core/hash.h"
#include "varne/core/time.h"
#include "varne/record/keys.h"

namespace varne {

/// "So many entries come to this root, and so many labels to that."
struct SignedHead {
  std::uint64_t number = 0;  ///< of the head, from 1 without a gap
  std::uint64_t size = 0;    ///< entries
  Hash root{};               ///< of their tree
  std::uint64_t labels = 0;
  Hash labels_root{};
  Time time;  ///< when it was signed, by the desk's clock
  PublicKey key{};
  Signature signature{};

  friend bool operator==(const SignedHead&, const SignedHead&) = default;
};

/// {"key":"…","labels":1,"labels_root":"…","number":1,"root":"…","size":1,"time":"…"}
std::string head_text(const SignedHead& head);

/// "From the next head on this key signs", said with the key before it; the first key says it of itself.
struct KeyChange {
  std::uint64_t number = 0;  ///< of the key, from 1 without a gap
  std::uint64_t heads = 0;   ///< so many heads were signed before
  Time time;
  PublicKey key{};
  PublicKey by{};
  Signature signature{};

  friend bool operator==(const KeyChange&, const KeyChange&) = default;
};

/// {"by":"…","heads":0,"key":"…","number":1,"time":"…"}
std::string key_text(const KeyChange& change);

}  // namespace varne
