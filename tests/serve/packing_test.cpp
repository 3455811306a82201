/// What is sent is packed for whoever takes that, and is the same when it is unpacked.
#include "varne/serve/packing.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <zlib.h>

#include <filesystem>

#include "running.h"
#include "varne/serve/api.h"

namespace varne {
namespace {

using test::ask;

std::string unpacked(const std::string& bytes) {
  z_stream packer{};
  EXPECT_EQ(inflateInit2(&packer, 16 + MAX_WBITS), Z_OK);
  std::string out;
  std::string in = bytes;
  packer.next_in =
      reinterpret_cast<Bytef*>(in.data());  // NOLINT(cppcoreguidelines-pro-type-reinterpret-cast)
  packer.avail_in = static_cast<uInt>(in.size());
  int state = Z_OK;
  while (state == Z_OK) {
    std::string part(65536, '\0');
    packer.next_out =
        reinterpret_cast<Bytef*>(part.data());  // NOLINT(cppcoreguidelines-pro-type-reinterpret-cast)
    packer.avail_out = static_cast<uInt>(part.size());
    state = inflate(&packer, Z_NO_FLUSH);
    out.append(part, 0, part.size() - packer.avail_out);
  }
  EXPECT_EQ(state, Z_STREAM_END);
  inflateEnd(&packer);
  return out;
}

RC_GTEST_PROP(Packing, what_is_packed_is_the_same_when_unpacked, (const std::string& bytes)) {
  RC_ASSERT(unpacked(gzipped(bytes)) == bytes);
}

TEST(Packing, is_done_where_it_is_accepted) {
  for (const char* yes : {"gzip", "br, gzip", "deflate, gzip;q=0.5", "*", "gzip;q=1.0, identity; q=0.5"})
    EXPECT_TRUE(accepts(yes, "gzip")) << yes;
  for (const char* no : {"", "br", "gzip;q=0", "gzip; q=0.000", "*;q=0", "*, gzip;q=0", "x-gzip", "gzipped"})
    EXPECT_FALSE(accepts(no, "gzip")) << no;
}

TEST(Packing, a_tag_is_found_among_those_at_hand) {
  for (const char* yes : {"\"a\"", "\"b\", \"a\"", "W/\"a\"", "*"})
    EXPECT_TRUE(names_tag(yes, "\"a\"")) << yes;
  for (const char* no : {"", "\"b\"", "a", "\"ab\""}) EXPECT_FALSE(names_tag(no, "\"a\"")) << no;
}

class Packed : public ::testing::Test {
 protected:
  Packed()
      : map_(R"({"type":"FeatureCollection","features":[)" + std::string(20000, ' ') + "]}"),
        server_([](boost::asio::io_context&) { return std::make_unique<test::ScriptedDesk>(); },
                {.map = map_, .console = folder_.file("console")}) {
    std::filesystem::create_directories(folder_.file("console/assets"));
    folder_.write("console/index.html", "<html>");
    folder_.write("console/assets/app-1.js", "plain");
    folder_.write("console/assets/app-1.js.gz", "as gzip");
    folder_.write("console/assets/app-1.js.br", "as brotli");
  }
  test::Answer get(const std::string& target, const std::string& takes,
                   std::map<std::string, std::string> fields = {}) {
    if (!takes.empty()) fields["Accept-Encoding"] = takes;
    return ask(server_.port(), {.target = target, .fields = fields});
  }
  static std::string field(const test::Answer& answer, const char* name) {
    const auto found = answer.fields.find(name);
    return found == answer.fields.end() ? "" : found->second;
  }

  std::string map_;
  test::Scratch folder_;
  test::Running<test::ScriptedDesk> server_;
};

TEST_F(Packed, files_come_as_the_build_packed_them) {
  for (const auto& [takes, bytes, coding] : std::vector<std::tuple<std::string, std::string, std::string>>{
           {"", "plain", ""},
           {"gzip, deflate, br", "as brotli", "br"},
           {"gzip", "as gzip", "gzip"},
           {"br;q=0", "plain", ""}}) {
    const auto answer = get("/assets/app-1.js", takes);
    EXPECT_EQ(answer.body, bytes) << takes;
    EXPECT_EQ(field(answer, "Content-Encoding"), coding) << takes;
    EXPECT_EQ(field(answer, "Content-Type"), "text/javascript");
    EXPECT_EQ(field(answer, "Vary"), "Accept-Encoding");
  }
  EXPECT_EQ(get("/", "br").body, "<html>") << "nobody packed it";
}

TEST_F(Packed, a_page_that_has_not_changed_is_not_sent_again) {
  const auto first = get("/", "");
  const auto tag = field(first, "ETag");
  ASSERT_FALSE(tag.empty());
  const auto again = get("/", "", {{"If-None-Match", tag}});
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(again.body, "");
  EXPECT_EQ(field(again, "ETag"), tag);
  folder_.write("console/index.html", "<html lang=fr>");
  const auto changed = get("/", "", {{"If-None-Match", tag}});
  EXPECT_EQ(changed.status, 200);
  EXPECT_EQ(changed.body, "<html lang=fr>");
}

TEST_F(Packed, a_long_answer_is_packed_as_it_is_made_and_a_short_one_is_not) {
  const auto plain = get("/api/map", "");
  EXPECT_EQ(plain.body, map_);
  EXPECT_EQ(field(plain, "Vary"), "Accept-Encoding");
  const auto packed = get("/api/map", "gzip, br");
  EXPECT_EQ(field(packed, "Content-Encoding"), "gzip");
  EXPECT_LT(packed.body.size(), map_.size() / 10);
  EXPECT_EQ(unpacked(packed.body), map_);
  EXPECT_EQ(field(get("/api/health", "gzip"), "Content-Encoding"), "");
}

}  // namespace
}  // namespace varne
