#define _GNU_SOURCE
#include "CProcess.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define THIS_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define THIS_ARCHITECTURE AUDIT_ARCH_AARCH64
#else
#error "no seccomp architecture is known for this CPU"
#endif

#ifndef PR_SET_VMA
#define PR_SET_VMA 0x53564d41
#endif

int exospool_hide_process(void) { return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 ? 0 : errno; }

int exospool_thread_count(void) {
  struct stat status;
  // A directory has a link from each of those in it, besides its name and its own dot.
  return stat("/proc/self/task", &status) == 0 ? (int)status.st_nlink - 2 : -1;
}

/* Landlock: what a version knows. The numbers are the kernel's for ever (linux/landlock.h), the header of a build
   machine may be older than the kernel the program meets. */

enum {
  WRITE_FILE = 1 << 1,
  READ_FILE = 1 << 2,
  READ_DIR = 1 << 3,
  REMOVE_FILE = 1 << 5,
  MAKE_REG = 1 << 8,
  TRUNCATE = 1 << 14,
};

struct ruleset {
  uint64_t files;
  uint64_t network;
  uint64_t scopes;
};

struct below_path {
  uint64_t allowed;
  int32_t descriptor;
} __attribute__((packed));

int exospool_landlock_version(void) {
  long version = syscall(SYS_landlock_create_ruleset, NULL, 0, 1U);
  return version < 0 ? 0 : (int)version;
}

static int permit(int ruleset, const char *path, uint64_t rights) {
  int descriptor = open(path, O_PATH | O_CLOEXEC);
  if (descriptor < 0) return errno == ENOENT || errno == ENOTDIR ? 0 : errno;
  struct stat status;
  int error = fstat(descriptor, &status) == 0 ? 0 : errno;
  if (error == 0) {
    // A file takes the rights of files alone.
    if (!S_ISDIR(status.st_mode)) rights &= WRITE_FILE | READ_FILE | TRUNCATE;
    struct below_path rule = {rights, descriptor};
    if (syscall(SYS_landlock_add_rule, ruleset, 1, &rule, 0) != 0) error = errno;
  }
  close(descriptor);
  return error;
}

int exospool_confine_files(const char *const *readable, int count, const char *writable) {
  int version = exospool_landlock_version();
  if (version == 0) return ENOSYS;
  struct ruleset all = {(1ULL << 13) - 1, 0, 0};
  if (version >= 2) all.files |= 1 << 13;
  if (version >= 3) all.files |= TRUNCATE;
  if (version >= 5) all.files |= 1 << 15;
  if (version >= 4) all.network = 3;
  if (version >= 6) all.scopes = 3;
  // A kernel takes a longer structure than it knows when the rest is zero.
  int ruleset = (int)syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0);
  if (ruleset < 0) return errno;
  int error = 0;
  for (int index = 0; index < count && error == 0; index++)
    error = permit(ruleset, readable[index], READ_FILE | READ_DIR);
  if (error == 0)
    error = permit(
        ruleset, writable,
        all.files & (READ_FILE | READ_DIR | WRITE_FILE | REMOVE_FILE | MAKE_REG | TRUNCATE));
  if (error == 0 && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) error = errno;
  if (error == 0 && syscall(SYS_landlock_restrict_self, ruleset, 0) != 0) error = errno;
  close(ruleset);
  return error;
}

/* Calls that parsing, computing with threads, reading files and writing new ones take; found by strace over all example
   inputs, and what the C library does when it aborts or runs out of memory. */
static const int allowed[] = {
    SYS_read, SYS_write, SYS_readv, SYS_writev, SYS_pread64, SYS_pwrite64, SYS_lseek, SYS_openat, SYS_close,
    SYS_fstat, SYS_newfstatat, SYS_statx, SYS_getdents64, SYS_readlinkat, SYS_faccessat, SYS_faccessat2, SYS_getcwd,
    SYS_fsync, SYS_flock, SYS_fadvise64, SYS_dup, SYS_dup3, SYS_ppoll,
    // Dispatch's threads cannot do without.
    SYS_epoll_create1, SYS_epoll_ctl, SYS_epoll_pwait, SYS_eventfd2, SYS_timerfd_create, SYS_timerfd_settime,
    SYS_munmap, SYS_mremap, SYS_madvise, SYS_brk,
    SYS_futex, SYS_set_robust_list, SYS_rseq, SYS_membarrier, SYS_sched_yield, SYS_sched_getaffinity, SYS_getcpu,
    SYS_rt_sigaction, SYS_rt_sigprocmask, SYS_rt_sigreturn, SYS_sigaltstack, SYS_restart_syscall,
    SYS_clock_gettime, SYS_clock_getres, SYS_clock_nanosleep, SYS_nanosleep, SYS_gettimeofday, SYS_getrusage,
    SYS_getrandom, SYS_getpid, SYS_gettid, SYS_getuid, SYS_geteuid, SYS_getgid, SYS_getegid, SYS_uname, SYS_sysinfo,
    SYS_exit, SYS_exit_group,
#if defined(__x86_64__)
    SYS_open, SYS_stat, SYS_lstat, SYS_access, SYS_readlink, SYS_poll, SYS_epoll_wait, SYS_dup2, SYS_time,
#endif
};

struct program {
  struct sock_filter steps[2 * (sizeof allowed / sizeof allowed[0]) + 128];
  unsigned short length;
};

static void add(struct program *program, uint16_t code, uint32_t value, uint8_t if_true, uint8_t if_false) {
  program->steps[program->length++] = (struct sock_filter){code, if_true, if_false, value};
}

static void answer(struct program *program, uint32_t action) {
  add(program, BPF_RET | BPF_K, action, 0, 0);
}

static uint32_t refusal(int error) { return SECCOMP_RET_ERRNO | ((uint32_t)error & SECCOMP_RET_DATA); }

/* Loads a half of an argument of the call. The kernel looks at the low half alone of what is an int to it. */
static void load_argument(struct program *program, int argument, bool high) {
  uint32_t offset = (uint32_t)(offsetof(struct seccomp_data, args) + 8 * (size_t)argument + (high ? 4 : 0));
  add(program, BPF_LD | BPF_W | BPF_ABS, offset, 0, 0);
}

/* Begins what holds for one call alone. Each of these ends with an answer, so the call's number is needed no more. */
static unsigned short begin(struct program *program, int call) {
  add(program, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call, 0, 0);
  return program->length;
}

static void end(struct program *program, unsigned short began) {
  program->steps[began - 1].jf = (uint8_t)(program->length - began);
}

static void allow_values(struct program *program, int call, int argument, const uint32_t *values, size_t count) {
  unsigned short began = begin(program, call);
  load_argument(program, argument, false);
  for (size_t index = 0; index < count; index++) {
    add(program, BPF_JMP | BPF_JEQ | BPF_K, values[index], 0, 1);
    answer(program, SECCOMP_RET_ALLOW);
  }
  answer(program, refusal(EPERM));
  end(program, began);
}

#define ALLOW_VALUES(program, call, argument, ...) \
  do { \
    const uint32_t values[] = {__VA_ARGS__}; \
    allow_values(program, call, argument, values, sizeof values / sizeof values[0]); \
  } while (0)

/* Threads, never processes, nor a name space. */
static void allow_threads(struct program *program) {
  const uint32_t flags = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SYSVSEM | CLONE_SIGHAND | CLONE_THREAD |
                         CLONE_SETTLS | CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID | CLONE_DETACHED;
  unsigned short began = begin(program, SYS_clone);
  load_argument(program, 0, false);
  add(program, BPF_JMP | BPF_JSET | BPF_K, ~flags, 1, 0);
  add(program, BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 1, 0);
  answer(program, refusal(EPERM));
  answer(program, SECCOMP_RET_ALLOW);
  end(program, began);
  // Its flags lie in memory, where a filter cannot look; the C library then takes clone.
  began = begin(program, SYS_clone3);
  answer(program, refusal(ENOSYS));
  end(program, began);
}

/* Memory is written to or executed, never both. */
static void allow_memory(struct program *program) {
  unsigned short began = begin(program, SYS_mmap);
  load_argument(program, 2, false);
  add(program, BPF_ALU | BPF_AND | BPF_K, PROT_WRITE | PROT_EXEC, 0, 0);
  add(program, BPF_JMP | BPF_JEQ | BPF_K, PROT_WRITE | PROT_EXEC, 0, 1);
  answer(program, refusal(EPERM));
  answer(program, SECCOMP_RET_ALLOW);
  end(program, began);
  began = begin(program, SYS_mprotect);
  load_argument(program, 2, false);
  add(program, BPF_JMP | BPF_JSET | BPF_K, PROT_EXEC, 0, 1);
  answer(program, refusal(EPERM));
  answer(program, SECCOMP_RET_ALLOW);
  end(program, began);
}

/* Its own limits are read: the process is its own, and no new limit is given. */
static void allow_reading_limits(struct program *program) {
  unsigned short began = begin(program, SYS_prlimit64);
  load_argument(program, 0, false);
  add(program, BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 5);
  load_argument(program, 2, false);
  add(program, BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 3);
  load_argument(program, 2, true);
  add(program, BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 1);
  answer(program, SECCOMP_RET_ALLOW);
  answer(program, refusal(EPERM));
  end(program, began);
}

int exospool_confine_calls(void) {
  struct program program = {.length = 0};
  add(&program, BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch), 0, 0);
  add(&program, BPF_JMP | BPF_JEQ | BPF_K, THIS_ARCHITECTURE, 1, 0);
  answer(&program, SECCOMP_RET_KILL_PROCESS);
  add(&program, BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr), 0, 0);
  for (size_t index = 0; index < sizeof allowed / sizeof allowed[0]; index++) {
    add(&program, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)allowed[index], 0, 1);
    answer(&program, SECCOMP_RET_ALLOW);
  }
  allow_threads(&program);
  allow_memory(&program);
  allow_reading_limits(&program);
  // Signals to oneself, as abort sends one.
  ALLOW_VALUES(&program, SYS_tgkill, 0, (uint32_t)getpid());
  ALLOW_VALUES(&program, SYS_prctl, 0, PR_SET_NAME, PR_GET_NAME, PR_SET_VMA);
  // Without those by which the kernel sends signals to whom one names.
  ALLOW_VALUES(
      &program, SYS_fcntl, 1, F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_GETLK, F_SETLK, F_SETLKW,
      F_DUPFD_CLOEXEC);
  // Whether it is a terminal.
  ALLOW_VALUES(&program, SYS_ioctl, 1, 0x5401, FIONREAD);
  answer(&program, refusal(EPERM));

  struct sock_fprog filter = {program.length, program.steps};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return errno;
  // On all threads, those included that somebody started without our knowledge. What is positive names a thread that
  // has a filter of its own.
  long result = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &filter);
  if (result > 0) return ESRCH;
  return result == 0 ? 0 : errno;
}
