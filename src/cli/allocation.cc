// The program's operator new, which takes memory from huge pages where that pays.
//
// The first touch of a page costs some 10 us on a virtual machine, whether it has 4 KB or 2 MB. A run that
// answers one question would spend half of its time on pages of 4 KB, and so would loading a large
// organization.
//
// The first megabytes, which are all that a short run needs, come from an arena of huge pages and are never
// used again; that spares the time for freeing them, too. Then malloc's heap is made to grow in large steps,
// of huge pages. Large blocks get huge pages of their own, as far as they fill them. A system without huge
// pages gives the same memory in small ones.
//
// Builds with a sanitizer do without this file, so that memory errors are found.

#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>

namespace {

constexpr size_t kHugePage = size_t{2} << 20;
constexpr size_t kLargeBlock = 2 * kHugePage;

constexpr size_t RoundUp(size_t size, size_t unit) {
  return (size + unit - 1) / unit * unit;
}

// The first multiple of a huge page at or after `address`.
char* AtHugePage(char* address) {
  const auto number = reinterpret_cast<uintptr_t>(address);
  return address + (RoundUp(number, kHugePage) - number);
}

class Arena {
 public:
  // Null if there is no room.
  void* Take(size_t size) {
    if (used_.load(std::memory_order_relaxed) >= kSize) return nullptr;
    char* begin = begin_.load(std::memory_order_relaxed);
    if (begin == nullptr) begin = Map();
    if (begin == nullptr) return nullptr;
    size = RoundUp(size, alignof(std::max_align_t));
    const size_t offset = used_.fetch_add(size, std::memory_order_relaxed);
    return offset + size <= kSize ? begin + offset : nullptr;
  }

  bool Holds(const void* block) const {
    const auto begin = reinterpret_cast<uintptr_t>(begin_.load(std::memory_order_relaxed));
    return reinterpret_cast<uintptr_t>(block) - begin < kSize;
  }

 private:
  static constexpr size_t kSize = 2 * kHugePage;

  // The first allocation comes before main, when there is one thread.
  char* Map() {
    void* const memory =
        mmap(nullptr, kSize + kHugePage, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) {
      used_ = kSize;  // not to be tried again
      return nullptr;
    }
    char* const begin = AtHugePage(static_cast<char*>(memory));
    madvise(begin, kSize, MADV_HUGEPAGE);
    begin_ = begin;
    return begin;
  }

  std::atomic<char*> begin_ = nullptr;
  std::atomic<size_t> used_ = 0;
};

constinit Arena g_arena;

// Makes room on malloc's heap, once, for what a large organization needs. Memory that nobody touches costs
// nothing; where there is not that much, the heap grows in its own small steps.
void GrowHeap() {
  constexpr size_t kRoom = 128 * kHugePage;
  constexpr size_t kSmallStep = 128 << 10;  // malloc's own
  char* const old_end = static_cast<char*>(sbrk(0));
  // The C library locks the heap for that.
  mallopt(M_MMAP_THRESHOLD, kLargeBlock);  // NOLINT(concurrency-mt-unsafe)
  mallopt(M_TRIM_THRESHOLD, 2 * kRoom);    // NOLINT(concurrency-mt-unsafe): or it would give the room back
  mallopt(M_TOP_PAD, kRoom);               // NOLINT(concurrency-mt-unsafe)
  // Enough not to fit into what the heap has.
  void* volatile const block = std::malloc(2 * kSmallStep);
  std::free(block);
  mallopt(M_TOP_PAD, kSmallStep);  // NOLINT(concurrency-mt-unsafe)
  char* const end = static_cast<char*>(sbrk(0));
  // A thread that is not the first has a heap elsewhere.
  if (end == old_end) return;
  char* const begin = AtHugePage(old_end);
  if (begin < end) madvise(begin, static_cast<size_t>(end - begin), MADV_HUGEPAGE);
}

std::atomic_flag g_heap_has_grown;

void* TakeLargeBlock(size_t size) {
  void* const block = std::aligned_alloc(kHugePage, RoundUp(size, kHugePage));
  if (block != nullptr) madvise(block, size / kHugePage * kHugePage, MADV_HUGEPAGE);
  return block;
}

}  // namespace

void* operator new(size_t size) {
  if (size == 0) size = 1;
  void* block = nullptr;
  if (size >= kLargeBlock) {
    block = size <= SIZE_MAX - kHugePage ? TakeLargeBlock(size) : nullptr;
  } else {
    block = g_arena.Take(size);
    if (block == nullptr) {
      if (!g_heap_has_grown.test_and_set(std::memory_order_relaxed)) GrowHeap();
      block = std::malloc(size);
    }
  }
  if (block == nullptr) throw std::bad_alloc();
  return block;
}

void operator delete(void* block) noexcept {
  if (!g_arena.Holds(block)) std::free(block);
}

void operator delete(void* block, size_t /*size*/) noexcept {
  operator delete(block);
}
