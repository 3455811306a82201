#include "varne/record/segment.h"

#include <fmt/format.h>
#include <zstd.h>
#include <zstd_errors.h>

#include <cstring>
#include <memory>
#include <optional>

namespace varne {
namespace {

constexpr std::string_view frame_start = "\x28\xb5\x2f\xfd";
constexpr std::size_t before_texts = 8 + 1 + 4;
constexpr std::size_t most_frame_bytes = most_waiting_bytes + most_item_bytes + before_texts + most_feed_name;

void put(std::uint64_t value, int bytes, std::string& out) {
  for (int i = 0; i < bytes; ++i) out.push_back(static_cast<char>(value >> (8 * i)));
}

std::uint64_t get(std::string_view in, std::size_t at, int bytes) {
  std::uint64_t value = 0;
  for (int i = 0; i < bytes; ++i)
    value |= std::uint64_t{static_cast<unsigned char>(in[at + static_cast<std::size_t>(i)])} << (8 * i);
  return value;
}

/// The items of one unpacked frame, all of them or none.
std::optional<std::vector<JournalItem>> items_of(std::string_view in) {
  std::vector<JournalItem> items;
  while (!in.empty()) {
    if (in.size() < before_texts) return std::nullopt;
    const auto feed = static_cast<std::size_t>(get(in, 8, 1));
    const auto bytes = static_cast<std::size_t>(get(in, 9, 4));
    if (in.size() - before_texts < feed + bytes) return std::nullopt;
    items.push_back({time_from_millis(static_cast<std::int64_t>(get(in, 0, 8))),
                     std::string(in.substr(before_texts, feed)),
                     std::string(in.substr(before_texts + feed, bytes))});
    in.remove_prefix(before_texts + feed + bytes);
  }
  return items;
}

/// The size of the frame that begins here, 0 where the bytes end inside it, nothing where none begins.
std::optional<std::size_t> frame_size(std::string_view bytes) {
  if (bytes.substr(0, frame_start.size()) != frame_start.substr(0, bytes.size())) return std::nullopt;
  const std::size_t size = ZSTD_findFrameCompressedSize(bytes.data(), bytes.size());
  if (ZSTD_isError(size) == 0) return size;
  if (ZSTD_getErrorCode(size) == ZSTD_error_srcSize_wrong) return 0;
  return std::nullopt;
}

std::optional<std::string> unpack_frame(std::string_view frame) {
  const auto size = ZSTD_getFrameContentSize(frame.data(), frame.size());
  if (size > most_frame_bytes) return std::nullopt;  // the codes for "unknown" and "error" are larger still
  std::string plain(size, '\0');
  const std::size_t got = ZSTD_decompress(plain.data(), plain.size(), frame.data(), frame.size());
  if (ZSTD_isError(got) != 0 || got != size) return std::nullopt;
  return plain;
}

}  // namespace

void pack_item(const JournalItem& item, std::string& out) {
  put(static_cast<std::uint64_t>(millis(item.arrival)), 8, out);
  put(item.feed.size(), 1, out);
  put(item.bytes.size(), 4, out);
  out += item.feed;
  out += item.bytes;
}

Result<std::string> pack_frame(std::string_view items) {
  const std::unique_ptr<ZSTD_CCtx, std::size_t (*)(ZSTD_CCtx*)> packer(ZSTD_createCCtx(), ZSTD_freeCCtx);
  ZSTD_CCtx_setParameter(packer.get(), ZSTD_c_checksumFlag, 1);
  std::string frame(ZSTD_compressBound(items.size()), '\0');
  const std::size_t size =
      ZSTD_compress2(packer.get(), frame.data(), frame.size(), items.data(), items.size());
  if (ZSTD_isError(size) != 0) return fail("", fmt::format("cannot be packed: {}", ZSTD_getErrorName(size)));
  frame.resize(size);
  return frame;
}

Result<std::size_t> unpack_segment(std::string_view bytes,
                                   const std::function<Done(const JournalItem&)>& item) {
  std::size_t at = 0;
  while (at < bytes.size()) {
    const auto size = frame_size(bytes.substr(at));
    if (size == std::size_t{0}) break;
    const auto plain = size ? unpack_frame(bytes.substr(at, *size)) : std::nullopt;
    const auto items = plain ? items_of(*plain) : std::nullopt;
    if (!items) return fail("", fmt::format("is damaged at byte {}; what stands before it can be read", at));
    for (const JournalItem& one : *items) {
      if (auto taken = item(one); !taken) return std::unexpected(taken.error());
    }
    at += *size;
  }
  return at;
}

}  // namespace varne
