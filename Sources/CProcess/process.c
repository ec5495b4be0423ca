#define _GNU_SOURCE
#include "CProcess.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef P_PIDFD
#define P_PIDFD 3
#endif

int exospool_pipe(int descriptors[2]) { return pipe2(descriptors, O_CLOEXEC); }

int exospool_close_from(posix_spawn_file_actions_t *actions, int first) {
  return posix_spawn_file_actions_addclosefrom_np(actions, first);
}

int exospool_limit(pid_t process, int resource, uint64_t soft, uint64_t hard) {
  struct rlimit limit;
  if (prlimit(process, resource, NULL, &limit) != 0) return -1;
  if (hard < limit.rlim_max) limit.rlim_max = hard;
  limit.rlim_cur = soft < limit.rlim_max ? soft : limit.rlim_max;
  return prlimit(process, resource, &limit, NULL);
}

int exospool_open_child(pid_t child) { return (int)syscall(SYS_pidfd_open, child, 0); }

int exospool_signal_child(int child, int number) {
  return (int)syscall(SYS_pidfd_send_signal, child, number, NULL, 0);
}

int exospool_reap_child(int child, struct exospool_child_end *end) {
  siginfo_t info;
  struct rusage usage;
  // glibc's waitid leaves the kernel's fifth argument out.
  while (syscall(SYS_waitid, P_PIDFD, child, &info, WEXITED, &usage) != 0)
    if (errno != EINTR) return -1;
  end->signal = info.si_code == CLD_EXITED ? 0 : info.si_status;
  end->status = info.si_code == CLD_EXITED ? info.si_status : 0;
  end->peak_bytes = (uint64_t)usage.ru_maxrss << 10;
  return 0;
}
