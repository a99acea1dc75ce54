// A hint to the processor that memory will soon be read.

#ifndef SCPCHECK_BASE_PREFETCH_H_
#define SCPCHECK_BASE_PREFETCH_H_

namespace scpcheck {

inline void Prefetch([[maybe_unused]] const void* memory) {
#if defined(__GNUC__)
  __builtin_prefetch(memory);
#endif
}

}  // namespace scpcheck

#endif  // SCPCHECK_BASE_PREFETCH_H_
