#include "stress/explorer/globals.h"

#include <elf.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace orochi::explorer::globals {
namespace {

struct Range {
  char* address;
  std::size_t bytes;
  std::size_t saved_at;
};

struct Saved {
  std::vector<Range> ranges;
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

void find_ranges(const Image& image, std::vector<Range>& ranges) {
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
      const bool defined = symbol.st_shndx != SHN_UNDEF && symbol.st_shndx < header->e_shnum;
      if (!defined || ELF64_ST_TYPE(symbol.st_info) != STT_OBJECT) continue;
      if ((sections[symbol.st_shndx].sh_flags & SHF_WRITE) == 0) continue;
      if (!is_of_the_product(names + symbol.st_name, design)) continue;
      // The program is linked to a fixed address, so the value is the address.
      ranges.push_back({reinterpret_cast<char*>(symbol.st_value), symbol.st_size, 0});
    }
  }
}

}  // namespace

void remember() noexcept {
  Saved& all = saved();
  if (all.ranges.empty()) find_ranges(Image(), all.ranges);
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

}  // namespace orochi::explorer::globals
