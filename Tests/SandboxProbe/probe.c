#define _GNU_SOURCE
#include "CSandboxProbe.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define TRY(name, call) \
  do { \
    errno = 0; \
    long result = (long)(call); \
    report(context, name, result < 0 ? errno : 0); \
  } while (0)

static long open_at(const char *directory, const char *name, int flags) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", directory, name);
  int descriptor = open(path, flags | O_CLOEXEC, 0600);
  if (descriptor >= 0) close(descriptor);
  return descriptor;
}

static long map(int protection) {
  void *memory = mmap(NULL, 4096, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) return -1;
  munmap(memory, 4096);
  return 0;
}

static long make_executable(void) {
  void *memory = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) return -1;
  long result = mprotect(memory, 4096, PROT_READ | PROT_EXEC);
  int error = errno;
  munmap(memory, 4096);
  errno = error;
  return result;
}

/* A child that is made ends at once and is waited for. */
static long child(long process) {
  if (process == 0) _exit(0);
  if (process > 0) waitpid((pid_t)process, NULL, 0);
  return process;
}

void exospool_probe(pid_t supervisor, const char *inputs, const char *scratch, const char *elsewhere,
                    void (*report)(void *, const char *, int), void *context) {
  int pair[2];
  char text[4096], other[4096];
  struct rlimit limit;
  long tasks = syscall(SYS_gettid);

  // The network.
  TRY("socket(AF_INET)", socket(AF_INET, SOCK_STREAM, 0));
  TRY("socket(AF_UNIX)", socket(AF_UNIX, SOCK_STREAM, 0));
  TRY("socketpair", socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
  TRY("connect", syscall(SYS_connect, 0, NULL, 0));
  TRY("bind", syscall(SYS_bind, 0, NULL, 0));
  TRY("io_uring_setup", syscall(SYS_io_uring_setup, 4, text));
  TRY("io_uring_enter", syscall(SYS_io_uring_enter, 0, 0, 0, 0, NULL, 0));
  TRY("io_uring_register", syscall(SYS_io_uring_register, 0, 0, NULL, 0));

  // Programs, processes and name spaces. The path does not exist: an allowed call fails with ENOENT.
  TRY("execve", syscall(SYS_execve, "/nonexistent/program", NULL, NULL));
  TRY("execveat", syscall(SYS_execveat, -1, "/nonexistent/program", NULL, NULL, 0));
  TRY("fork", child(syscall(SYS_clone, SIGCHLD, NULL, NULL, NULL, 0)));
#ifdef SYS_fork
  TRY("fork by its old number", child(syscall(SYS_fork)));
#endif
  TRY("clone3", syscall(SYS_clone3, NULL, 0));
  TRY("clone(CLONE_NEWUSER)", child(syscall(SYS_clone, 0x10000000 | SIGCHLD, NULL, NULL, NULL, 0)));
  TRY("unshare(CLONE_NEWUSER)", syscall(SYS_unshare, 0x10000000));
  TRY("setns", syscall(SYS_setns, -1, 0));
  TRY("setsid", setsid());
  TRY("setpgid", setpgid(0, 0));

  // Other processes.
  TRY("kill(supervisor, 0)", kill(supervisor, 0));
  TRY("kill(own group, 0)", kill(0, 0));
  TRY("tgkill(supervisor, 0)", syscall(SYS_tgkill, supervisor, supervisor, 0));
  TRY("tkill(supervisor, 0)", syscall(SYS_tkill, supervisor, 0));
  TRY("rt_sigqueueinfo", syscall(SYS_rt_sigqueueinfo, supervisor, 0, NULL));
  TRY("fcntl(F_SETOWN)", fcntl(0, F_SETOWN, supervisor));
  TRY("pidfd_open", syscall(SYS_pidfd_open, supervisor, 0));
  TRY("pidfd_send_signal", syscall(SYS_pidfd_send_signal, -1, 0, NULL, 0));
  TRY("pidfd_getfd", syscall(SYS_pidfd_getfd, -1, 0, 0));
  TRY("prlimit(supervisor)", prlimit(supervisor, RLIMIT_NOFILE, NULL, &limit));
  TRY("setrlimit", syscall(SYS_setrlimit, RLIMIT_NOFILE, NULL));
  TRY("ptrace", syscall(SYS_ptrace, 16, supervisor, 0, 0));
  TRY("process_vm_readv", syscall(SYS_process_vm_readv, supervisor, 0, 0, 0, 0, 0));
  TRY("process_vm_writev", syscall(SYS_process_vm_writev, supervisor, 0, 0, 0, 0, 0));
  TRY("kcmp", syscall(SYS_kcmp, supervisor, supervisor, 0, 0, 0));

  // The kernel.
  TRY("bpf", syscall(SYS_bpf, 0, 0, 0));
  TRY("userfaultfd", syscall(SYS_userfaultfd, 1));
  TRY("keyctl", syscall(SYS_keyctl, 0, -3, 0));
  TRY("add_key", syscall(SYS_add_key, NULL, NULL, NULL, 0, 0));
  TRY("request_key", syscall(SYS_request_key, NULL, NULL, NULL, 0));
  TRY("perf_event_open", syscall(SYS_perf_event_open, NULL, 0, -1, -1, 0));
  TRY("memfd_create", syscall(SYS_memfd_create, "x", 0));
  TRY("memfd_secret", syscall(447, 0));
  TRY("shmget", syscall(SYS_shmget, IPC_PRIVATE, 0, 0));
  TRY("msgget", syscall(SYS_msgget, 1, 0));
  TRY("inotify_init", syscall(SYS_inotify_init1, 0));
  TRY("fanotify_init", syscall(SYS_fanotify_init, 0, 0));
  TRY("open_by_handle_at", syscall(SYS_open_by_handle_at, -1, NULL, 0));
  TRY("mount", syscall(SYS_mount, NULL, NULL, NULL, 0, NULL));
  TRY("chroot", syscall(SYS_chroot, NULL));
  TRY("personality", syscall(SYS_personality, 0xffffffff));
  TRY("prctl(PR_SET_DUMPABLE)", prctl(PR_SET_DUMPABLE, 1, 0, 0, 0));
  TRY("seccomp", syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, NULL));
  TRY("setuid", syscall(SYS_setuid, getuid()));
  TRY("mmap to write and execute", map(PROT_READ | PROT_WRITE | PROT_EXEC));
  TRY("mprotect to execute", make_executable());
#if defined(__x86_64__)
  TRY("getpid by the x32 number", syscall(0x40000000 + SYS_getpid));
#endif

  // Files.
  snprintf(text, sizeof text, "/proc/%d", supervisor);
  TRY("open /proc/supervisor/mem", open_at(text, "mem", O_RDWR));
  TRY("open /proc/supervisor/environ", open_at(text, "environ", O_RDONLY));
  TRY("read another file", open_at("/", elsewhere, O_RDONLY));
  TRY("write another file", open_at("/", elsewhere, O_WRONLY));
  TRY("list another directory", open_at("/", "", O_RDONLY | O_DIRECTORY));
  TRY("make a file among the inputs", open_at(inputs, "probe", O_WRONLY | O_CREAT));
  snprintf(text, sizeof text, "%s/probe-link-%ld", scratch, tasks);
  snprintf(other, sizeof other, "%s/probe-%ld", scratch, tasks);
  TRY("symlink", symlink("/etc/passwd", text));
  TRY("link", link(elsewhere, text));
  TRY("mkfifo", mkfifo(text, 0600));
  TRY("mkdir", mkdir(text, 0700));
  TRY("rename", rename(other, text));
  TRY("chmod", chmod(scratch, 04755));
  TRY("chown", chown(scratch, (uid_t)-1, (gid_t)-1));

  // What must be left: threads end themselves by signals, inputs are read.
  TRY("allowed: tgkill(oneself, 0)", syscall(SYS_tgkill, getpid(), tasks, 0));
  TRY("allowed: list the inputs", open_at(inputs, "", O_RDONLY | O_DIRECTORY));
}
