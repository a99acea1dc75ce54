// gzip, recognised by its content.

#ifndef SCPCHECK_SOURCE_GZIP_H_
#define SCPCHECK_SOURCE_GZIP_H_

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "scpcheck/result.h"

namespace scpcheck {

// Both magic bytes and deflate as the method.
bool IsGzip(std::string_view bytes);

// Inflates a stream piece by piece, in bounded memory. Several members in a row are one text, as for gunzip.
class GzipStream {
 public:
  GzipStream();
  ~GzipStream();
  GzipStream(const GzipStream&) = delete;
  GzipStream& operator=(const GzipStream&) = delete;

  struct Step {
    size_t consumed;  // bytes taken from `input`
    size_t produced;  // bytes written to `output`
  };
  // Inflates from `input` into `output` until one of them is used up.
  Result<Step> Inflate(std::string_view input, char* output, size_t output_size);
  // False while the stream is cut off in the middle of a member.
  bool AtMemberEnd() const { return at_member_end_; }

 private:
  struct State;
  std::unique_ptr<State> state_;
  bool at_member_end_ = true;
};

// Inflates a whole text. More than `max_size` bytes is an error: a small file can unfold to a huge one.
Result<std::string> Gunzip(std::string_view bytes, size_t max_size);

}  // namespace scpcheck

#endif  // SCPCHECK_SOURCE_GZIP_H_
