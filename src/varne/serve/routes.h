#pragma once
/// Everything the server can be asked for, in one table: from it come the dispatch, the refusals (404, 405,
/// 413) and the table in docs/api.md, which a test compares. A new request is one row here and its answer in
/// answers.cpp.

#include <boost/beast/http.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "varne/core/hash.h"
#include "varne/desk/desk.h"
#include "varne/search/asked.h"
#include "varne/serve/access_table.h"
#include "varne/serve/gate.h"
#include "varne/serve/guard.h"
#include "varne/serve/oidc_sign_in.h"
#include "varne/serve/sign_in.h"

namespace varne {

using HttpRequest = boost::beast::http::request<boost::beast::http::string_body>;
using HttpResponse = boost::beast::http::response<boost::beast::http::string_body>;
using HttpHeader = boost::beast::http::request_header<>;
using Send = std::function<void(HttpResponse)>;

inline constexpr std::uint32_t largest_header = 16 * 1024;  ///< of a request, bytes
/// What is read ahead. Below the 64 KiB at which Beast throws for one field of a trailer.
inline constexpr std::size_t largest_part = std::size_t{48} * 1024;

/// Bytes as they are, and the same as gzip.
struct PackedBytes {
  std::string plain;
  std::string gzip;
};

/// What answers need besides the request.
struct Sources {
  using Bytes = std::shared_ptr<const PackedBytes>;
  Desk& desk;
  Gate& gate;
  std::shared_ptr<SignIn> sign_in;   ///< null: nobody signs in
  std::shared_ptr<OidcSignIn> oidc;  ///< null: nobody does with a provider's word
  std::string map;                   ///< GeoJSON of the strait
  std::string console;               ///< folder of the built console
  std::function<std::string()> state;
  std::function<std::string()> metrics;
  std::function<std::string()> trouble;  ///< the desk's and the server's own
  /// The bytes of a forecast, made off this thread; `done` is called on it.
  std::function<void(const Incident&, std::shared_ptr<const DriftRun>, std::function<void(Bytes)> done)>
      forecast;
  /// A search for an incident's people, worked out off this thread; `done` is called on it with JSON text.
  std::function<void(const Incident&, std::shared_ptr<const DriftRun>, SearchAsked,
                     std::function<void(const Result<std::string>&)> done)>
      search;
  /// The answer to the last search that was asked for and not refused, as JSON text; "null": none was since
  /// the server began.
  std::function<std::string(const std::string& incident)> last_search;
  std::function<void()> sessions_ended;  ///< some may have: consoles are looked through
};

/// A request on its way to its answer.
struct Ask {
  const Sources& sources;
  const HttpRequest& request;
  const Caller& caller;
  std::string_view address;  ///< whence
  std::string_view path;     ///< without the query
  std::string_view part;     ///< what stands where the route has {…}
};

struct Route {
  boost::beast::http::verb method = boost::beast::http::verb::unknown;  ///< get answers HEAD too
  std::string_view path;  ///< "{…}" stands for one part; "{…*}" at the end for all that follows
  Act act = Act::read;
  std::size_t most_body = 0;  ///< bytes; 0: it takes none
  std::string_view says;      ///< for docs/api.md
  void (*answer)(const Ask&, Send) = nullptr;
};

/// The table, the first that fits a path counts.
std::span<const Route> routes();

/// What a method and a path lead to.
struct Found {
  const Route* route = nullptr;  ///< null: refuse
  std::string_view part;
  std::string allow;  ///< methods that the path has, for 405; "" where the path is none: 404
};
Found find_route(boost::beast::http::verb method, std::string_view target);

/// Largest body that any route takes.
std::size_t largest_body();

/// What is refused on the header alone, before a byte of the body is read; nothing where it may go on.
/// @param caller  is called where it matters who asks
std::optional<HttpResponse> refusal(const HttpHeader& header, std::optional<std::uint64_t> content_length,
                                    const Asker& asker, const std::function<const Caller&()>& caller);

/// Answers what was not refused, now or (a report, which waits until it is durable) later.
void answer(const Sources& sources, const HttpRequest& request, const Caller& caller,
            std::string_view address, const Send& send);

/// Nobody has signed in, or whoever has may not do this: 401 and 403.
HttpResponse refused_to(const Caller& caller, const HttpHeader& request, Act act);

/// {"error": "…"} with this status; `keep_alive` as the request has it.
HttpResponse refused(const HttpHeader& request, boost::beast::http::status status, const std::string& why);
HttpResponse respond(const HttpHeader& request, boost::beast::http::status status, std::string_view type,
                     std::string body, const char* cache = "no-store");

}  // namespace varne
