"""The logs: whole lines, each once, on whatever disk."""
import os
import time

from .harness import Spool, calm, fault, mixture, mount, unmount


def full_log(kilobytes):
    """log/ on a small file system of its own that fills up and gets room."""
    files = mixture(120)
    spool = Spool("full_log_%d" % kilobytes)
    os.makedirs(spool.file("log"), exist_ok=True)
    mount("-t", "tmpfs", "-o", "size=%dk" % kilobytes, "tmpfs", spool.file("log"))
    spool.drop(files)
    spool.start()
    time.sleep(6)
    mount("-o", "remount,size=200m", spool.file("log"))
    spool.finish()
    problems = spool.audit(calm(files, "mixture120"))
    unmount(spool.file("log"))
    return problems


@fault(3, "log/ full at 64 kB, then room", root=True)
def full_log_64():
    return full_log(64)


@fault(3, "log/ full at 100 kB, then room", root=True)
def full_log_100():
    return full_log(100)


@fault(3, "log/ full at 148 kB, then room", root=True)
def full_log_148():
    return full_log(148)
