#include "varne/serve/answers.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <nlohmann/json.hpp>

#include "varne/core/fields_json.h"
#include "varne/core/hash.h"
#include "varne/core/place_of_data.h"
#include "varne/core/text.h"
#include "varne/feed/report_reader.h"
#include "varne/room/authority.h"
#include "varne/serve/api.h"
#include "varne/serve/packing.h"
#include "varne/serve/static_files.h"

namespace varne::answers {
namespace http = boost::beast::http;
namespace {

constexpr const char* no_console =
    "<!doctype html><meta charset=utf-8><title>Varne</title><h1>The console is not built</h1><p>Run "
    "<code>make "
    "console</code> and load this page again. The API answers meanwhile, at <a "
    "href=\"/api/state\">/api/state</a>.";

HttpResponse json(const Ask& ask, const Json& body) {
  return respond(ask.request, http::status::ok, "application/json", api::text(body));
}

/// "%3A" and the rest, '+' as a space; what is no such code stays as it is.
std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned byte = 0;
    const auto code = text.substr(i + 1, 2);
    if (text[i] == '%' && code.size() == 2 &&
        std::from_chars(code.data(), code.data() + 2, byte, 16).ptr == code.data() + 2) {
      out += static_cast<char>(byte);
      i += 2;
    } else {
      out += text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

}  // namespace

Query query_of(std::string_view target) {
  Query out;
  const auto mark = target.find('?');
  if (mark == std::string_view::npos) return out;
  for (const auto part : split(target.substr(mark + 1), '&')) {
    const auto equal = part.find('=');
    if (equal == std::string_view::npos) continue;
    out[std::string(part.substr(0, equal))] = unescaped(part.substr(equal + 1));
  }
  return out;
}

namespace {

HttpResponse bad(const Ask& ask, const std::string& why) {
  return refused(ask.request, http::status::bad_request, why);
}
HttpResponse none(const Ask& ask, const std::string& why) {
  return refused(ask.request, http::status::not_found, why);
}

/// The incident that the route names, or null.
const Incident* incident_of(const Ask& ask) {
  const auto& incidents = ask.sources.desk.room().incidents();
  const auto at = incidents.find(std::string(ask.part));
  return at == incidents.end() ? nullptr : &at->second;
}
HttpResponse no_incident(const Ask& ask) {
  return none(ask, fmt::format("there is no incident {}", shown(ask.part)));
}

Query query_in(const Ask& ask) {
  const auto target = ask.request.target();
  return query_of({target.data(), target.size()});
}

Result<Place> place_in(const Query& query) {
  Place place;
  for (const auto& [name, degrees] : {std::pair("lon", &place.lon), std::pair("lat", &place.lat)}) {
    const auto text = query.find(name);
    const auto number = text == query.end() ? std::nullopt : parse_number(text->second);
    if (!number) return fail(name, "is needed, a number in degrees");
    *degrees = *number;
  }
  if (!valid(place)) return fail("", "lon is from -180 to 180, lat from -90 to 90");
  return place;
}

/// Why nothing can be heard of a track: a receiver that is silent or gone hears nobody.
std::string unheard(const Desk& desk, const Track& track) {
  if (track.evidence.empty()) return "";
  for (const FeedStatus& feed : desk.feeds()) {
    if (feed.feed != track.evidence.back().source) continue;
    if (feed.silent_since)
      return fmt::format("the receiver {} is silent since {}", feed.feed, iso(*feed.silent_since));
    if (!feed.up) return fmt::format("the receiver {} is gone: {}", feed.feed, feed.state);
  }
  return "";
}

std::string entries_text(const std::vector<Entry>& entries, const std::string& rest) {
  std::string out = R"({"entries":[)";
  for (const auto& entry : entries) {
    if (out.back() != '[') out += ',';
    out += api::entry(entry);
  }
  return out + "]," + rest + "}";
}

}  // namespace

void state(const Ask& ask, Send send) {
  send(respond(ask.request, http::status::ok, "application/json", ask.sources.state()));
}

void map(const Ask& ask, Send send) {
  send(respond(ask.request, http::status::ok, "application/geo+json", ask.sources.map));
}

void entries(const Ask& ask, Send send) {
  const Query query = query_in(ask);
  const auto number = [&](const char* name, std::int64_t otherwise) -> std::optional<std::int64_t> {
    const auto text = query.find(name);
    return text == query.end() ? std::optional(otherwise) : parse_whole(text->second);
  };
  const auto after = number("after", 0);
  const auto before = number("before", 0);
  const auto limit = number("limit", 200);
  if (!after || !before || !limit || *after < 0 || *before < 0 || *limit < 1 || *limit > 1000)
    return send(bad(ask, "after and before are entry numbers, limit is from 1 to 1000"));
  const auto text = [&](const char* name) {
    const auto found = query.find(name);
    return found == query.end() ? std::string() : found->second;
  };
  if (query.contains("kinds") || query.contains("words")) {
    if (*after > 0) return send(bad(ask, "kinds and words look back from before, not on from after"));
    EntryQuery wanted{.before = static_cast<std::uint64_t>(*before),
                      .most = static_cast<std::size_t>(*limit)};
    const std::string kinds = text("kinds"), words = text("words");  // what is split are views of them
    for (const auto kind : split(kinds, ','))
      if (!kind.empty()) wanted.kinds.emplace(kind);
    for (const auto word : split(words, ' '))
      if (!word.empty()) wanted.words.emplace_back(word);
    return ask.sources.desk.find(std::move(wanted), [request = ask.request, send = std::move(send)](
                                                        const Result<FoundEntries>& found) {
      send(found ? respond(request, http::status::ok, "application/json",
                           entries_text(found->entries, fmt::format(R"("all":{})", found->all)))
                 : refused(request, http::status::internal_server_error, found.error().text()));
    });
  }
  const std::int64_t first = *before > 0 ? std::max<std::int64_t>(1, *before - *limit) : *after + 1;
  const std::int64_t most = *before > 0 ? *before - first : *limit;
  const auto found =
      ask.sources.desk.entries(static_cast<std::uint64_t>(first), static_cast<std::size_t>(most));
  if (!found) return send(refused(ask.request, http::status::internal_server_error, found.error().text()));
  send(respond(ask.request, http::status::ok, "application/json",
               entries_text(*found, fmt::format(R"("last":{})", ask.sources.desk.last_entry()))));
}

void track(const Ask& ask, Send send) {
  const Desk& desk = ask.sources.desk;
  const Track* found = desk.room().picture().find(std::string(ask.part));
  if (found == nullptr) return send(none(ask, fmt::format("there is no track {} now", shown(ask.part))));
  send(json(ask, api::track_detail(*found, desk.room().now(), unheard(desk, *found))));
}

void incident(const Ask& ask, Send send) {
  const Incident* found = incident_of(ask);
  send(found == nullptr ? no_incident(ask)
                        : json(ask, api::incident_detail(ask.sources.desk.room(), *found)));
}

void forecast(const Ask& ask, Send send) {
  const Incident* found = incident_of(ask);
  if (found == nullptr) return send(no_incident(ask));
  auto run = ask.sources.desk.room().forecast(found->id);
  if (!run) return send(none(ask, fmt::format("incident {} has no forecast yet", found->id)));
  ask.sources.forecast(*found, std::move(run),
                       [request = ask.request, send = std::move(send)](const Sources::Bytes& bytes) {
                         send(respond_packed(request, "application/json", *bytes));
                       });
}

void search(const Ask& ask, Send send) {
  const Incident* found = incident_of(ask);
  if (found == nullptr) return send(no_incident(ask));
  const auto body = parse_json(ask.request.body());
  if (!body) return send(bad(ask, body.error().text()));
  SearchAsked asked;
  if (const auto done = read_json(*body, asked); !done) return send(bad(ask, done.error().text()));
  auto run = ask.sources.desk.room().forecast(found->id);
  if (!run)
    return send(refused(ask.request, http::status::conflict,
                        fmt::format("incident {} has no forecast yet to search on", found->id)));
  ask.sources.search(*found, std::move(run), std::move(asked),
                     [request = ask.request, send = std::move(send)](const Result<std::string>& answer) {
                       send(answer ? respond(request, http::status::ok, "application/json", *answer)
                                   : refused(request, http::status::bad_request, answer.error().text()));
                     });
}

void last_search(const Ask& ask, Send send) {
  const Incident* found = incident_of(ask);
  if (found == nullptr) return send(no_incident(ask));
  send(respond(ask.request, http::status::ok, "application/json", ask.sources.last_search(found->id)));
}

void sea(const Ask& ask, Send send) {
  const Query query = query_in(ask);
  const auto place = place_in(query);
  if (!place) return send(bad(ask, place.error().text()));
  Time time = ask.sources.desk.room().now();
  if (const auto text = query.find("time"); text != query.end()) {
    const auto at = parse_time(text->second);
    if (!at) return send(bad(ask, at.error().in("time").text()));
    time = *at;
  }
  send(json(ask, api::sea(ask.sources.desk.room().world(), *place, time)));
}

void health(const Ask& ask, Send send) {
  const Desk& desk = ask.sources.desk;
  const std::string trouble = ask.sources.trouble();
  std::string feeds;
  write_json(feeds, desk.feeds());
  Json out{{"ok", trouble.empty()},
           {"trouble", trouble},
           {"version", std::string(version())},
           {"now", desk.header().at("now")},
           {"last_entry", desk.last_entry()}};
  out["feeds"] = Json::parse(feeds, nullptr, false);
  for (const std::string& centre : desk.room().world().partners)
    if (const KeptHead* head = desk.room().partners().head_of(centre))
      out["heads"].push_back({{"centre", centre},
                              {"head", noted_text({head->size, head->root})},
                              {"signed", iso(head->signed_at)},
                              {"heard", iso(head->heard)},
                              {"entry", head->entry}});
  send(json(ask, out));
}

void metrics(const Ask& ask, Send send) {
  send(respond(ask.request, http::status::ok, "text/plain; version=0.0.4", ask.sources.metrics()));
}

/// Not asked for as a socket.
void socket(const Ask& ask, Send send) {
  auto response = refused(ask.request, http::status::upgrade_required, "this is a WebSocket; upgrade to it");
  response.set(http::field::upgrade, "websocket");
  send(std::move(response));
}

void page(const Ask& ask, Send send) {
  const auto said = [&](http::field field) {
    const auto value = ask.request[field];
    return std::string_view(value.data(), value.size());
  };
  auto file = static_file(ask.sources.console, ask.path, said(http::field::accept_encoding));
  if (!file && ask.path == "/")
    return send(respond(ask.request, http::status::ok, "text/html; charset=utf-8", no_console));
  if (!file) return send(none(ask, fmt::format("there is nothing at {}", shown(ask.path))));
  const bool at_hand = names_tag(said(http::field::if_none_match), file->tag);
  auto response = respond(ask.request, at_hand ? http::status::not_modified : http::status::ok, file->type,
                          at_hand ? std::string() : std::move(file->bytes),
                          file->never_changes ? "public, max-age=31536000, immutable" : "no-cache");
  response.set(http::field::etag, file->tag);
  response.set(http::field::vary, "Accept-Encoding");
  if (!file->coding.empty()) response.set(http::field::content_encoding, file->coding);
  send(std::move(response));
}

/// Whoever sends a report again, because no answer came or it was 503, sends the same bytes under the same id
/// and hears how that very report stands: no second incident, and no doubt.
void report(const Ask& ask, Send send) {
  auto report = parse_report(ask.request.body());
  if (!report) return send(bad(ask, report.error().text()));
  const Caller& caller = ask.caller;
  if (const Act act = act_of(*report); !holds(caller.may, act))
    return send(refused_to(caller, ask.request, act));
  if (const auto own = authority::is_own_word(ask.sources.desk.room().world(), caller.speaker, *report); !own)
    return send(respond(ask.request, http::status::unprocessable_entity, "application/json",
                        api::text({{"error", own.error().text()}, {"field", own.error().where}})));
  const std::string id = report_head(*report).id;
  Desk& desk = ask.sources.desk;
  const auto accepted = [id](const HttpRequest& request, const std::vector<std::uint64_t>& entries) {
    return respond(request, http::status::ok, "application/json",
                   api::text({{"accepted", id}, {"entries", entries}}));
  };
  const auto unrecorded = [](const HttpRequest& request, bool taken, const std::string& why) {
    return respond(request, http::status::service_unavailable, "application/json",
                   api::text({{"error", why}, {"taken", taken}}));
  };
  if (const TakenReport* before = desk.taken(id)) {
    if (before->said == hash_of_report(caller.speaker, ask.request.body()))
      return send(before->last <= desk.last_entry()
                      ? accepted(ask.request, before->entries())
                      : unrecorded(ask.request, true,
                                   "the desk has taken this report and cannot record it yet; it will, as "
                                   "soon as there is room"));
    return send(refused(ask.request, http::status::conflict,
                        fmt::format("id: \"{}\" was used before; give the report another", shown(id))));
  }
  desk.report(caller.speaker, ask.request.body(), std::move(*report),
              [request = ask.request, id, send = std::move(send), accepted, unrecorded,
               &desk](const Result<std::vector<std::uint64_t>>& entries) {
                // Refused at once, it left no trace.
                send(entries ? accepted(request, *entries)
                             : unrecorded(request, desk.taken(id) != nullptr, entries.error().text()));
              });
}

void play(const Ask& ask, Send send) {
  const auto body = parse_json(ask.request.body());
  if (!body || !body->is_object()) return send(bad(ask, "a JSON object with playing, speed or to"));
  PlayCommand command;
  for (const auto& [name, value] : body->items()) {
    if (name == "playing" && value.is_boolean()) {
      command.playing = value.get<bool>();
    } else if (name == "speed" && value.is_number()) {
      command.speed = value.get<double>();
    } else if (name == "to" && value.is_string()) {
      const auto to = parse_time(value.get<std::string>());
      if (!to) return send(bad(ask, to.error().in("to").text()));
      command.to = *to;
    } else {
      return send(bad(ask, fmt::format("{}: known are playing (true or false), speed (a number) and to (a "
                                       "time)",
                                       shown(name))));
    }
  }
  if (const auto done = ask.sources.desk.play(command); !done) return send(bad(ask, done.error().text()));
  send(json(ask, ask.sources.desk.header()));
}

}  // namespace varne::answers
