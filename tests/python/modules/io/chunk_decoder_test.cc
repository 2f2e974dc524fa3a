#include "python/modules/io/chunk_decoder.h"

#include "tests/objects/python_oracle.h"
#include "tests/python/modules/io/streams.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

using ChunkDecoderTest = ObjectsTest;
using Newlines = ChunkDecoder::Newlines;

[[nodiscard]] ByteSpan span_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

// Chunks of `size` bytes, and then the end.
[[nodiscard]] std::string decoded(const Codec& codec, std::string_view all, std::size_t size,
                                  Newlines newlines) {
  ChunkDecoder decoder(newlines);
  std::string pieces;
  for (std::size_t i = 0; i < all.size(); i += size) {
    const Ref<> piece = decoder.decode(codec, span_of(all.substr(i, size)), false);
    if (!piece) return shown(piece);
    pieces += text_of(piece);
  }
  const Ref<> rest = decoder.decode(codec, {}, true);
  return rest ? pieces + text_of(rest) : shown(rest);
}

TEST_F(ChunkDecoderTest, GivesTheSameForChunksOfAnySize) {
  const std::string content = "aé€𝄞\xff\xe2\x82\r\n\xf0\x9f\xed\xa0\x80\r\xf4\x90z\n";
  for (const char* const errors : {"ignore", "replace", "backslashreplace"}) {
    const Ref<> name = a_str(errors);
    Codec codec;
    ASSERT_EQ(codec.take(Value(), name.value(), "test"), Status::kDone);
    for (const Newlines newlines : {Newlines::kIgnored, Newlines::kSeen, Newlines::kTranslated}) {
      const std::string whole = decoded(codec, content, content.size(), newlines);
      for (std::size_t size = 1; size < content.size(); ++size)
        EXPECT_EQ(decoded(codec, content, size, newlines), whole) << errors << " " << size;
    }
  }
}

TEST_F(ChunkDecoderTest, PassesSurrogatesThatAreCutInTwo) {
  const Ref<> name = a_str("surrogatepass");
  Codec codec;
  ASSERT_EQ(codec.take(Value(), name.value(), "test"), Status::kDone);
  ChunkDecoder decoder(Newlines::kIgnored);
  for (const char* const part : {"\xed", "\xa0"})
    EXPECT_EQ(shown(decoder.decode(codec, span_of(part), false)), "''");
  EXPECT_EQ(shown(decoder.decode(codec, span_of("\x80"), false)), "'\\ud800'");
}

TEST_F(ChunkDecoderTest, HoldsBackWhatMayGoOn) {
  Codec codec;
  ASSERT_EQ(codec.take(Value(), Value(), "test"), Status::kDone);
  ChunkDecoder decoder(Newlines::kTranslated);
  EXPECT_EQ(shown(decoder.decode(codec, span_of("a\r"), false)), "'a'");
  EXPECT_EQ(decoder.flags(), 1);
  EXPECT_EQ(shown(decoder.decode(codec, span_of("\n\xe2\x82"), false)), "'\\n'");
  EXPECT_EQ(decoder.flags(), 0);
  EXPECT_EQ(decoder.held().size(), 2U);
  EXPECT_EQ(shown(decoder.decode(codec, span_of("\xac"), false)), "'€'");
  EXPECT_EQ(shown(decoder.decode(codec, span_of("\xe2"), true)),
            "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xe2 in position 0: unexpected "
            "end of data");
  decoder.reset();
  EXPECT_TRUE(decoder.held().empty());
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
