#ifndef EXOSPOOL_RENAMING_H
#define EXOSPOOL_RENAMING_H

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

// The C library declares renameat2 for GNU sources alone, and Swift imports no variadic function.
static inline int exospool_rename_exclusively(const char *source, const char *target) {
    // RENAME_NOREPLACE of linux/fs.h, which cannot stand beside stdio.h everywhere.
    return (int)syscall(SYS_renameat2, AT_FDCWD, source, AT_FDCWD, target, 1u);
}

#endif
