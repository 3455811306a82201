#pragma once
/// Letters over NATS JetStream. Each centre runs its own nats-server, and its desk speaks to that one alone:
/// there a stream keeps what this desk sent, and the other centre's desk reads it through the link between
/// the two servers (a leaf node), so that a cut leaves each working. docs/exchange.md has the servers' files.

#include <boost/asio/io_context.hpp>
#include <memory>
#include <string>
#include <vector>

#include "varne/core/result.h"
#include "varne/exchange/line.h"
#include "varne/exchange/partner_file.h"

namespace varne {

/// Tries for ever to reach its server. Refuses only what cannot be read: a certificate, a file of
/// credentials.
Result<std::unique_ptr<Line>> nats_line(boost::asio::io_context& io, const PartnerFile& file);

}  // namespace varne
