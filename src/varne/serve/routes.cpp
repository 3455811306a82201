#include "varne/serve/routes.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "varne/core/place_of_data.h"
#include "varne/core/text.h"
#include "varne/serve/api.h"
#include "varne/serve/static_files.h"

namespace varne {
namespace http = boost::beast::http;
namespace {

/// Scripts, pictures and sockets of this site only: a ship named like a script stays a name.
constexpr const char* policy =
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; worker-src 'self' "
    "blob:; "
    "connect-src 'self' ws: wss: blob: data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

constexpr const char* no_console =
    "<!doctype html><meta charset=utf-8><title>Varne</title><h1>The console is not built</h1><p>Run "
    "<code>make "
    "console</code> and load this page again. The API answers meanwhile, at <a "
    "href=\"/api/state\">/api/state</a>.";

HttpResponse respond(const HttpRequest& request, http::status status, std::string type, std::string body,
                     const char* cache = "no-store") {
  HttpResponse r{status, request.version()};
  r.set(http::field::content_type, type);
  r.set(http::field::cache_control, cache);
  r.set("X-Content-Type-Options", "nosniff");
  r.set("Content-Security-Policy", policy);
  r.set("Referrer-Policy", "no-referrer");
  r.keep_alive(request.keep_alive());
  if (request.method() == http::verb::head) {
    r.content_length(body.size());
  } else {
    r.body() = std::move(body);
    r.prepare_payload();
  }
  return r;
}

HttpResponse json(const HttpRequest& request, const Json& body) {
  return respond(request, http::status::ok, "application/json", api::text(body));
}

/// The names and values behind the '?'; numbers, ids and times need no unescaping but %3A.
std::map<std::string, std::string, std::less<>> query_of(std::string_view target) {
  std::map<std::string, std::string, std::less<>> out;
  const auto mark = target.find('?');
  if (mark == std::string_view::npos) return out;
  for (const auto part : split(target.substr(mark + 1), '&')) {
    const auto equal = part.find('=');
    if (equal == std::string_view::npos) continue;
    std::string value;
    for (std::size_t i = equal + 1; i < part.size(); ++i) {
      if (part.substr(i, 3) == "%3A" || part.substr(i, 3) == "%3a") {
        value += ':';
        i += 2;
      } else {
        value += part[i];
      }
    }
    out[std::string(part.substr(0, equal))] = std::move(value);
  }
  return out;
}

/// Incident ids and track ids are ours: letters, digits and dashes.
std::string_view last_part(std::string_view path, std::string_view before) {
  return path.substr(before.size());
}

struct Ask {
  const Routes& routes;
  const HttpRequest& request;
  std::string_view path;
  std::map<std::string, std::string, std::less<>> query;

  [[nodiscard]] const std::string* value(std::string_view name) const {
    const auto at = query.find(name);
    return at == query.end() ? nullptr : &at->second;
  }
  [[nodiscard]] HttpResponse bad(const std::string& why) const {
    return refused(request, http::status::bad_request, why);
  }
  [[nodiscard]] HttpResponse none(const std::string& why) const {
    return refused(request, http::status::not_found, why);
  }
};

HttpResponse entries(const Ask& ask) {
  const auto number = [&](const char* name, std::int64_t otherwise) -> std::optional<std::int64_t> {
    const auto* text = ask.value(name);
    return text == nullptr ? std::optional(otherwise) : parse_whole(*text);
  };
  const auto after = number("after", 0);
  const auto before = number("before", 0);
  const auto limit = number("limit", 200);
  if (!after || !before || !limit || *after < 0 || *before < 0 || *limit < 1 || *limit > 1000)
    return ask.bad("after and before are entry numbers, limit is from 1 to 1000");
  const std::int64_t first = *before > 0 ? std::max<std::int64_t>(1, *before - *limit) : *after + 1;
  const std::int64_t most = *before > 0 ? *before - first : *limit;
  const auto found =
      ask.routes.desk.entries(static_cast<std::uint64_t>(first), static_cast<std::size_t>(most));
  if (!found) return refused(ask.request, http::status::internal_server_error, found.error().text());
  Json out{{"entries", Json::array()}, {"last", ask.routes.desk.last_entry()}};
  for (const auto& e : *found) out["entries"].push_back(api::entry(e));
  return json(ask.request, out);
}

Result<Place> place_in(const Ask& ask) {
  Place place;
  for (const auto& [name, degrees] : {std::pair("lon", &place.lon), std::pair("lat", &place.lat)}) {
    const auto* text = ask.value(name);
    const auto number = text == nullptr ? std::nullopt : parse_number(*text);
    if (!number) return fail(name, "is needed, a number in degrees");
    *degrees = *number;
  }
  if (!valid(place)) return fail("", "lon is from -180 to 180, lat from -90 to 90");
  return place;
}

HttpResponse sea(const Ask& ask) {
  const auto place = place_in(ask);
  if (!place) return ask.bad(place.error().text());
  Time time = ask.routes.desk.room().now();
  if (const auto* text = ask.value("time")) {
    const auto at = parse_time(*text);
    if (!at) return ask.bad(at.error().in("time").text());
    time = *at;
  }
  return json(ask.request, api::sea(ask.routes.desk.room().world(), *place, time));
}

HttpResponse incident(const Ask& ask) {
  auto id = last_part(ask.path, "/api/incidents/");
  const bool forecast = id.ends_with("/forecast");
  if (forecast) id.remove_suffix(std::string_view("/forecast").size());
  const Room& room = ask.routes.desk.room();
  const auto at = room.incidents().find(std::string(id));
  if (at == room.incidents().end()) return ask.none(fmt::format("there is no incident {}", shown(id)));
  if (!forecast) return json(ask.request, api::incident_detail(room, at->second));
  const auto run = room.forecast(at->first);
  if (!run) return ask.none(fmt::format("incident {} has no forecast yet", at->first));
  return json(ask.request, api::forecast(room, at->second, *run));
}

HttpResponse track(const Ask& ask) {
  const auto id = last_part(ask.path, "/api/tracks/");
  const Track* found = ask.routes.desk.room().picture().find(std::string(id));
  if (found == nullptr) return ask.none(fmt::format("there is no track {} now", shown(id)));
  return json(ask.request, api::track_detail(*found, ask.routes.desk.room().now()));
}

HttpResponse health(const Ask& ask) {
  const Desk& desk = ask.routes.desk;
  return json(ask.request, {{"ok", desk.trouble().empty()},
                            {"trouble", desk.trouble()},
                            {"version", std::string(version())},
                            {"now", desk.header().at("now")},
                            {"last_entry", desk.last_entry()}});
}

HttpResponse page(const Ask& ask) {
  auto file = static_file(ask.routes.console, ask.path);
  if (!file && ask.path == "/")
    return respond(ask.request, http::status::ok, "text/html; charset=utf-8", no_console);
  if (!file) return ask.none(fmt::format("there is nothing at {}", shown(ask.path)));
  return respond(ask.request, http::status::ok, std::move(file->type), std::move(file->bytes),
                 file->never_changes ? "public, max-age=31536000, immutable" : "no-cache");
}

HttpResponse read(const Ask& ask) {
  if (ask.path == "/api/state") return json(ask.request, api::state(ask.routes.desk));
  if (ask.path == "/api/map")
    return respond(ask.request, http::status::ok, "application/geo+json", ask.routes.map);
  if (ask.path == "/api/entries") return entries(ask);
  if (ask.path == "/api/sea") return sea(ask);
  if (ask.path == "/api/health") return health(ask);
  if (ask.path == "/metrics")
    return respond(ask.request, http::status::ok, "text/plain; version=0.0.4", ask.routes.metrics());
  if (ask.path.starts_with("/api/tracks/")) return track(ask);
  if (ask.path.starts_with("/api/incidents/")) return incident(ask);
  if (ask.path.starts_with("/api/"))
    return ask.none(fmt::format("the API has nothing at {}; docs/api.md lists it", shown(ask.path)));
  return page(ask);
}

void take_report(const Ask& ask, std::function<void(HttpResponse)> send) {
  auto report = parse_report(ask.request.body());
  if (!report) return send(ask.bad(report.error().text()));
  const std::string id = report->report.id;
  if (ask.routes.desk.has_report(id))
    return send(refused(ask.request, http::status::conflict,
                        fmt::format("id: \"{}\" was used before; give the report another", shown(id))));
  ask.routes.desk.report(std::move(*report), [request = ask.request, id, send = std::move(send)](
                                                 Result<std::vector<std::uint64_t>> entries) {
    if (!entries) return send(refused(request, http::status::service_unavailable, entries.error().text()));
    send(json(request, {{"accepted", id}, {"entries", *entries}}));
  });
}

HttpResponse play(const Ask& ask) {
  const auto body = parse_json(ask.request.body());
  if (!body || !body->is_object()) return ask.bad("a JSON object with playing, speed or to");
  PlayCommand command;
  for (const auto& [name, value] : body->items()) {
    if (name == "playing" && value.is_boolean()) {
      command.playing = value.get<bool>();
    } else if (name == "speed" && value.is_number()) {
      command.speed = value.get<double>();
    } else if (name == "to" && value.is_string()) {
      const auto to = parse_time(value.get<std::string>());
      if (!to) return ask.bad(to.error().in("to").text());
      command.to = *to;
    } else {
      return ask.bad(fmt::format("{}: known are playing (true or false), speed (a number) and to (a time)",
                                 shown(name)));
    }
  }
  if (const auto done = ask.routes.desk.play(command); !done) return ask.bad(done.error().text());
  return json(ask.request, ask.routes.desk.header());
}

}  // namespace

HttpResponse refused(const HttpRequest& request, http::status status, const std::string& why) {
  return respond(request, status, "application/json", api::text({{"error", why}}));
}

void Routes::answer(const HttpRequest& request, const Asker& asker,
                    std::function<void(HttpResponse)> send) const {
  const std::string_view target(request.target().data(), request.target().size());
  const Ask ask{*this, request, target.substr(0, target.find('?')), query_of(target)};
  if (request.method() == http::verb::get || request.method() == http::verb::head) {
    if (const auto no = may_read(asker); !no.empty())
      return send(refused(request, http::status::forbidden, no));
    return send(read(ask));
  }
  if (request.method() != http::verb::post)
    return send(refused(request, http::status::method_not_allowed, "GET and POST are all there is"));
  if (const auto no = may_write(asker); !no.empty())
    return send(refused(request, http::status::forbidden, no));
  if (ask.path == "/api/reports") return take_report(ask, std::move(send));
  if (ask.path == "/api/play") return send(play(ask));
  send(refused(request, http::status::not_found,
               "reports go to /api/reports, a replay is steered at /api/play"));
}

}  // namespace varne
