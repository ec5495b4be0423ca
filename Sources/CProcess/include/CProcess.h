// What Swift cannot call: prctl is variadic, a seccomp filter is a table of C macros, and prlimit, pipe2 and the calls on
// pidfds are Linux's own, which its import of libc leaves out.
#ifndef EXOSPOOL_CPROCESS_H
#define EXOSPOOL_CPROCESS_H

#include <stdint.h>
#include <sys/types.h>

/* From now on this process and its threads can open no socket, start no program and trace nobody: such calls fail with
   EPERM. Needs no privilege. Returns 0, or an errno where the kernel has no seccomp filters. */
int exospool_refuse_network_and_programs(void);

/* pipe2 with O_CLOEXEC: descriptors that no other worker inherits. Returns 0 or -1 with errno. */
int exospool_pipe(int descriptors[2]);

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
