#pragma once
/// XML that others read: elements in order, every text and attribute escaped. Enough for messages; it reads
/// nothing.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace varne {

/// What XML 1.0 can hold of a text (its section 2.2): UTF-8, of the control characters only tab and line
/// feed; each other byte becomes '?'. Not escaped yet.
std::string xml_text(std::string_view text);

/// Builds one document. Elements are closed in the order in which they were opened; `take` closes the rest.
class XmlWriter {
 public:
  using Attributes = std::vector<std::pair<std::string_view, std::string>>;

  /// Begins with the XML declaration unless `bare`.
  explicit XmlWriter(bool bare = false);

  /// @param name  of an element, a name as XML has it
  XmlWriter& open(std::string_view name, const Attributes& attributes = {});
  XmlWriter& close();
  /// An element with nothing but text in it.
  XmlWriter& element(std::string_view name, std::string_view text, const Attributes& attributes = {});
  /// The same where the text is not empty.
  XmlWriter& said(std::string_view name, std::string_view text);
  /// An element without content.
  XmlWriter& empty(std::string_view name, const Attributes& attributes);
  [[nodiscard]] std::string take();

 private:
  void begin(std::string_view name, const Attributes& attributes);

  std::string out_;
  std::vector<std::string> open_;
};

}  // namespace varne
