/// varne: the command line. Each subcommand is a file of its own beside this one; none holds logic.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <string>

#include "account.h"
#include "commands.h"
#include "misuse.h"
#include "terminal.h"
#include "varne/core/place_of_data.h"

namespace {

/// The status, unless what was printed never arrived where it was to go: a proof that a full disk swallowed
/// is no proof.
int printed(int status) {
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return status;
  varne::app::complain("varne: not all that was printed could be written; is the disk full?\n");
  return status == 0 ? 1 : status;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{
      "Varne: an operations room in software for small boats crossing a strait. It advises people; it steers "
      "no craft and decides nothing."};
  app.name("varne");
  app.set_version_flag("--version", std::string(varne::version()));
  app.set_help_all_flag("--help-all", "Print the help of every subcommand and exit");
  app.require_subcommand(1);
  app.get_formatter()->column_width(34);
  app.failure_message(varne::app::misused);
  app.footer("Each subcommand's --help shows an example: varne drift --help");
  int status = 0;
  // One line a subcommand.
  varne::app::add_account(app, status);
  varne::app::add_calibrate(app, status);
  varne::app::add_campaign(app, status);
  varne::app::add_completion(app, status);
  varne::app::add_days(app, status);
  varne::app::add_decode(app, status);
  varne::app::add_demo(app, status);
  varne::app::add_doctrine(app, status);
  varne::app::add_drift(app, status);
  varne::app::add_prove(app, status);
  varne::app::add_reach(app, status);
  varne::app::add_rekey(app, status);
  varne::app::add_judge(app, status);
  varne::app::add_replay(app, status);
  varne::app::add_search(app, status);
  varne::app::add_serve(app, status);
  varne::app::add_exchange_key(app, status);
  varne::app::add_tally(app, status);
  varne::app::add_task(app, status);
  varne::app::add_verify(app, status);
  varne::app::add_why(app, status);
  for (auto* command : app.get_subcommands({})) command->set_help_all_flag();

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& wrong) {
    // 0 for --help and --version, 2 for anything that was asked wrongly.
    return app.exit(wrong) == 0 ? 0 : 2;
  } catch (const std::exception& unexpected) {
    if (std::ferror(stdout) != 0) return printed(1);
    varne::app::complain("varne: unexpected: {}; this is a fault of Varne, please report it\n",
                         unexpected.what());
    return 1;
  }
  return printed(status);
}
