#pragma once
/// Whose desk this is and which are joined to it: the file of `varne serve --exchange`. docs/exchange.md has
/// its fields.

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "varne/core/result.h"
#include "varne/record/keys.h"
#include "varne/room/world.h"

namespace varne {

struct JoinedCentre {
  std::string centre;  ///< as the strait's data name it
  PublicKey key{};     ///< by which its desk signs
  std::string domain;  ///< JetStream domain of its server; "" where both use one server
  std::optional<std::set<Sharable>> share = {};  ///< what it is told; nothing: all but tracks
};

struct PartnerFile {
  std::string own;  ///< the centre whose desk this is
  PublicKey key{};
  std::string keys;  ///< folder that holds the secret half
  std::string url;   ///< of its own server: nats://host:port or tls://host:port
  std::string domain;
  std::string credentials;                          ///< file of the NATS account; "" none
  std::string authority, certificate, private_key;  ///< PEM files for TLS; "" none
  std::vector<JoinedCentre> joined;
};

/// Paths in it are taken from its folder. Refuses, naming file, line and field: an unknown field, a key that
/// is not 64 digits, a thing to share that is none, no centre joined, one twice or the desk's own.
Result<PartnerFile> load_partner_file(const std::string& path);

}  // namespace varne
