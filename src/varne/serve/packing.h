#pragma once
/// How an answer is packed for the way (content codings, RFC 9110, 8.4 and 12.5.3): on a centre's network a
/// console loads in a quarter of the bytes. The console's files are packed when it is built; what is made at
/// the moment is packed here.

#include <string>
#include <string_view>

#include "varne/serve/routes.h"

namespace varne {

/// Whether whoever sent this Accept-Encoding takes `coding` ("gzip", "br"). An empty one takes none.
bool accepts(std::string_view accept_encoding, std::string_view coding);
/// Whether this If-None-Match names `tag`, quotes and all.
bool names_tag(std::string_view if_none_match, std::string_view tag);

/// As gzip (RFC 1952), quick rather than small: some hundred megabytes a second.
std::string gzipped(std::string_view bytes);

/// Packs an answer where it is text, long enough to be worth it, and whoever asked takes that. What is short
/// is left as it is: signing in and what else holds a secret is never packed with anything that somebody
/// outside could choose.
void pack(const HttpHeader& request, HttpResponse& response);
/// An answer whose bytes are at hand both ways.
HttpResponse respond_packed(const HttpHeader& request, std::string_view type, const PackedBytes& bytes);

}  // namespace varne
