/// varne: the command line. Each subcommand is a file of its own beside this one; none holds logic.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <string>

#include "commands.h"
#include "varne/core/place_of_data.h"

namespace {

/// What was asked wrongly, and by which subcommand: in our words where the parser's say nothing to the
/// person.
std::string misused(const CLI::App* app, const CLI::Error& wrong) {
  std::string what = wrong.what();
  const auto unknown = app->remaining(true);
  const auto twice = what.find(": At Most 1 required but received");
  if (dynamic_cast<const CLI::RequiredError*>(&wrong) != nullptr && !unknown.empty())
    what = fmt::format("\"{}\" is not known here", unknown.front());
  else if (what == "A subcommand is required")
    what = "say which: a subcommand is needed";
  else if (twice != std::string::npos)
    what = what.substr(0, twice) + ": is given more than once";
  else if (what.starts_with("Could not convert: "))
    what = what.substr(19) + ": is not a number that fits";
  std::string command = "varne";
  for (const auto* sub = app; !sub->get_subcommands().empty();) {
    sub = sub->get_subcommands().front();
    command += " " + sub->get_name();
  }
  return fmt::format("varne: {}\n{} --help shows how it is used.\n", what, command);
}

/// The status, unless what was printed never arrived where it was to go: a proof that a full disk swallowed
/// is no proof.
int printed(int status) {
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return status;
  fmt::print(stderr, "varne: not all that was printed could be written; is the disk full?\n");
  return status == 0 ? 1 : status;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{
      "Varne: an operations room in software for small boats crossing a strait. It advises people; it steers "
      "no "
      "craft and decides nothing."};
  app.name("varne");
  app.set_version_flag("--version", std::string(varne::version()));
  app.require_subcommand(1);
  app.get_formatter()->column_width(34);
  app.failure_message(misused);
  app.footer("Each subcommand's --help shows an example: varne drift --help");
  int status = 0;
  // One line a subcommand.
  varne::app::add_calibrate(app, status);
  varne::app::add_decode(app, status);
  varne::app::add_demo(app, status);
  varne::app::add_doctrine(app, status);
  varne::app::add_drift(app, status);
  varne::app::add_prove(app, status);
  varne::app::add_rekey(app, status);
  varne::app::add_judge(app, status);
  varne::app::add_replay(app, status);
  varne::app::add_serve(app, status);
  varne::app::add_tally(app, status);
  varne::app::add_verify(app, status);
  varne::app::add_why(app, status);

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& wrong) {
    // 0 for --help and --version, 2 for anything that was asked wrongly.
    return app.exit(wrong) == 0 ? 0 : 2;
  } catch (const std::exception& unexpected) {
    if (std::ferror(stdout) != 0) return printed(1);
    fmt::print(stderr, "varne: unexpected: {}; this is a fault of Varne, please report it\n",
               unexpected.what());
    return 1;
  }
  return printed(status);
}
