#pragma once
/// The subcommands of `varne`, one file each. Each adds itself to the command line; its callback leaves the
/// exit status: 0 done, 1 failed, 2 misused (what the parser refuses, and what `failed` says of an option).

#include <CLI/App.hpp>

namespace varne::app {

void add_calibrate(CLI::App& app, int& status);
void add_campaign(CLI::App& app, int& status);
void add_completion(CLI::App& app, int& status);
void add_days(CLI::App& app, int& status);
void add_decode(CLI::App& app, int& status);
void add_demo(CLI::App& app, int& status);
void add_doctrine(CLI::App& app, int& status);
void add_drift(CLI::App& app, int& status);
void add_prove(CLI::App& app, int& status);
void add_reach(CLI::App& app, int& status);
void add_rekey(CLI::App& app, int& status);
void add_exchange_key(CLI::App& app, int& status);
void add_judge(CLI::App& app, int& status);
void add_replay(CLI::App& app, int& status);
void add_search(CLI::App& app, int& status);
void add_serve(CLI::App& app, int& status);
void add_tally(CLI::App& app, int& status);
void add_task(CLI::App& app, int& status);
void add_verify(CLI::App& app, int& status);
void add_why(CLI::App& app, int& status);

}  // namespace varne::app
