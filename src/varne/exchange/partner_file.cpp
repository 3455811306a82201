#include "varne/exchange/partner_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "varne/core/enum_named.h"
#include "varne/core/hash.h"
#include "varne/core/toml.h"

namespace varne {
namespace {

std::set<Sharable> shares_in(TomlTable& table) {
  std::set<Sharable> out;
  for (const std::string& name : table.texts("share")) {
    const auto what = enum_named<Sharable>(name);
    if (what) out.insert(*what);
    if (what) continue;
    std::string known;
    for (const auto& [value, text] : EnumNames<Sharable>::values)
      known += (known.empty() ? "" : ", ") + std::string(text);
    table.refuse("share", fmt::format("\"{}\" is nothing that can be shared; there are {}", name, known));
  }
  return out;
}

PublicKey key_in(TomlTable& table, std::string_view field) {
  const auto key = hash_from_hex(table.text(field));
  if (!key) table.refuse(field, "is no public key: 64 digits, as varne exchange-key prints them");
  return key.value_or(PublicKey{});
}

}  // namespace

Result<PartnerFile> load_partner_file(const std::string& path) {
  auto file = TomlFile::open(path);
  if (!file) return std::unexpected(file.error());
  const auto folder = std::filesystem::path(path).parent_path();
  TomlTable root = file->root();
  const auto beside = [&](std::string_view field) {
    const auto named = root.maybe_text(field);
    return named && !named->empty() ? (folder / *named).string() : "";
  };
  PartnerFile out;
  out.own = root.text("own");
  out.key = key_in(root, "key");
  out.keys = (folder / root.text("keys")).string();
  out.url = root.text("url");
  if (!out.url.starts_with("nats://") && !out.url.starts_with("tls://"))
    root.refuse("url", "must be nats://host:port, or tls://host:port");
  out.domain = root.maybe_text("domain").value_or("");
  out.credentials = beside("credentials");
  out.authority = beside("authority");
  out.certificate = beside("certificate");
  out.private_key = beside("private_key");
  if (out.certificate.empty() != out.private_key.empty())
    root.refuse(out.certificate.empty() ? "private_key" : "certificate",
                "stands alone; a certificate and its key go together");
  for (TomlTable table : root.tables("joined")) {
    JoinedCentre one{.centre = table.text("centre"),
                     .key = key_in(table, "key"),
                     .domain = table.maybe_text("domain").value_or(""),
                     .share = {}};
    if (table.has("share")) one.share = shares_in(table);
    const bool twice = std::any_of(out.joined.begin(), out.joined.end(),
                                   [&](const JoinedCentre& other) { return other.centre == one.centre; });
    if (twice || one.centre == out.own)
      table.refuse("centre",
                   fmt::format("\"{}\" is {}", one.centre, twice ? "joined twice" : "this desk's own"));
    table.only_known();
    out.joined.push_back(std::move(one));
  }
  if (out.joined.empty()) root.refuse("", "joins no centre; give a [[joined]] with centre and key");
  root.only_known();
  if (file->wrong()) return std::unexpected(*file->wrong());
  return out;
}

}  // namespace varne
