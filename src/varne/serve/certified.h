#pragma once
/// What a client certificate says, once TLS has verified it.

#include <openssl/ssl.h>

#include <optional>
#include <string>

#include "varne/serve/access_table.h"

namespace varne {

struct Certified {
  std::string name;              ///< CN
  std::optional<Holder> holder;  ///< OU, where it is one
};

/// Nothing where the other end showed none.
std::optional<Certified> certified_in(const SSL* connection);

}  // namespace varne
