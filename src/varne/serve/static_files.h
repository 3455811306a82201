#pragma once
/// The built console's files, as a web server gives them.

#include <optional>
#include <string>
#include <string_view>

namespace varne {

struct StaticFile {
  std::string bytes;
  std::string type;            ///< MIME type
  std::string coding;          ///< how its bytes are packed: "br", "gzip", "" not at all
  std::string tag;             ///< of these very bytes, for If-None-Match
  bool never_changes = false;  ///< its name holds a hash of its content
};

/// The file behind a path of a URL ("/", "/assets/app-3f2a.js") below `folder`; nothing where there is none.
/// A path that leads out of the folder, by dots or by a link, finds nothing. Where the build left it packed
/// beside (".br", ".gz") and that is accepted, its bytes are those.
std::optional<StaticFile> static_file(const std::string& folder, std::string_view url_path,
                                      std::string_view accept_encoding = "");

}  // namespace varne
