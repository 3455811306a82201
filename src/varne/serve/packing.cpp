#include "varne/serve/packing.h"

#include <zlib.h>

#include <stdexcept>

#include "varne/core/text.h"

namespace varne {
namespace http = boost::beast::http;
namespace {

/// A few packets: below, the way takes no longer than the packing.
constexpr std::size_t least_packed = 8 * 1024;
constexpr int with_gzip_header = 16 + MAX_WBITS;
constexpr int usual_memory = 8;

/// "q=0", "q=0.000": not at all.
bool refuses(std::string_view weight) {
  if (!weight.starts_with("q=") && !weight.starts_with("Q=")) return false;
  const auto number = parse_number(weight.substr(2));
  return number && *number <= 0;
}

bool is_text(std::string_view type) {
  return type.starts_with("text/") || type.starts_with("application/json") ||
         type.starts_with("application/geo+json");
}

void vary(HttpResponse& response) {
  response.set(http::field::vary, "Accept-Encoding");
}

}  // namespace

bool accepts(std::string_view accept_encoding, std::string_view coding) {
  bool any = false;
  for (const auto one : split(accept_encoding, ',')) {
    const auto semicolon = std::min(one.find(';'), one.size());
    const auto name = trim(one.substr(0, semicolon));
    const bool taken = !refuses(trim(one.substr(std::min(semicolon + 1, one.size()))));
    if (name == coding) return taken;
    if (name == "*") any = taken;
  }
  return any;
}

bool names_tag(std::string_view if_none_match, std::string_view tag) {
  for (auto one : split(if_none_match, ',')) {
    one = trim(one);
    if (one == "*") return true;
    if (one.starts_with("W/")) one.remove_prefix(2);
    if (one == tag) return true;
  }
  return false;
}

std::string gzipped(std::string_view bytes) {
  z_stream packer{};
  if (deflateInit2(&packer, Z_BEST_SPEED, Z_DEFLATED, with_gzip_header, usual_memory, Z_DEFAULT_STRATEGY) !=
      Z_OK)
    throw std::bad_alloc();
  std::string out(deflateBound(&packer, bytes.size()), '\0');
  // zlib reads these bytes and is too old to say so; both its pointers are to unsigned ones.
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast,cppcoreguidelines-pro-type-const-cast)
  packer.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  packer.avail_in = static_cast<uInt>(bytes.size());
  packer.next_out =
      reinterpret_cast<Bytef*>(out.data());  // NOLINT(cppcoreguidelines-pro-type-reinterpret-cast)
  packer.avail_out = static_cast<uInt>(out.size());
  const int done = deflate(&packer, Z_FINISH);
  out.resize(packer.total_out);
  deflateEnd(&packer);
  if (done != Z_STREAM_END) throw std::runtime_error("zlib did not finish");  // its own bound was too small
  return out;
}

void pack(const HttpHeader& request, HttpResponse& response) {
  if (!is_text(view(response[http::field::content_type])) ||
      response.count(http::field::content_encoding) > 0)
    return;
  if (response.body().size() < least_packed) return;
  vary(response);
  if (!accepts(view(request[http::field::accept_encoding]), "gzip")) return;
  response.body() = gzipped(response.body());
  response.set(http::field::content_encoding, "gzip");
  response.prepare_payload();
}

HttpResponse respond_packed(const HttpHeader& request, std::string_view type, const PackedBytes& bytes) {
  const bool packed = accepts(view(request[http::field::accept_encoding]), "gzip");
  auto response = respond(request, http::status::ok, type, packed ? bytes.gzip : bytes.plain);
  vary(response);
  if (packed) response.set(http::field::content_encoding, "gzip");
  return response;
}

}  // namespace varne
