#include "varne/exchange/xml_writer.h"

#include <cassert>

#include "varne/core/markup.h"
#include "varne/core/text.h"

namespace varne {

std::string xml_text(std::string_view text) {
  const bool utf8 = is_utf8(text);
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool control = (byte < 0x20 && c != '\t' && c != '\n') || byte == 0x7F;
    out += control || (byte >= 0x80 && !utf8) ? '?' : c;
  }
  // U+FFFE and U+FFFF are well-formed UTF-8 and no characters of XML.
  for (const std::string_view none : {"\xEF\xBF\xBE", "\xEF\xBF\xBF"})
    for (auto at = out.find(none); at != std::string::npos; at = out.find(none, at))
      out.replace(at, none.size(), "?");
  return out;
}

XmlWriter::XmlWriter(bool bare) : out_(bare ? "" : "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n") {}

void XmlWriter::begin(std::string_view name, const Attributes& attributes) {
  out_ += '<';
  out_ += name;
  for (const auto& [attribute, value] : attributes) {
    out_ += ' ';
    out_ += attribute;
    out_ += "=\"" + escaped(xml_text(value)) + '"';
  }
}

XmlWriter& XmlWriter::open(std::string_view name, const Attributes& attributes) {
  begin(name, attributes);
  out_ += '>';
  open_.emplace_back(name);
  return *this;
}

XmlWriter& XmlWriter::close() {
  assert(!open_.empty());
  out_ += "</" + open_.back() + '>';
  open_.pop_back();
  return *this;
}

XmlWriter& XmlWriter::element(std::string_view name, std::string_view text, const Attributes& attributes) {
  begin(name, attributes);
  out_ += '>' + escaped(xml_text(text)) + "</";
  out_ += name;
  out_ += '>';
  return *this;
}

XmlWriter& XmlWriter::said(std::string_view name, std::string_view text) {
  return text.empty() ? *this : element(name, text);
}

XmlWriter& XmlWriter::empty(std::string_view name, const Attributes& attributes) {
  begin(name, attributes);
  out_ += "/>";
  return *this;
}

std::string XmlWriter::take() {
  while (!open_.empty()) close();
  return std::move(out_);
}

}  // namespace varne
