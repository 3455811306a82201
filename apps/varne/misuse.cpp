#include "misuse.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "varne/core/for_terminal.h"
#include "varne/core/nearest.h"

namespace varne::app {
namespace {

/// The subcommand that was reached before something went wrong.
const CLI::App* reached(const CLI::App* app) {
  while (!app->get_subcommands().empty()) app = app->get_subcommands().front();
  return app;
}

std::string spelled(const CLI::App* app) {
  return app->get_parent() == nullptr ? "varne" : spelled(app->get_parent()) + " " + app->get_name();
}

/// All that could stand where `asked` does: long options where it begins as one, else subcommands.
std::vector<std::string> known(const CLI::App* app, const std::string& asked) {
  std::vector<std::string> names;
  if (asked.starts_with("--")) {
    for (const auto* option : app->get_options())
      for (const auto& name : option->get_lnames()) names.push_back("--" + name);
  } else {
    for (const auto* sub : app->get_subcommands([](const CLI::App*) { return true; }))
      names.push_back(sub->get_name());
  }
  return names;
}

/// The nearest of them, where it is near: a third of the letters may differ, and what was cut off.
std::optional<std::string> meant(const CLI::App* app, const std::string& asked) {
  std::optional<std::string> nearest;
  std::size_t fewest = std::max<std::size_t>(1, asked.size() / 3) + 1;
  for (const auto& name : known(app, asked)) {
    const bool begun = asked.size() >= 3 && name.starts_with(asked);
    const std::size_t apart = begun ? 0 : letters_apart(name, asked);
    if (apart < fewest) {
      fewest = apart;
      nearest = name;
    }
  }
  return nearest;
}

}  // namespace

std::string misused(const CLI::App* app, const CLI::Error& wrong) {
  std::string what = wrong.what();
  const auto unknown = app->remaining(true);
  const auto* at = reached(app);
  const bool lacking = dynamic_cast<const CLI::RequiredError*>(&wrong) != nullptr;
  const bool too_much = dynamic_cast<const CLI::ExtrasError*>(&wrong) != nullptr;
  const auto twice = what.find(": At Most 1 required but received");
  if ((lacking || too_much) && !unknown.empty()) {
    // An option that is not known leaves its value over as well.
    const auto option = std::find_if(unknown.begin(), unknown.end(),
                                     [](const std::string& text) { return text.starts_with("-"); });
    const std::string& asked = too_much && option != unknown.end() ? *option : unknown.front();
    what = fmt::format("\"{}\" is not known here", asked);
    if (const auto nearest = meant(at, asked.substr(0, asked.find('='))))
      what += fmt::format("; did you mean {}?", *nearest);
  } else if (what == "A subcommand is required") {
    return fmt::format("{}\nvarne: say which: a subcommand is needed\n", at->help());
  } else if (twice != std::string::npos) {
    what = what.substr(0, twice) + ": is given more than once";
  } else if (what.starts_with("Could not convert: ")) {
    what = what.substr(19) + ": is not a number that fits";
  }
  return for_terminal(fmt::format("varne: {}\n{} --help shows how it is used.\n", what, spelled(at)));
}

}  // namespace varne::app
