#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>

#include "commands.h"
#include "terminal.h"
#include "varne/core/lines.h"
#include "varne/core/place_of_data.h"
#include "varne/doctrine/encounter_file.h"
#include "varne/doctrine/reasons.h"

namespace varne::app {
namespace {

struct Asked {
  std::vector<std::string> files;
  std::string folder;
  std::string response;
  bool json = false;
};

struct Rules {
  Vocabulary vocabulary;
  std::vector<Doctrine> doctrines;
};

Done judge_file(const Rules& rules, const Asked& asked, const std::string& file) {
  const auto text = read_file(file);
  if (!text) return fail(text.error());
  const auto encounter = parse_encounter(rules.vocabulary, *text, file);
  if (!encounter) return fail(encounter.error());
  const auto wanted = [&](const std::string& id) { return asked.response.empty() || id == asked.response; };
  std::vector<Judgement> judgements;
  for (const Doctrine& doctrine : rules.doctrines)
    judgements.push_back(judge(rules.vocabulary, doctrine, *encounter));
  if (asked.json) {
    Json out = Json::array();
    for (const Joint& joint : join(judgements)) {
      if (wanted(joint.response))
        out.push_back(reasons_json(rules.vocabulary, *encounter, judgements, joint));
    }
    say("{}\n", canonical(out));
    return {};
  }
  if (asked.files.size() > 1) say("{}\n", file);
  if (asked.response.empty()) say("{}\n", answers_text(judgements));
  // Of one response each doctrine's answer follows; where they disagree, neither is to be read alone.
  for (const Joint& joint : join(judgements)) {
    if (joint.ruling == Ruling::conflict && wanted(joint.response)) say("{}\n", conflict_text(joint));
  }
  for (const Judgement& judgement : judgements) {
    for (const Verdict& verdict : judgement.verdicts) {
      if (wanted(judgement.doctrine->responses[verdict.response].id))
        say("{}\n", reasons_text(rules.vocabulary, *encounter, judgement, verdict));
    }
  }
  return {};
}

/// Refuses a response that no doctrine knows, and lists those there are.
Done check_response(const Rules& rules, const std::string& id) {
  std::set<std::string> known;
  for (const Doctrine& doctrine : rules.doctrines) {
    for (const Response& response : doctrine.responses) known.insert(response.id);
  }
  if (id.empty() || known.contains(id)) return {};
  return fail("--response", fmt::format("\"{}\" is none of {}", id, fmt::join(known, ", ")));
}

int run(const Asked& asked) {
  const std::string folder = asked.folder.empty() ? data_path("doctrine") : asked.folder;
  auto vocabulary = Vocabulary::load(folder + "/facts.toml");
  if (!vocabulary) return failed(vocabulary.error());
  auto doctrines = load_doctrines(*vocabulary, folder);
  if (!doctrines) return failed(doctrines.error());
  const Rules rules{std::move(*vocabulary), std::move(*doctrines)};
  if (const auto done = check_response(rules, asked.response); !done) return failed(done.error());
  int status = 0;
  for (const auto& file : asked.files) {
    if (const auto done = judge_file(rules, asked, file); !done) status = failed(done.error());
  }
  return status;
}

}  // namespace

void add_judge(CLI::App& app, int& status) {
  auto asked = std::make_shared<Asked>();
  auto* command = app.add_subcommand("judge", "What the doctrines say of an encounter, and why");
  command
      ->add_option("ENCOUNTER", asked->files,
                   "JSON: now, facts, consents, orders, parameters; several may be given")
      ->required();
  command->add_option("--response", asked->response, "only this one, by its id: turn_round");
  command->add_option("--doctrine", asked->folder, "folder of facts.toml and doctrine files");
  command->add_flag("--json", asked->json, "the reasons as one line of JSON an encounter");
  command->footer("Example:\n  varne judge encounter.json --json");
  command->callback([asked, &status] { status = run(*asked); });
}

}  // namespace varne::app
