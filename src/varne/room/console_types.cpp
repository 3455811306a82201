#include "varne/room/console_types.h"

#include "varne/core/fields_typescript.h"
#include "varne/feed/report_kinds.h"
#include "varne/room/entries.h"

namespace varne {

std::string console_types() {
  std::string reports = typescript_kinds<Report>("Reports");
  // Whoever reports may give one number, where the record has a range.
  for (auto at = reports.find(": HeadCount"); at != std::string::npos; at = reports.find(": HeadCount"))
    reports.replace(at, 11, ": Heads");
  return "/** Entries and reports, by kind. Made of the program's own lists of fields, whose test keeps it "
         "so: "
         "docs/entries.md\n"
         " * and docs/feeds.md say what each field means. An older or newer record may have other kinds. */\n"
         "import type { HeadCount, LonLat } from './api';\n\n"
         "/** How many people, as a reporter may give it. */\n"
         "export type Heads = number | HeadCount;\n\n" +
         typescript_kinds<entries::Body>("EntryBodies") + "\n" + reports +
         "\n/** A type with `kind` for each of these. */\n"
         "export type Entry = { [K in keyof EntryBodies]: { number: number; time: string; kind: K; body: "
         "EntryBodies[K] } }[keyof EntryBodies];\n"
         "export type Report = { [K in keyof Reports]: { kind: K } & Reports[K] }[keyof Reports];\n";
}

}  // namespace varne
