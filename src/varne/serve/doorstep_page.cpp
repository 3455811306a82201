#include "varne/serve/doorstep_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "varne/core/enum_named.h"
#include "varne/core/text.h"

namespace varne {
namespace {

constexpr std::uint64_t hundred = 100;

std::uint64_t percent(const HowFar& far) {
  return far.of == 0 ? 0 : far.done * hundred / far.of;
}

/// A page's words; what it does stands in the order of Starting.
struct PageWords {
  const char* lang;
  const char* heading;
  std::array<const char*, 3> doing;
  const char* far;
  const char* then;
  const char* meanwhile;
};

constexpr PageWords english{"en",
                            "This desk is starting",
                            {"It reads the coast, the seas and the rules.",
                             "It reads its record and its journal.", "It runs through the day once."},
                            "How far it is",
                            "The console opens by itself when it is ready.",
                            "Work by voice until then."};
constexpr PageWords french{"fr",
                           "Ce poste démarre",
                           {"Il lit la côte, les mers et les règles.",
                            "Il relit sa main courante et son journal.", "Il parcourt une fois la journée."},
                           "Avancement",
                           "La console s’ouvre d’elle-même dès qu’il est prêt.",
                           "Travaillez à la voix d’ici là."};

/// The first language that is either.
const PageWords& words_for(std::string_view accept_language) {
  for (const auto one : split(accept_language, ',')) {
    const auto tag = trim(one).substr(0, 2);
    if (tag == "fr") return french;
    if (tag == "en") return english;
  }
  return english;
}

}  // namespace

Json starting_json(const HowFar& far) {
  const std::string share = far.of == 0 ? "" : fmt::format(", {} %", percent(far));
  return {{"error", fmt::format("this desk is starting ({}{}); try again", enum_name(far.what), share)},
          {"starting", {{"what", std::string(enum_name(far.what))}, {"done", far.done}, {"of", far.of}}}};
}

std::string starting_page(const HowFar& far, std::string_view accept_language) {
  const PageWords& words = words_for(accept_language);
  std::string doing;
  for (std::size_t i = 0; i < words.doing.size(); ++i) {
    const auto what = static_cast<Starting>(i);
    doing += fmt::format("<p data-what=\"{}\"{}>{}</p>", enum_name(what), what == far.what ? "" : " hidden",
                         words.doing.at(i));
  }
  // Amber on black: it may be read at night.
  return fmt::format(
      "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
      "content=\"width=device-width, initial-scale=1\"><title>{} · Varne</title><style>"
      "body{{margin:0;background:#0b0a08;color:#e0a860;font:16px/1.5 'Noto Sans','DejaVu Sans',sans-serif}}"
      "main{{max-width:34em;margin:14vh auto 0;padding:0 16px}}progress{{width:100%;height:20px;"
      "accent-color:#e0a860}}</style></head><body><main><h1>{}</h1><div role=\"status\">{}</div>"
      "<p><progress aria-label=\"{}\" max=\"100\"{}></progress> <span id=\"share\">{}</span></p><p>{}</p>"
      "<p>{}</p></main><script src=\"{}\" defer></script></body></html>",
      words.lang, words.heading, words.heading, doing, words.far,
      far.of == 0 ? "" : fmt::format(" value=\"{}\"", percent(far)),
      far.of == 0 ? "" : fmt::format("{} %", percent(far)), words.then, words.meanwhile,
      starting_script_path);
}

const std::string_view starting_script =
    R"(// How far the desk is, every second; and the console when it is there.
const bar = document.querySelector('progress');
const share = document.getElementById('share');
async function look() {
  const reply = await fetch('/api/health').catch(() => null);
  if (reply && reply.status !== 503) return location.reload();
  const far = reply && (await reply.json().catch(() => ({}))).starting;
  if (far) {
    for (const each of document.querySelectorAll('[data-what]')) each.hidden = each.dataset.what !== far.what;
    if (far.of > 0) bar.value = Math.floor((100 * far.done) / far.of);
    else bar.removeAttribute('value');
    share.textContent = far.of > 0 ? bar.value + ' %' : '';
  }
  setTimeout(look, 1000);
}
setTimeout(look, 1000);
)";

}  // namespace varne
