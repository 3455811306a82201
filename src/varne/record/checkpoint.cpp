#include "varne/record/checkpoint.h"

#include <elf.h>
#include <fmt/format.h>
#include <link.h>
#include <zstd.h>

#include <algorithm>

#include "varne/core/fields_json.h"
#include "varne/core/place_of_data.h"
#include "varne/core/text.h"
#include "varne/record/journal_place.h"

namespace varne {
namespace {

// A file is: this line with the hash of all that follows, the base as one line of JSON, the state packed.
constexpr std::string_view magic = "varne checkpoint 1 ";
constexpr std::size_t hash_digits = 64;
constexpr std::size_t most_state_bytes = std::size_t{8} << 30;

/// The linker's mark of the running program: the same only for the same code.
std::string build_id() {
  std::string out;
  dl_iterate_phdr(
      [](dl_phdr_info* info, std::size_t, void* to) {
        for (int i = 0; i < info->dlpi_phnum; ++i) {
          const auto& part = info->dlpi_phdr[i];
          if (part.p_type != PT_NOTE) continue;
          // NOLINTNEXTLINE(performance-no-int-to-ptr): where the loader says it lies
          std::string_view notes(reinterpret_cast<const char*>(info->dlpi_addr + part.p_vaddr), part.p_memsz);
          while (notes.size() >= sizeof(ElfW(Nhdr))) {
            ElfW(Nhdr) note{};
            std::copy_n(notes.data(), sizeof note, reinterpret_cast<char*>(&note));
            const auto padded = [](std::size_t n) { return (n + 3) / 4 * 4; };
            const std::size_t name = sizeof note;
            const std::size_t text = name + padded(note.n_namesz);
            const std::size_t end = text + padded(note.n_descsz);
            if (end > notes.size()) break;
            if (note.n_type == NT_GNU_BUILD_ID && notes.substr(name, 4) == std::string_view("GNU\0", 4))
              *static_cast<std::string*>(to) = hex(notes.substr(text, note.n_descsz));
            notes.remove_prefix(end);
          }
        }
        return 1;  // the first is the program itself
      },
      &out);
  return out;
}

}  // namespace

const std::string& this_program() {
  static const std::string program = fmt::format("{} {}", version(), build_id());
  return program;
}

Done write_checkpoint(const std::string& where, const Checkpoint& checkpoint) {
  const auto place = journal_place(where);
  std::string packed(ZSTD_compressBound(checkpoint.state.size()), '\0');
  const std::size_t size =
      ZSTD_compress(packed.data(), packed.size(), checkpoint.state.data(), checkpoint.state.size(), 1);
  if (ZSTD_isError(size) != 0)
    return fail(place->name(), fmt::format("a checkpoint cannot be packed: {}", ZSTD_getErrorName(size)));
  packed.resize(size);
  const std::string rest = canonical_of(checkpoint.base) + '\n' + packed;
  auto there = place->checkpoints();
  const std::uint64_t number = there.empty() ? 1 : there.front() + 1;
  there.erase(there.begin(),
              there.begin() + static_cast<std::ptrdiff_t>(std::min(there.size(), checkpoints_kept - 1)));
  return place->keep_checkpoint(number, fmt::format("{}{}\n{}", magic, hex(sha256(rest)), rest), there);
}

Result<Checkpoint> read_checkpoint(const JournalPlace& place, std::uint64_t number) {
  const std::string path = place.name_of(number);
  const auto bytes = place.checkpoint(number);
  if (!bytes) return std::unexpected(bytes.error());
  const std::string_view all = *bytes;
  const std::size_t begin = magic.size() + hash_digits + 1;
  if (!all.starts_with(magic.substr(0, all.size())))
    return fail(path, "is no checkpoint of this version of Varne");
  if (all.size() < begin || all[begin - 1] != '\n') return fail(path, "is cut off");
  const std::string_view rest = all.substr(begin);
  if (all.substr(magic.size(), hash_digits) != hex(sha256(rest)))
    return fail(path, "is cut off, or was changed");
  const auto line = rest.substr(0, rest.find('\n'));
  Checkpoint out;
  const auto json = parse_json(line);
  if (!json) return fail(json.error().in(path));
  if (auto read = read_json(*json, out.base); !read) return fail(read.error().in(path));
  if (out.base.program != this_program())
    return fail(path, fmt::format("was written by Varne {}, and this is {}", shown(out.base.program),
                                  this_program()));
  const auto packed = rest.substr(std::min(rest.size(), line.size() + 1));
  const auto size = ZSTD_getFrameContentSize(packed.data(), packed.size());
  if (size > most_state_bytes) return fail(path, "holds a state that is not packed as it should be");
  out.state.resize(size);
  const std::size_t got = ZSTD_decompress(out.state.data(), size, packed.data(), packed.size());
  if (ZSTD_isError(got) != 0 || got != size) return fail(path, "holds a state that cannot be unpacked");
  return out;
}

}  // namespace varne
