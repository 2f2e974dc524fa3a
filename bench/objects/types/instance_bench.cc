// What instances of classes cost: making one, reading and writing its attributes, calling methods.
//
//   bench_objects --benchmark_filter='Instance|Attr|Method' --benchmark_repetitions=15
//                 --benchmark_enable_random_interleaving=true
//
// The same in bench_objects_gil. No inline caches are at work here: each access looks up the type,
// the shape and the name, as it does the first time that code runs.
#include <benchmark/benchmark.h>

#include <array>

#include "objects/model/operations.h"
#include "objects/types/attribute.h"
#include "objects/types/class.h"
#include "objects/types/instance_attributes.h"
#include "objects/types/intern.h"
#include "objects/types/native_function.h"
#include "objects/types/start.h"
#include "runtime/safepoint.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

Ref<> same(const Value* arguments) noexcept { return Ref<>::of(arguments[1]); }
constexpr NativeSpec kMethods[] = {{"same(self, value, /)", same}};

// Known to the runtime, alone, in single-thread mode; with a class without anything of its own.
class Bench {
 public:
  explicit Bench(benchmark::State& state) {
    if (Thread::start() != Attach::kDone || failed(start_types())) state.SkipWithError("no start");
    static Type* const made = make();
    type = made;
    if (type == nullptr) state.SkipWithError("no class");
    safepoint();
  }
  ~Bench() { Thread::exit(); }
  Bench(const Bench&) = delete;
  Bench& operator=(const Bench&) = delete;

  Type* type = nullptr;

 private:
  static Type* make() {
    const Ref<Str> name = intern("Point");
    const Ref<Tuple> bases = Tuple::of();
    const Ref<Dict> names = Dict::make();
    Type* const made = make_class({&type_type(), *name, *bases, *names});
    return made == nullptr || failed(define_methods(*made, kMethods)) ? nullptr : made;
  }
};

Ref<> instance_of_three(Type& type, const std::array<Ref<Str>, 3>& names) {
  Ref<> object = call(Value(&type), Arguments());
  for (const Ref<Str>& name : names) {
    if (failed(set_attribute(object.value(), *name, Special::kNone))) return kRaised;
  }
  return object;
}
std::array<Ref<Str>, 3> three_names() { return {intern("x"), intern("y"), intern("z")}; }

void instance_create(benchmark::State& state) {
  const Bench bench(state);
  for (auto _ : state) {
    const Ref<> object = call(Value(bench.type), Arguments());
    benchmark::DoNotOptimize(object.value());
  }
}
BENCHMARK(instance_create)->Name("InstanceCreate/empty");

void instance_create_of_three(benchmark::State& state) {
  const Bench bench(state);
  const auto names = three_names();
  for (auto _ : state) {
    const Ref<> object = instance_of_three(*bench.type, names);
    benchmark::DoNotOptimize(object.value());
  }
}
BENCHMARK(instance_create_of_three)->Name("InstanceCreate/three_attributes");

void attribute_get(benchmark::State& state) {
  const Bench bench(state);
  const auto names = three_names();
  const Ref<> object = instance_of_three(*bench.type, names);
  for (auto _ : state) {
    const Ref<> value = get_attribute(object.value(), *names[2]);
    benchmark::DoNotOptimize(value.value());
  }
}
BENCHMARK(attribute_get)->Name("AttrGet/by_shape");

void attribute_get_in_dict_mode(benchmark::State& state) {
  const Bench bench(state);
  const auto names = three_names();
  const Ref<> object = instance_of_three(*bench.type, names);
  if (!dict_of_instance(object.as<Object>())) state.SkipWithError("no dict");
  for (auto _ : state) {
    const Ref<> value = get_attribute(object.value(), *names[2]);
    benchmark::DoNotOptimize(value.value());
  }
}
BENCHMARK(attribute_get_in_dict_mode)->Name("AttrGet/dict_mode");

void attribute_set(benchmark::State& state) {
  const Bench bench(state);
  const auto names = three_names();
  const Ref<> object = instance_of_three(*bench.type, names);
  for (auto _ : state) {
    const Status done = set_attribute(object.value(), *names[1], Special::kTrue);
    benchmark::DoNotOptimize(done);
  }
}
BENCHMARK(attribute_set)->Name("AttrSet/by_shape");

void method_call(benchmark::State& state) {
  const Bench bench(state);
  const Ref<> object = call(Value(bench.type), Arguments());
  const Ref<Str> name = intern("same");
  const Value argument = Value::of_int(1);
  for (auto _ : state) {
    const Ref<> result = call_method(object.value(), *name, {&argument, 1});
    benchmark::DoNotOptimize(result.value());
  }
}
BENCHMARK(method_call)->Name("MethodCall/native");

void bound_method_call(benchmark::State& state) {
  const Bench bench(state);
  const Ref<> object = call(Value(bench.type), Arguments());
  const Ref<Str> name = intern("same");
  const Value argument = Value::of_int(1);
  for (auto _ : state) {
    const Ref<> method = get_attribute(object.value(), *name);
    const Ref<> result = call(method.value(), {&argument, 1});
    benchmark::DoNotOptimize(result.value());
  }
}
BENCHMARK(bound_method_call)->Name("MethodCall/through_a_bound_method");

}  // namespace
}  // namespace orochi::inline OROCHI_DESIGN
