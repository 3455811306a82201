#include "varne/record/checkpoint.h"

#include <elf.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <link.h>
#include <unistd.h>
#include <zstd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "varne/core/fields_json.h"
#include "varne/core/place_of_data.h"
#include "varne/core/text.h"
#include "varne/record/disk.h"

namespace varne {
namespace {

// A file is: this line with the hash of all that follows, the base as one line of JSON, the state packed.
constexpr std::string_view magic = "varne checkpoint 1 ";
constexpr std::string_view suffix = ".checkpoint";
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

/// The number in "000042.checkpoint"; 0 for any other name.
std::uint64_t number_of(const std::filesystem::path& path) {
  const std::string name = path.filename().string();
  if (!name.ends_with(suffix)) return 0;
  const auto number = parse_whole(std::string_view(name).substr(0, name.size() - suffix.size()));
  return number && *number > 0 ? static_cast<std::uint64_t>(*number) : 0;
}

Done write_whole(const std::string& path, std::string_view bytes) {
  auto file = File::open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (!file) return std::unexpected(file.error());
  if (auto done = file->write(bytes, 0); !done) return done;
  return file->sync();
}

}  // namespace

const std::string& this_program() {
  static const std::string program = fmt::format("{} {}", version(), build_id());
  return program;
}

std::vector<std::string> checkpoints_in(const std::string& folder) {
  std::vector<std::pair<std::uint64_t, std::string>> found;
  std::error_code wrong;
  for (std::filesystem::directory_iterator at(folder, wrong), end; !wrong && at != end; at.increment(wrong))
    if (const auto number = number_of(at->path()); number > 0)
      found.emplace_back(number, at->path().string());
  std::sort(found.rbegin(), found.rend());
  std::vector<std::string> out;
  for (auto& [number, path] : found) out.push_back(std::move(path));
  return out;
}

Done write_checkpoint(const std::string& folder, const Checkpoint& checkpoint) {
  std::string packed(ZSTD_compressBound(checkpoint.state.size()), '\0');
  const std::size_t size =
      ZSTD_compress(packed.data(), packed.size(), checkpoint.state.data(), checkpoint.state.size(), 1);
  if (ZSTD_isError(size) != 0)
    return fail(folder, fmt::format("a checkpoint cannot be packed: {}", ZSTD_getErrorName(size)));
  packed.resize(size);
  const std::string rest = canonical_of(checkpoint.base) + '\n' + packed;

  auto there = checkpoints_in(folder);
  const std::uint64_t number = there.empty() ? 1 : number_of(there.front()) + 1;
  const std::string path = fmt::format("{}/{:06}{}", folder, number, suffix);
  const std::string part = path + ".part";
  Done done = write_whole(part, fmt::format("{}{}\n{}", magic, hex(sha256(rest)), rest));
  if (done && std::rename(part.c_str(), path.c_str()) != 0) done = fail(disk_error(path));
  if (done) done = sync_folder(folder);
  if (!done) {
    static_cast<void>(::unlink(part.c_str()));
    return done;
  }
  for (std::size_t i = checkpoints_kept - 1; i < there.size(); ++i)
    static_cast<void>(::unlink(there[i].c_str()));
  return {};
}

Result<Checkpoint> read_checkpoint(const std::string& path) {
  const auto bytes = read_bytes(path);
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
