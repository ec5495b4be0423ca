// What Swift cannot call: prctl is variadic, a seccomp filter is a table of C macros, and prlimit and pipe2 are GNU
// extensions that its import of libc leaves out.
#ifndef EXOSPOOL_CPROCESS_H
#define EXOSPOOL_CPROCESS_H

#include <stdint.h>
#include <sys/types.h>

/* From now on this process and its threads can open no socket, start no program and trace nobody: such calls fail with
   EPERM. Needs no privilege. Returns 0, or an errno where the kernel has no seccomp filters. */
int exospool_refuse_network_and_programs(void);

/* pipe2 with O_CLOEXEC: descriptors that no other worker inherits. Returns 0 or -1 with errno. */
int exospool_pipe(int descriptors[2]);

/* prlimit: sets the soft limit of another process, and lowers its hard limit where `hard` is below it. */
int exospool_limit(pid_t process, int resource, uint64_t soft, uint64_t hard);

#endif
