// What a process may still do that is confined as a worker is: one call after the other that parsing does not need.
#ifndef EXOSPOOL_CSANDBOXPROBE_H
#define EXOSPOOL_CSANDBOXPROBE_H

#include <sys/types.h>

/* Tries each call on the calling thread and reports it: error 0 where it was allowed, else an errno. None of them does
   harm where it is allowed.
   - supervisor: another process of the same user.
   - inputs: a directory that may be read; scratch: one in which plain files may be made; elsewhere: a file of neither. */
void exospool_probe(pid_t supervisor, const char *inputs, const char *scratch, const char *elsewhere,
                    void (*report)(void *context, const char *name, int error), void *context);

#endif
