#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "commands.h"
#include "terminal.h"
#include "varne/core/place_of_data.h"
#include "varne/doctrine/explain.h"

namespace varne::app {
namespace {

int check(const std::vector<std::string>& files) {
  const auto vocabulary = Vocabulary::load(data_path("doctrine/facts.toml"));
  if (!vocabulary) return failed(vocabulary.error());
  int status = 0;
  for (const auto& file : files) {
    const auto doctrine = check_doctrine_file(*vocabulary, file);
    if (doctrine) {
      say("{}: fit: {} rules, {} responses\n", file, doctrine->rules.size(), doctrine->responses.size());
      continue;
    }
    status = 1;
    for (const Error& error : doctrine.error()) say("{}\n", error.text());
    say("{}: not fit: {} problem{}\n", file, doctrine.error().size(),
        doctrine.error().size() == 1 ? "" : "s");
  }
  return status;
}

int explained(const std::string& file) {
  const auto vocabulary = Vocabulary::load(data_path("doctrine/facts.toml"));
  if (!vocabulary) return failed(vocabulary.error());
  const auto doctrine = load_doctrine(*vocabulary, file);
  if (!doctrine) return failed(doctrine.error());
  say("{}", explain(*vocabulary, *doctrine));
  return 0;
}

}  // namespace

void add_doctrine(CLI::App& app, int& status) {
  auto* command = app.add_subcommand("doctrine", "Check doctrine files, or print one in plain words");
  command->require_subcommand(1);
  command->footer("Example:\n  varne doctrine check data/doctrine/rescue.toml");
  auto files = std::make_shared<std::vector<std::string>>();
  auto* checking =
      command->add_subcommand("check", "Say of each file whether it is fit, and if not, where and why");
  checking->add_option("FILE", *files, "doctrine files")->required();
  checking->footer("Example:\n  varne doctrine check data/doctrine/rescue.toml");
  checking->callback([files, &status] { status = check(*files); });
  auto file = std::make_shared<std::string>();
  auto* explaining =
      command->add_subcommand("explain", "Print a doctrine as somebody reads it who must act by it");
  explaining->add_option("FILE", *file, "a doctrine file")->required();
  explaining->footer("Example:\n  varne doctrine explain data/doctrine/uk-turnaround-2021.toml");
  explaining->callback([file, &status] { status = explained(*file); });
}

}  // namespace varne::app
