/// varne completion: what a shell needs to complete commands, options and files.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <string>

#include "commands.h"
#include "terminal.h"

namespace varne::app {
namespace {

/// Of each subcommand, named by its words: what may follow it.
void add_cases(const CLI::App* app, const std::string& path, std::string& cases) {
  std::string words;
  for (const auto* sub : app->get_subcommands([](const CLI::App*) { return true; })) {
    words += sub->get_name() + " ";
    add_cases(sub, path.empty() ? sub->get_name() : path + " " + sub->get_name(), cases);
  }
  for (const auto* option : app->get_options()) {
    for (const auto& name : option->get_lnames()) words += "--" + name + " ";
  }
  cases += fmt::format("    '{}') echo '{}' ;;\n", path, words);
}

std::string bash_completion(const CLI::App* varne) {
  std::string cases;
  add_cases(varne, "", cases);
  return "# bash completion of varne, as `varne completion` prints it\n"
         "_varne_after() {\n"
         "  case \"$1\" in\n" +
         cases +
         "    *) return 1 ;;\n"
         "  esac\n"
         "}\n"
         "_varne() {\n"
         "  local path='' longer word\n"
         "  for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
         "    longer=${path:+$path }$word\n"
         "    _varne_after \"$longer\" >/dev/null && path=$longer\n"
         "  done\n"
         "  COMPREPLY=($(compgen -W \"$(_varne_after \"$path\")\" -- \"${COMP_WORDS[COMP_CWORD]}\"))\n"
         "}\n"
         "complete -o default -F _varne varne\n";
}

}  // namespace

void add_completion(CLI::App& app, int&) {
  auto* sub = app.add_subcommand("completion", "Print what bash needs to complete commands and options");
  sub->footer("Example:\n  varne completion > ~/.local/share/bash-completion/completions/varne");
  sub->callback([&app] { say("{}", bash_completion(&app)); });
}

}  // namespace varne::app
