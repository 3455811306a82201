#include "varne/serve/routes.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "varne/core/text.h"
#include "varne/serve/answers.h"
#include "varne/serve/api.h"

namespace varne {
namespace http = boost::beast::http;
namespace {

using http::verb;
constexpr std::size_t report_body = std::size_t{64} << 10;
constexpr std::size_t most_fields = 64;

constexpr std::size_t short_body = std::size_t{4} << 10;

constexpr std::array<Route, 32> table{{
    {verb::get, "/api/state", Act::read, 0, "the whole picture: the object below", answers::state},
    {verb::get, "/api/map", Act::read, 0,
     "GeoJSON FeatureCollection; each feature has `properties.layer`: `land` (polygons), `line` (chart "
     "lines, "
     "with `feature` and `reference`), `lane`, `place` (towns: `name`)",
     answers::map},
    {verb::get, "/api/entries", Act::read, 0,
     "`{\"entries\": [Entry…], \"last\": number}`, oldest first; `?after=N` or `?before=N`, `&limit=M` up to "
     "1000; `?kinds=a,b&words=…` looks back through the whole record, [below](#looking-back)",
     answers::entries},
    {verb::get, "/api/tracks/{id}", Act::read, 0, "one track with the raw reports behind it", answers::track},
    {verb::get, "/api/incidents/{id}", Act::read, 0,
     "one incident with its history, counts and nearest units", answers::incident},
    {verb::get, "/api/incidents/{id}/forecast", Act::read, 0, "the forecast, or 404 where there is none yet",
     answers::forecast},
    {verb::post, "/api/incidents/{id}/search", Act::report, report_body,
     "a search planned or scored on the latest forecast, [below](#a-search)", answers::search},
    {verb::get, "/api/incidents/{id}/search", Act::read, 0,
     "the last search that somebody planned or scored since the desk was started, as it was answered; `null` "
     "where there is none",
     answers::last_search},
    {verb::get, "/api/incidents/{id}/cap.xml", Act::read, 0,
     "the incident as a CAP 1.2 alert ([exchange.md](exchange.md#alerts-cap-12))", answers::cap_alert},
    {verb::get, "/api/cap.atom", Act::read, 0,
     "open incidents as an Atom feed that leads to their CAP alerts", answers::cap_feed},
    {verb::get, "/api/cise/vessels.xml", Act::read, 0,
     "craft and units in the terms of CISE ([exchange.md](exchange.md#cise))", answers::cise_vessels},
    {verb::get, "/api/cise/incidents.xml", Act::read, 0, "open incidents in the terms of CISE",
     answers::cise_incidents},
    {verb::get, "/api/sea", Act::read, 0,
     "the sea and the waters at a place, `?lon=…&lat=…`; `&time=…` where it is not the desk's own",
     answers::sea},
    {verb::get, "/api/health", Act::read, 0, "whether all is well, and how each feed stands",
     answers::health},
    {verb::get, "/metrics", Act::read, 0, "Prometheus text, [below](#metrics)", answers::metrics},
    {verb::get, "/ws", Act::read, 0, "the WebSocket, [below](#changes-get-ws); 426 where it is not asked for",
     answers::socket},
    {verb::post, "/api/reports", Act::report, report_body, "one report, [below](#writing)", answers::report},
    {verb::post, "/api/play", Act::play, std::size_t{1} << 10, "steers a replay, [below](#writing)",
     answers::play},
    {verb::get, "/api/me", Act::self, 0, "who has signed in, [below](#accounts)", answers::me},
    {verb::post, "/api/login", Act::open, short_body, "signs in, [below](#accounts)", answers::login},
    {verb::get, "/api/oidc", Act::open, 0,
     "sends a browser to the provider that `--oidc` names ([access.md](access.md#with-a-providers-word))",
     answers::oidc_begin},
    {verb::get, "/api/oidc/back", Act::open, 0, "where the provider sends it back: begins a session",
     answers::oidc_back},
    {verb::get, "/api/oidc/offered", Act::open, 0, "`{\"offered\": bool}`", answers::oidc_offered},
    {verb::post, "/api/logout", Act::self, short_body, "signs out", answers::logout},
    {verb::post, "/api/me/password", Act::self, short_body, "one's own new password, [below](#accounts)",
     answers::own_password},
    {verb::get, "/api/accounts", Act::audit, 0, "who has an account, and which programs have a token",
     answers::accounts},
    {verb::post, "/api/accounts", Act::accounts, short_body, "a new account, [below](#accounts)",
     answers::add_account},
    {verb::post, "/api/accounts/{name}", Act::accounts, short_body, "changes one, [below](#accounts)",
     answers::change_account},
    {verb::post, "/api/programs", Act::accounts, short_body, "a token for a program, [below](#accounts)",
     answers::add_program},
    {verb::post, "/api/programs/{name}/revoke", Act::accounts, short_body, "its token is void from now on",
     answers::revoke_program},
    {verb::get, "/api/{…*}", Act::open, 0, "404: the API has nothing else", nullptr},
    {verb::get, "/{…*}", Act::open, 0, "the console", answers::page},
}};

/// "I7%40MRCC-Dover" is I7@MRCC-Dover (RFC 3986, 2.1); what is no such pair stays as it is.
std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = text[i] == '%' && i + 2 < text.size() ? from_hex(text.substr(i + 1, 2)) : std::nullopt;
    out += byte ? (*byte)[0] : text[i];
    if (byte) i += 2;
  }
  return out;
}

/// Whether the path fits, and what stands where the pattern has {…}.
bool fits(std::string_view pattern, std::string_view path, std::string_view& part) {
  const auto open = pattern.find('{');
  if (open == std::string_view::npos) return pattern == path;
  const auto close = pattern.find('}');
  if (!path.starts_with(pattern.substr(0, open))) return false;
  const auto rest = path.substr(open);
  if (pattern.substr(open, close - open).ends_with('*')) {
    part = rest;
    return true;
  }
  const auto end = std::min(rest.find('/'), rest.size());
  part = rest.substr(0, end);
  return !part.empty() && rest.substr(end) == pattern.substr(close + 1);
}

std::string_view path_of(std::string_view target) {
  return target.substr(0, target.find('?'));
}

/// What of this route is not for this caller. A browser adds its cookie to whatever page asks: what writes,
/// and the socket, has to say whose page that is.
std::optional<HttpResponse> refused_by(const HttpHeader& header, const Route& route, const Asker& asker,
                                       const Caller& caller) {
  if (!holds(caller.may, route.act)) return refused_to(caller, header, route.act);
  const bool browsers = writes(route.act) || route.answer == answers::socket;
  if (browsers && caller.by_cookie && asker.origin.empty())
    return refused(header, http::status::forbidden,
                   "a request by a session says in \"Origin\" whose page it is; programs use a token");
  return std::nullopt;
}

/// Scripts, pictures and sockets of this site only: a ship named like a script stays a name.
constexpr const char* policy =
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; worker-src 'self' "
    "blob:; connect-src 'self' ws: wss: blob: data:; object-src 'none'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'";

}  // namespace

std::span<const Route> routes() {
  return table;
}

std::size_t largest_body() {
  return std::ranges::max_element(table, {}, &Route::most_body)->most_body;
}

Found find_route(verb method, std::string_view target) {
  const auto path = path_of(target);
  const auto wanted = method == verb::head ? verb::get : method;
  Found found;
  for (const Route& route : table) {
    std::string_view part;
    if (!fits(route.path, path, part)) continue;
    if (route.answer == nullptr) break;
    if (route.method == wanted) return {&route, part, ""};
    const bool catches_all = route.path.ends_with("*}");
    if (catches_all && !found.allow.empty()) break;
    if (!found.allow.empty()) found.allow += ", ";
    found.allow += route.method == verb::get ? "GET, HEAD" : view(http::to_string(route.method));
  }
  return found;
}

HttpResponse refused_to(const Caller& caller, const HttpHeader& request, Act act) {
  if (caller.known)
    return refused(
        request, http::status::forbidden,
        fmt::format("as {} you may not do this ({}); docs/access.md says who may",
                    caller.speaker.role.empty() ? caller.speaker.name : caller.speaker.role, enum_name(act)));
  auto response = refused(request, http::status::unauthorized, "sign in first");
  response.set(http::field::www_authenticate, "Bearer");
  return response;
}

std::optional<HttpResponse> refusal(const HttpHeader& header, std::optional<std::uint64_t> content_length,
                                    const Asker& asker, const std::function<const Caller&()>& caller) {
  const auto no = [&](http::status status, const std::string& why) {
    return std::optional(refused(header, status, why));
  };
  const auto fields = std::distance(header.begin(), header.end());
  if (fields > static_cast<std::ptrdiff_t>(most_fields))
    return no(http::status::request_header_fields_too_large,
              fmt::format("{} fields in the header; {} are the most", fields, most_fields));
  if (header.count(http::field::host) > 1 || header.count(http::field::origin) > 1)
    return no(http::status::bad_request, "Host and Origin stand once in a request");
  const auto target = view(header.target());
  const auto found = find_route(header.method(), target);
  const bool writing = found.route != nullptr && writes(found.route->act);
  if (auto why = may_ask(writing, asker); !why.empty()) return no(http::status::forbidden, why);
  if (found.route == nullptr && found.allow.empty())
    return no(http::status::not_found,
              fmt::format("the API has nothing at {}; docs/api.md lists it", shown(path_of(target))));
  if (found.route == nullptr) {
    auto response = refused(header, http::status::method_not_allowed,
                            fmt::format("{} is for {}", shown(path_of(target)), found.allow));
    response.set(http::field::allow, found.allow);
    return response;
  }
  if (auto response = refused_by(header, *found.route, asker, caller())) return response;
  if (content_length && *content_length > found.route->most_body)
    return no(http::status::payload_too_large,
              found.route->most_body == 0
                  ? "this request takes no body"
                  : fmt::format("the body is too large; {} KiB is the most", found.route->most_body >> 10));
  return std::nullopt;
}

void answer(const Sources& sources, const HttpRequest& request, const Caller& caller,
            std::string_view address, const Send& send) {
  const auto target = view(request.target());
  const auto found = find_route(request.method(), target);
  // A file's path stays as it is: what it may hold is for static_files.
  const bool one = !found.route->path.ends_with("*}");
  const std::string part = one ? unescaped(found.part) : std::string(found.part);
  found.route->answer({sources, request, caller, address, path_of(target), part}, send);
}

HttpResponse respond(const HttpHeader& request, http::status status, std::string_view type, std::string body,
                     const char* cache) {
  HttpResponse r{status, request.version()};
  r.set(http::field::content_type, boost::beast::string_view(type.data(), type.size()));
  r.set(http::field::cache_control, cache);
  r.set("X-Content-Type-Options", "nosniff");
  r.set("Content-Security-Policy", policy);
  r.set("X-Frame-Options", "DENY");
  r.set("Referrer-Policy", "no-referrer");
  r.set("Cross-Origin-Opener-Policy", "same-origin");
  r.set("Cross-Origin-Resource-Policy", "same-origin");
  r.keep_alive(
      http::token_list(request[http::field::connection]).exists("close") == false &&
      (request.version() >= 11 || http::token_list(request[http::field::connection]).exists("keep-alive")));
  if (request.method() == verb::head) {
    r.content_length(body.size());
  } else {
    r.body() = std::move(body);
    r.prepare_payload();
  }
  return r;
}

HttpResponse refused(const HttpHeader& request, http::status status, const std::string& why) {
  return respond(request, status, "application/json", api::text({{"error", why}}));
}

}  // namespace varne
