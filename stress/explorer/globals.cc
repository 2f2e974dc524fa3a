#include "stress/explorer/globals.h"

#include <elf.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "memory/slot.h"

namespace orochi::explorer::globals {
namespace {

struct Range {
  char* address;
  std::size_t bytes;
  std::size_t saved_at;
};

struct Saved {
  std::vector<Range> ranges;
  std::vector<Range> own;
  const char* own_begin = nullptr;
  const char* own_end = nullptr;
  std::vector<char> bytes;
};

Saved& saved() noexcept {
  static auto* const instance = new Saved;
  return *instance;
}

// The file that this process runs, for as long as the object lives.
class Image {
 public:
  Image() noexcept {
    const int file = ::open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
    struct stat status {};
    if (file < 0 || fstat(file, &status) != 0) std::abort();
    bytes_ = static_cast<std::size_t>(status.st_size);
    void* const memory = mmap(nullptr, bytes_, PROT_READ, MAP_PRIVATE, file, 0);
    if (memory == MAP_FAILED) std::abort();
    ::close(file);
    base_ = static_cast<const char*>(memory);
  }
  ~Image() { munmap(const_cast<char*>(base_), bytes_); }
  Image(const Image&) = delete;
  Image& operator=(const Image&) = delete;

  template <class T>
  const T* at(std::size_t offset) const noexcept {
    return reinterpret_cast<const T*>(base_ + offset);
  }

 private:
  const char* base_ = nullptr;
  std::size_t bytes_ = 0;
};

std::string name_of_design() {
  const std::string_view design = OROCHI_DESIGN_NAME;
  return "N6orochi" + std::to_string(design.size()) + std::string(design);
}

// _ZN6orochi2ft... objects, _ZZN... those within functions, _ZGV... their guards.
bool is_of_the_product(std::string_view symbol, std::string_view design) {
  for (const std::string_view prefix : {"_Z", "_ZZ", "_ZGV", "_ZGVZ"})
    if (symbol.starts_with(prefix) && symbol.substr(prefix.size()).starts_with(design)) return true;
  return false;
}

// Calls visit(name, symbol, section) for each object of the product.
template <class Visit>
void for_each_object(const Image& image, Visit&& visit) {
  const auto* const header = image.at<Elf64_Ehdr>(0);
  const auto* const sections = image.at<Elf64_Shdr>(header->e_shoff);
  const std::string design = name_of_design();
  for (unsigned i = 0; i < header->e_shnum; ++i) {
    const Elf64_Shdr& table = sections[i];
    if (table.sh_type != SHT_SYMTAB) continue;
    const auto* const names = image.at<char>(sections[table.sh_link].sh_offset);
    const auto* const symbols = image.at<Elf64_Sym>(table.sh_offset);
    for (std::size_t k = 0; k < table.sh_size / sizeof(Elf64_Sym); ++k) {
      const Elf64_Sym& symbol = symbols[k];
      if (symbol.st_shndx == SHN_UNDEF || symbol.st_shndx >= header->e_shnum) continue;
      const std::string_view name(names + symbol.st_name);
      if (is_of_the_product(name, design)) visit(name, symbol, sections[symbol.st_shndx]);
    }
  }
}

void find_ranges(Saved& all) {
  std::vector<Elf64_Sym> own;
  std::uintptr_t own_base = 0;
  for_each_object(
      Image(), [&](std::string_view name, const Elf64_Sym& symbol, const Elf64_Shdr& section) {
        const auto type = ELF64_ST_TYPE(symbol.st_info);
        // The program is linked to a fixed address, so the value is the address.
        if (type == STT_OBJECT && (section.sh_flags & SHF_WRITE) != 0)
          all.ranges.push_back({reinterpret_cast<char*>(symbol.st_value), symbol.st_size, 0});
        if (type != STT_TLS) return;
        own.push_back(symbol);
        // Values of thread-local symbols are offsets; this one's address is known.
        if (name.ends_with("9t_currentE"))
          own_base = reinterpret_cast<std::uintptr_t>(&orochi::current()) - symbol.st_value;
      });
  std::size_t at = 0;
  for (const Elf64_Sym& symbol : own) {
    if (at + symbol.st_size > Own::kBytes) std::abort();  // make kBytes larger
    char* const address = reinterpret_cast<char*>(own_base + symbol.st_value);
    all.own.push_back({address, symbol.st_size, at});
    at += symbol.st_size;
    if (all.own_begin == nullptr || address < all.own_begin) all.own_begin = address;
    all.own_end = std::max<const char*>(all.own_end, address + symbol.st_size);
  }
}

}  // namespace

void remember() noexcept {
  Saved& all = saved();
  if (all.ranges.empty()) find_ranges(all);
  all.bytes.clear();
  for (Range& range : all.ranges) {
    range.saved_at = all.bytes.size();
    all.bytes.insert(all.bytes.end(), range.address, range.address + range.bytes);
  }
}

void restore() noexcept {
  Saved& all = saved();
  for (const Range& range : all.ranges) {
    const char* const before = &all.bytes[range.saved_at];
    // Most were not touched, and what lies in pages that became read-only never was.
    if (std::memcmp(range.address, before, range.bytes) != 0)
      std::memcpy(range.address, before, range.bytes);
  }
}

void Own::save() noexcept {
  for (const Range& range : saved().own)
    std::memcpy(&bytes_[range.saved_at], range.address, range.bytes);
}

void Own::load() const noexcept {
  for (const Range& range : saved().own)
    std::memcpy(range.address, &bytes_[range.saved_at], range.bytes);
}

bool is_own(const void* address) noexcept {
  const Saved& all = saved();
  return address >= all.own_begin && address < all.own_end;
}

}  // namespace orochi::explorer::globals
