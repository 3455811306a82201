#pragma once
/// What each request is answered with; no sockets in here. docs/api.md is the list.

#include <boost/beast/http.hpp>
#include <functional>
#include <string>

#include "varne/desk/desk.h"
#include "varne/serve/guard.h"

namespace varne {

using HttpRequest = boost::beast::http::request<boost::beast::http::string_body>;
using HttpResponse = boost::beast::http::response<boost::beast::http::string_body>;

/// What the routes need besides the desk.
struct Routes {
  Desk& desk;
  std::string map;      ///< GeoJSON of the strait
  std::string console;  ///< folder of the built console
  std::function<std::string()> metrics;

  /// Answers now, or (a report, which waits until it is durable) later.
  void answer(const HttpRequest& request, const Asker& asker, std::function<void(HttpResponse)> send) const;
};

/// {"error": "…"} with this status.
HttpResponse refused(const HttpRequest& request, boost::beast::http::status status, const std::string& why);

}  // namespace varne
