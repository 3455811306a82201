#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "commands.h"
#include "terminal.h"
#include "varne/core/lines.h"
#include "varne/core/place_of_data.h"
#include "varne/doctrine/encounter_file.h"
#include "varne/doctrine/reasons.h"

namespace varne::app {
namespace {

struct Asked {
  std::string file;
  std::string folder;
  bool json = false;
};

int run(const Asked& asked) {
  const std::string folder = asked.folder.empty() ? data_path("doctrine") : asked.folder;
  const auto vocabulary = Vocabulary::load(folder + "/facts.toml");
  if (!vocabulary) return failed(vocabulary.error());
  const auto doctrines = load_doctrines(*vocabulary, folder);
  if (!doctrines) return failed(doctrines.error());
  const auto text = read_file(asked.file);
  if (!text) return failed(text.error());
  const auto encounter = parse_encounter(*vocabulary, *text, asked.file);
  if (!encounter) return failed(encounter.error());
  std::vector<Judgement> judgements;
  for (const Doctrine& doctrine : *doctrines) judgements.push_back(judge(*vocabulary, doctrine, *encounter));
  if (asked.json) {
    Json out = Json::array();
    for (const Joint& joint : join(judgements))
      out.push_back(reasons_json(*vocabulary, *encounter, judgements, joint));
    fmt::print("{}\n", canonical(out));
    return 0;
  }
  fmt::print("{}\n", answers_text(judgements));
  for (const Judgement& judgement : judgements) {
    for (const Verdict& verdict : judgement.verdicts)
      fmt::print("{}\n", reasons_text(*vocabulary, *encounter, judgement, verdict));
  }
  return 0;
}

}  // namespace

void add_judge(CLI::App& app, int& status) {
  auto asked = std::make_shared<Asked>();
  auto* command = app.add_subcommand("judge", "What the doctrines say of an encounter, and why");
  command->add_option("ENCOUNTER", asked->file, "JSON: now, facts, consents, orders, parameters")->required();
  command->add_option("--doctrine", asked->folder, "folder of facts.toml and doctrine files");
  command->add_flag("--json", asked->json, "the reasons as one line of JSON");
  command->footer("Example:\n  varne judge encounter.json --json");
  command->callback([asked, &status] { status = run(*asked); });
}

}  // namespace varne::app
