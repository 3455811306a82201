/// How fast a record is hashed, made durable and verified. Entries are of the usual size (about 250 bytes a
/// line).

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <vector>

#include "varne/record/journal.h"
#include "varne/record/ledger.h"
#include "varne/record/merkle.h"
#include "varne/record/segment.h"

namespace varne {
namespace {

Entry usual(std::uint64_t number) {
  return {number, time_from_millis(1'636'588'800'000 + static_cast<std::int64_t>(number)), "track",
          fmt::format(
              R"({{"at":[1.{0:06},51.{0:06}],"course_deg":42.5,"source":"radar:dungeness","speed_mps":3.21,)"
              R"("state":"confirmed","text":"Contact R{0} moves on to the north-east","track":"R{0}"}})",
              (number % 90000 + 10000) * 10 + 1)};
}

std::vector<Entry> usual(std::uint64_t first, std::size_t count) {
  std::vector<Entry> out;
  for (std::size_t i = 0; i < count; ++i) out.push_back(usual(first + i));
  return out;
}

/// A fresh folder under $VARNE_BENCH_DISK, else the temporary folder: durable figures are figures of its
/// disk.
class Folder {
 public:
  Folder() {
    const char* disk = std::getenv("VARNE_BENCH_DISK");
    std::string pattern =
        ((disk != nullptr ? std::filesystem::path(disk) : std::filesystem::temp_directory_path()) /
         "varne-bench-XXXXXX")
            .string();
    path_ = mkdtemp(pattern.data());
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { std::filesystem::remove_all(path_); }
  [[nodiscard]] std::string file(const char* name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

void per_entry(benchmark::State& state, std::size_t entries) {
  state.SetItemsProcessed(static_cast<std::int64_t>(static_cast<std::size_t>(state.iterations()) * entries));
}

/// Line, leaf and the node above it: all that an append hashes.
void entries_hashed(benchmark::State& state) {
  const auto entries = usual(1, 10'000);
  for (auto _ : state) {
    MerkleTree tree;
    for (const Entry& entry : entries) tree.add(leaf_hash(entry_line(entry)));
    benchmark::DoNotOptimize(tree.root());
  }
  per_entry(state, entries.size());
}
BENCHMARK(entries_hashed);

void heads_signed(benchmark::State& state) {
  const auto key = SigningKey::make();
  SignedHead head;
  for (auto _ : state) {
    ++head.size;
    benchmark::DoNotOptimize(key.sign(head_text(head)));
  }
  per_entry(state, 1);
}
BENCHMARK(heads_signed);

void entries_checked(benchmark::State& state) {
  const auto entries = usual(1, 10'000);
  for (auto _ : state) {
    for (const Entry& entry : entries) benchmark::DoNotOptimize(check_entry(entry).has_value());
  }
  per_entry(state, entries.size());
}
BENCHMARK(entries_checked);

void entries_parsed(benchmark::State& state) {
  std::vector<std::string> lines;
  for (const Entry& entry : usual(1, 10'000)) lines.push_back(entry_line(entry));
  for (auto _ : state) {
    for (const auto& line : lines) benchmark::DoNotOptimize(parse_entry(line).has_value());
  }
  per_entry(state, lines.size());
}
BENCHMARK(entries_parsed);

/// The empty database of $VARNE_BENCH_POSTGRES (postgresql://…), which is left full; "" without it.
std::string database() {
  const char* url = std::getenv("VARNE_BENCH_POSTGRES");
  return url == nullptr ? "" : url;
}

/// One entry an append, all waiting together: what group commit is for.
void entries_durable_in_groups(benchmark::State& state, bool in_database) {
  static const Folder folder;  // one for every repetition: the database takes no stranger's key
  if (in_database && database().empty()) return state.SkipWithError("VARNE_BENCH_POSTGRES is not set");
  const auto opened =
      open_ledger(in_database ? database() : folder.file("record.db"), {.keys = folder.file("keys")});
  if (!opened) return state.SkipWithError(opened.error().text().c_str());
  const auto& ledger = *opened;
  constexpr std::size_t count = 20'000;
  for (auto _ : state) {
    state.PauseTiming();
    auto entries = usual(ledger->head().size + 1, count);
    state.ResumeTiming();
    GroupCommit group(*ledger);
    for (Entry& entry : entries) group.append({std::move(entry)}, {});
    if (!group.flush()) state.SkipWithError("refused");
  }
  per_entry(state, count);
}
BENCHMARK_CAPTURE(entries_durable_in_groups, sqlite, false)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(entries_durable_in_groups, postgresql, true)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->Iterations(10);

/// One entry an append, each waited for: one sync of the disk each.
void entries_durable_one_by_one(benchmark::State& state) {
  const Folder folder;
  const auto ledger = *open_ledger(folder.file("record.db"));
  for (auto _ : state) {
    if (!ledger->append(usual(ledger->head().size + 1, 1))) state.SkipWithError("refused");
  }
  per_entry(state, 1);
}
BENCHMARK(entries_durable_one_by_one)->UseRealTime();

void entries_verified(benchmark::State& state) {
  const Folder folder;
  constexpr std::size_t count = 100'000;
  if (!(*open_ledger(folder.file("record.db")))->append(usual(1, count))) state.SkipWithError("refused");
  for (auto _ : state) {
    const auto verified = verify_ledger(folder.file("record.db"));
    if (!verified || !verified->problems.empty()) state.SkipWithError("not whole");
  }
  per_entry(state, count);
}
BENCHMARK(entries_verified)->Unit(benchmark::kMillisecond)->UseRealTime()->MeasureProcessCPUTime();

/// Journal items of AIS lines, synced every so many; `packed` is bytes on the disk a byte received.
void journal_items(benchmark::State& state) {
  const Folder folder;
  auto journal = *Journal::open(folder.file("journal"));
  const auto between = static_cast<std::uint64_t>(state.range(0));
  std::uint64_t number = 0;
  std::uint64_t received = 0;
  for (auto _ : state) {
    const Hash payload = sha256(std::to_string(++number));
    JournalItem item{time_from_millis(1'636'588'800'000), "ais",
                     fmt::format("!AIVDM,1,1,,A,{},0*24", hex(payload).substr(0, 28))};
    received += item.bytes.size();
    if (!journal.append(item)) state.SkipWithError("refused");
    if (number % between == 0 && !journal.sync()) state.SkipWithError("refused");
  }
  static_cast<void>(journal.close());
  std::uint64_t kept = 0;
  for (const auto& file : std::filesystem::directory_iterator(folder.file("journal")))
    kept += file.file_size();
  state.counters["packed"] = static_cast<double>(kept) / static_cast<double>(received);
  per_entry(state, 1);
}
BENCHMARK(journal_items)->Arg(10)->Arg(100)->Arg(10'000)->UseRealTime();

}  // namespace
}  // namespace varne
