// What Swift cannot call: prctl is variadic, a seccomp filter is a table of C macros, Landlock has no calls in the C
// library, and prlimit, pipe2 and the calls on pidfds are Linux's own, which its import of libc leaves out.
#ifndef EXOSPOOL_CPROCESS_H
#define EXOSPOOL_CPROCESS_H

#include <spawn.h>
#include <stdint.h>
#include <sys/types.h>

/* Other processes of the same user can neither trace this one nor read its memory. Returns 0 or an errno. */
int exospool_hide_process(void);

/* The threads of this process; -1 where /proc is not there. */
int exospool_thread_count(void);

/* The version of Landlock that the kernel has, 0 for none (before 5.13, or turned off). */
int exospool_landlock_version(void);

/* From now on this thread and those it starts open only what lies below the `count` readable paths, for reading, and
   below the writable directory, where they make, write and remove plain files. No connection, and no signal to other
   processes, where the kernel's Landlock knows those. A readable path that is missing is passed over. Needs no privilege.
   Returns 0, or an errno: ENOSYS where there is no Landlock. */
int exospool_confine_files(const char *const *readable, int count, const char *writable);

/* From now on all threads of this process may make those system calls only that computing, reading files, writing files
   and threads take; every other one fails with EPERM. Needs no privilege. Returns 0 or an errno, and then no thread is
   confined. */
int exospool_confine_calls(void);

/* pipe2 with O_CLOEXEC: descriptors that no other worker inherits. Returns 0 or -1 with errno. */
int exospool_pipe(int descriptors[2]);

/* posix_spawn_file_actions_addclosefrom_np: the program inherits no descriptor from `first` on. Returns 0 or an errno. */
int exospool_close_from(posix_spawn_file_actions_t *actions, int first);

/* prlimit: sets the soft limit of another process, and lowers its hard limit where `hard` is below it. Returns 0 or -1
   with errno. */
int exospool_limit(pid_t process, int resource, uint64_t soft, uint64_t hard);

/* pidfd_open(2): a close-on-exec descriptor of a child that nobody has waited for. A number may come to mean another
   process, the descriptor never does. Returns it or -1 with errno. */
int exospool_open_child(pid_t child);

/* pidfd_send_signal(2). Returns 0 or -1 with errno. */
int exospool_signal_child(int child, int number);

struct exospool_child_end {
  int signal; /* that ended it; 0 when it ended by itself */
  int status; /* with which it ended by itself */
  uint64_t peak_bytes;
};

/* Waits for the end of a child by its descriptor and reaps it. Returns 0 or -1 with errno. */
int exospool_reap_child(int child, struct exospool_child_end *end);

#endif
