#define _GNU_SOURCE
#include "CProcess.h"

#include <fcntl.h>
#include <stddef.h>
#include <sys/resource.h>
#include <unistd.h>

int exospool_pipe(int descriptors[2]) { return pipe2(descriptors, O_CLOEXEC); }

int exospool_limit(pid_t process, int resource, uint64_t soft, uint64_t hard) {
  struct rlimit limit;
  if (prlimit(process, resource, NULL, &limit) != 0) return -1;
  if (hard < limit.rlim_max) limit.rlim_max = hard;
  limit.rlim_cur = soft < limit.rlim_max ? soft : limit.rlim_max;
  return prlimit(process, resource, &limit, NULL);
}
