#include "python/modules/io/newline_decoder.h"

#include <random>

#include "tests/python/modules/io/conversation.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

using namespace testing;

using NewlineDecoderTest = ObjectsTest;

TEST_F(NewlineDecoderTest, AnswersAsCPythonsDoes) {
  OROCHI_NEED_PYTHON();
  std::mt19937 random(13);
  for (const bool translates : {false, true}) {
    Conversation talk(
        std::string("io.IncrementalNewlineDecoder(None, ") + (translates ? "True)" : "False)"),
        make("IncrementalNewlineDecoder", {kNothing, translates}));
    for (int i = 0; i < 300; ++i) {
      std::string part;
      for (unsigned size = random() % 4; part.size() < size;) part += "\r\nab"[random() % 4];
      talk.ask("decode", {part, random() % 5 == 0});
      talk.ask("getstate");
      talk.ask("__getattribute__", {"newlines"});
      if (random() % 40 == 0) talk.ask("reset");
    }
    talk.ask("setstate", {5});
    talk.ask("decode", {5});
    EXPECT_EQ(talk.finish(), 0);
  }
}

// A decoder of a program, below.
TEST_F(NewlineDecoderTest, AsksTheDecoderBelow) {
  Type& type = a_class("Decoder", {&object_type()},
                       std::move(Body()
                                     .method("decode",
                                             [](std::span<const Value> arguments) {
                                               const ByteSpan given =
                                                   as_bytes(arguments[1])->span();
                                               return Ref<>(Str::of_latin1(given));
                                             })
                                     .method("getstate",
                                             [](std::span<const Value>) {
                                               return Ref<>(Tuple::of(bytes("held"), an_int(3)));
                                             })
                                     .method("setstate", [](std::span<const Value> arguments) {
                                       EXPECT_EQ(shown(Ref<>::of(arguments[1])), "(b'x', 2)");
                                       return Ref<>(Special::kNone);
                                     })));
  const Ref<> decoder = make("IncrementalNewlineDecoder", {new_of(type), true});
  EXPECT_EQ(said(decoder, "decode", {bytes("a\r\nb\r")}), "'a\\nb'");
  EXPECT_EQ(said(decoder, "getstate"), "(b'held', 7)");
  EXPECT_EQ(said(decoder, "setstate", {Ref<>(Tuple::of(bytes("x"), an_int(5)))}), "None");
  EXPECT_EQ(said(decoder, "decode", {bytes("c")}), "'\\nc'");
}

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
