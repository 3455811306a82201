#include "varne/sea/grib_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace varne {
namespace {

constexpr std::string_view begins = "GRIB";
constexpr std::string_view ends = "7777";

/// A number of some octets, the most significant first.
std::uint64_t number(std::string_view octets) {
  std::uint64_t out = 0;
  for (const char octet : octets) out = out << 8 | static_cast<unsigned char>(octet);
  return out;
}

}  // namespace

Result<GribFile> GribFile::open(const std::string& path) {
  GribFile out;
  out.path_ = path;
  out.file_.reset(std::fopen(path.c_str(), "rb"));
  if (out.file_ == nullptr || fseeko(out.file_.get(), 0, SEEK_END) != 0)
    return fail(path, "cannot be opened");
  out.size_ = static_cast<std::uint64_t>(std::max<off_t>(ftello(out.file_.get()), 0));
  return out;
}

std::string GribFile::read(Span span) const {
  if (span.at >= size_ || fseeko(file_.get(), static_cast<off_t>(span.at), SEEK_SET) != 0) return "";
  std::string out(static_cast<std::size_t>(std::min(span.bytes, size_ - span.at)), '\0');
  out.resize(std::fread(out.data(), 1, out.size(), file_.get()));
  return out;
}

/// A bulletin's heading or padding may stand before a message. The file's size where none follows.
std::uint64_t GribFile::next_message(std::uint64_t from) const {
  for (std::uint64_t bytes = begins.size(); from < size_; bytes = 1 << 16) {  // mostly it is here
    const std::string text = read({from, bytes});
    if (const auto found = text.find(begins); found != std::string::npos) return from + found;
    if (text.size() < bytes) break;
    from += bytes - (begins.size() - 1);
  }
  return size_;
}

/// Sections 0 to 2 of an edition 1 message, and its length into the field.
std::string GribFile::edition_1(const std::string& start, Field& field) const {
  const std::string product = read({field.message.at + 8, number(std::string_view(start).substr(8, 3))});
  std::string head = start.substr(0, 8) + product;
  const auto flags = product.size() > 7 ? static_cast<unsigned char>(product[7]) : 0U;
  const auto section = [&](std::uint64_t at) { return Span{at, number(read({at, 3}))}; };
  if ((flags & 0x80U) != 0) head += read(section(field.message.at + head.size()));
  field.message.bytes = number(std::string_view(start).substr(4, 3));
  // Longer than three octets can say: in units of 120 octets, and the data section's length is what that
  // rounds up (as ECMWF writes it).
  if ((field.message.bytes & 0x800000U) != 0) {
    std::uint64_t at = field.message.at + head.size();
    if ((flags & 0x40U) != 0) at += section(at).bytes;
    const std::uint64_t over = section(at).bytes;
    if (over < 120) field.message.bytes = (field.message.bytes & 0x7FFFFFU) * 120 - over + ends.size();
  }
  return head;
}

/// Sections 2 to 7 may come again, from any of them on: what is not repeated still holds (FM 92, edition 2).
/// False where the sections do not go together; stops when `taken` is an error.
bool GribFile::each_of_edition_2(Field field, const Take& take, Done& taken) const {
  constexpr char bitmap_as_before = '\xFE';
  std::string head;
  const std::uint64_t end = field.message.at + field.message.bytes - ends.size();
  for (std::uint64_t at = field.message.at + 16; at < end && taken;) {
    const std::string start = read({at, 6});
    const Span section{at, number(std::string_view(start).substr(0, 4))};
    const auto which = start.size() == 6 ? static_cast<unsigned char>(start[4]) : std::size_t{0};
    if (section.bytes < 5 || section.bytes > end - at || which < 1 || which > 7) return false;
    if (which != 6 || start[5] != bitmap_as_before) field.sections[which] = section;
    at += section.bytes;
    if (which != 7) continue;
    head = read({field.message.at, 16});
    for (std::size_t i = 1; i < 6; ++i) head += read(field.sections[i]);
    taken = take(field, head);
  }
  return !head.empty();
}

Done GribFile::each(const Take& take) const {
  Field field;
  Span& message = field.message;
  for (message.at = next_message(0); message.at < size_;
       message.at = next_message(message.at + message.bytes)) {
    const auto broken = [&](const char* why) {
      return fail(path_,
                  fmt::format("cannot be read as GRIB after {} messages ({}); it may be damaged or cut "
                              "short: fetch it again",
                              field.number, why));
    };
    const std::string start = read({message.at, 16});
    const int edition = start.size() == 16 ? start[7] : 0;
    if (edition != 1 && edition != 2) return broken("the next is of no known edition");
    std::string head;
    if (edition == 1)
      head = edition_1(start, field);
    else
      message.bytes = number(std::string_view(start).substr(8, 8));
    if (message.bytes < 16 + ends.size() || message.bytes > size_ - message.at)
      return broken("the next is longer than the rest of the file");
    if (read({message.at + message.bytes - ends.size(), ends.size()}) != ends)
      return broken("the next does not end where it says");
    ++field.number;
    Done taken;
    if (edition == 1)
      taken = take(field, head);
    else if (!each_of_edition_2(field, take, taken))
      return broken("its sections do not go together");
    if (!taken) return taken;
  }
  if (field.number == 0) return fail(path_, "cannot be read as GRIB: no message in it; fetch it again");
  return {};
}

Result<std::string> GribFile::message(const Field& field) const {
  std::uint64_t bytes = field.message.bytes;
  std::string out;
  if (field.sections[7].bytes == 0) {
    out = read(field.message);
  } else {
    bytes = 16 + ends.size();
    for (const Span& section : field.sections) bytes += section.bytes;
    out = read({field.message.at, 16});
    for (std::size_t i = 0; i < 8; ++i) out[15 - i] = static_cast<char>(bytes >> 8 * i & 0xFFU);
    for (const Span& section : field.sections) out += read(section);
    out += ends;
  }
  if (out.size() != bytes)
    return fail(path_, fmt::format("message {} could not be read; is it being written?", field.number));
  return out;
}

}  // namespace varne
