#include "objects/types/start.h"

#include "objects/model/start.h"
#include "objects/types/bound_method.h"
#include "objects/types/bytearray.h"
#include "objects/types/bytes.h"
#include "objects/types/callable_iterator.h"
#include "objects/types/cell.h"
#include "objects/types/codec.h"
#include "objects/types/complex.h"
#include "objects/types/constructors.h"
#include "objects/types/dict.h"
#include "objects/types/dict_methods.h"
#include "objects/types/enumerate.h"
#include "objects/types/exception_methods.h"
#include "objects/types/exception_type.h"
#include "objects/types/filter.h"
#include "objects/types/float.h"
#include "objects/types/generic_alias.h"
#include "objects/types/int.h"
#include "objects/types/list.h"
#include "objects/types/map.h"
#include "objects/types/mapping_proxy.h"
#include "objects/types/member_descriptor.h"
#include "objects/types/memoryview.h"
#include "objects/types/module.h"
#include "objects/types/names.h"
#include "objects/types/native_function.h"
#include "objects/types/number_methods.h"
#include "objects/types/object_reduce.h"
#include "objects/types/object_type.h"
#include "objects/types/property.h"
#include "objects/types/range.h"
#include "objects/types/sequence_iterator.h"
#include "objects/types/set.h"
#include "objects/types/simple_namespace.h"
#include "objects/types/singletons.h"
#include "objects/types/slice.h"
#include "objects/types/slot_wrapper.h"
#include "objects/types/special_methods.h"
#include "objects/types/str.h"
#include "objects/types/str_methods.h"
#include "objects/types/super.h"
#include "objects/types/tuple.h"
#include "objects/types/type_object.h"
#include "objects/types/union_type.h"
#include "objects/types/weak_proxy.h"
#include "objects/types/weakref.h"
#include "objects/types/weakref_protocols.h"
#include "objects/types/wrapped_function.h"
#include "objects/types/zip.h"
#include "runtime/once.h"

namespace orochi::inline OROCHI_DESIGN {
namespace {

constinit Once g_started;

// What functions are made of comes first, what has methods last.
constexpr Status (*kSteps[])() noexcept = {
    start_model,
    make_tuple_type,
    make_str_type,
    make_names,
    make_int_types,
    make_float_type,
    make_complex_type,
    make_singleton_types,
    make_slice_type,
    make_list_type,
    make_range_type,
    make_sequence_iterator_types,
    make_enumerate_type,
    make_zip_type,
    make_dict_type,
    make_exception_types,
    make_set_types,
    make_bytes_type,
    make_bytearray_type,
    make_memoryview_type,
    make_cell_type,
    make_wrapped_function_types,
    make_native_function_types,
    make_bound_method_type,
    make_slot_wrapper_types,
    make_member_descriptor_type,
    make_mapping_proxy_type,
    make_super_type,
    make_property_type,
    make_map_type,
    make_filter_type,
    make_callable_iterator_type,
    make_module_type,
    make_weakref_type,
    make_weak_proxy_types,
    define_wrapped_function_methods,
    define_bound_method_attributes,
    define_cell_attributes,
    define_dict_methods,
    define_exception_methods,
    define_number_methods,
    define_set_methods,
    define_str_methods,
    define_tuple_methods,
    define_slice_methods,
    define_list_methods,
    define_weakref_attributes,
    define_bytes_methods,
    define_bytearray_methods,
    define_memoryview_methods,
    define_constructors,
    define_codec_methods,
    define_range_methods,
    define_sequence_iterator_methods,
    define_enumerate_methods,
    define_zip_methods,
    make_generic_alias_type,
    make_union_type,
    make_simple_namespace_type,
    // From here on slots and attributes follow each other.
    start_special_methods,
    make_object_methods,
    define_object_reduction,
    make_type_methods,
};

}  // namespace

Status start_types() noexcept {
  const bool done = g_started.run([] {
    for (const auto step : kSteps) {
      if (failed(step())) return false;
    }
    return true;
  });
  return done ? Status::kDone : Status::kFailed;
}

}  // namespace orochi::inline OROCHI_DESIGN
