"""Directories of the spool that vanish, cannot be written to, or are another file system's for a while."""
import os
import shutil
import subprocess
import time

from .harness import DISK, SCRATCH, Spool, calm, fault, mixture, mount, processor, records, unmount


def gone_for_a_while(name, directory, seconds=6):
    """A directory moved away in the middle of the work, and back again."""
    files = mixture(120)
    spool = Spool(name)
    spool.drop(files)
    spool.start()
    spool.wait(lambda: spool.count("archive") >= 15)
    os.rename(spool.file(directory), spool.file("." + directory))
    time.sleep(seconds)
    problems = {"stuck": [], "wrong": []}
    if spool.daemon.poll() is not None:
        problems["stuck"].append("the daemon ended with %d" % spool.daemon.returncode)
    lines = spool.said(" error ")
    if lines > 3 * seconds:
        problems["wrong"].append("%d lines of errors in %d s" % (lines, seconds))
    if os.path.isdir(spool.file(directory)):
        os.rmdir(spool.file(directory))
    os.rename(spool.file("." + directory), spool.file(directory))
    spool.finish()
    for kind, sentences in spool.audit(calm(files, "mixture120")).items():
        problems.setdefault(kind, []).extend(sentences)
    return problems


@fault(7, "results/ moved away for 6 s and back")
def results_gone():
    return gone_for_a_while("results_gone", "results")


@fault(7, "archive/ moved away for 6 s and back")
def archive_gone():
    return gone_for_a_while("archive_gone", "archive")


@fault(7, "active/ moved away for 6 s and back")
def active_gone():
    return gone_for_a_while("active_gone", "active")


@fault(7, "deferred/ moved away for 6 s and back")
def deferred_gone():
    return gone_for_a_while("deferred_gone", "deferred")


@fault(7, "the whole spool moved away for 8 s and back")
def spool_gone():
    files = mixture(120)
    spool = Spool("spool_gone")
    spool.drop(files)
    spool.start()
    spool.wait(lambda: spool.count("archive") >= 15)
    os.rename(spool.path, spool.path + ".gone")
    time.sleep(2)
    used = processor(spool.daemon.pid)
    time.sleep(6)
    ended = spool.daemon.poll()
    used = processor(spool.daemon.pid) - used if ended is None else 0
    os.rename(spool.path + ".gone", spool.path)
    spool.finish()
    problems = spool.audit(calm(files, "mixture120"))
    if ended is not None:
        problems["stuck"].append("the daemon ended with %d" % ended)
    if used > 1:
        problems["wrong"].append("%.1f s of processor time in 6 s" % used)
    return problems


@fault(7, "the whole spool removed: the daemon ends when it is told to")
def spool_removed():
    spool = Spool("spool_removed")
    spool.start()
    spool.drop(records(5))
    spool.wait(lambda: spool.count("archive") == 5)
    shutil.rmtree(spool.path)
    time.sleep(3)
    used = processor(spool.daemon.pid)
    time.sleep(5)
    used = processor(spool.daemon.pid) - used
    status = spool.stop(20)
    problems = {"stuck": [], "wrong": []}
    if status == "hung":
        problems["stuck"].append("the daemon does not end")
    if used > 1:
        problems["wrong"].append("%.1f s of processor time in 5 s" % used)
    return problems


@fault(7, "inbox/ moved away and another made: what comes is taken within a second or two")
def inbox_replaced():
    spool = Spool("inbox_replaced", rescan_interval_seconds=600)
    spool.start()
    time.sleep(1)
    os.rename(spool.file("inbox"), spool.file("inbox.old"))
    os.mkdir(spool.file("inbox"))
    time.sleep(4)
    spool.drop(records(20))
    taken = spool.wait(lambda: spool.count("inbox") < 20, 5)
    spool.finish()
    problems = spool.audit()
    if not taken:
        problems["stuck"].append("nothing was taken for 5 s")
    return problems


@fault(7, "the daemon started while results/ is missing: it is tried again, not given up")
def started_without_results():
    spool = Spool("started_without_results")
    spool.drop(records(20))
    os.rename(spool.file("results"), spool.file(".results"))
    status = spool.once(100)
    os.rename(spool.file(".results"), spool.file("results"))
    spool.start()
    spool.finish()
    problems = spool.audit()
    if status == 78:
        problems["stuck"].append("status 78: systemd never starts it again")
    return problems


@fault(7, "results/ immutable for 6 s", root=True)
def results_immutable():
    files = mixture(120)
    spool = Spool("results_immutable", DISK)
    spool.drop(files)
    spool.start()
    spool.wait(lambda: spool.count("archive") >= 10)
    subprocess.run(["chattr", "+i", spool.file("results")], check=True)
    time.sleep(6)
    lines = spool.said(" error ")
    ended = spool.daemon.poll()
    subprocess.run(["chattr", "-i", spool.file("results")], check=True)
    spool.finish()
    problems = spool.audit(calm(files, "mixture120"))
    if ended is not None:
        problems["stuck"].append("the daemon ended with %d" % ended)
    if lines > 20:
        problems["wrong"].append("%d lines of errors in 6 s" % lines)
    return problems


@fault(7, "another file system mounted over archive/ for 6 s", root=True)
def archive_mounted_over():
    files = mixture(120)
    spool = Spool("archive_mounted_over")
    spool.drop(files)
    spool.start()
    spool.wait(lambda: spool.count("archive") >= 15)
    mount("-t", "tmpfs", "tmpfs", spool.file("archive"))
    time.sleep(6)
    ended = spool.daemon.poll()
    unmount(spool.file("archive"))
    spool.finish()
    problems = spool.audit(calm(files, "mixture120"))
    if ended is not None:
        problems["stuck"].append("the daemon ended with %d" % ended)
    return problems


@fault(7, "the disk read-only for 6 s", root=True)
def read_only():
    image, place = os.path.join(SCRATCH, "ro.img"), DISK + "/ro"
    os.makedirs(place, exist_ok=True)
    subprocess.run(["truncate", "-s", "300M", image], check=True)
    subprocess.run(["mkfs.ext4", "-q", "-F", image], check=True)
    mount("-o", "loop", image, place)
    files = mixture(120)
    spool = Spool("read_only", place)
    # Files open for writing would refuse the remount: logs and lock are elsewhere.
    mount("-t", "tmpfs", "tmpfs", spool.file("log"))
    lock = os.path.join(SCRATCH, "read_only.lock")
    open(lock, "w").close()
    mount("--bind", lock, spool.file(".lock"))
    spool.drop(files)
    spool.start()
    spool.wait(lambda: spool.count("archive") >= 10)
    refused = 1
    for _ in range(50):
        refused = subprocess.run(["mount", "-o", "remount,ro", place], stderr=subprocess.DEVNULL).returncode
        if not refused:
            break
        time.sleep(0.05)
    time.sleep(6)
    ended = spool.daemon.poll()
    subprocess.run(["mount", "-o", "remount,rw", place], check=True)
    spool.finish()
    problems = spool.audit(calm(files, "mixture120"))
    if refused:
        problems["wrong"].append("the disk could not be made read-only: nothing was tested")
    if spool.said("spool fault") == 0:
        problems["wrong"].append("the daemon noticed nothing")
    if ended is not None:
        problems["stuck"].append("the daemon ended with %d" % ended)
    for mounted in (spool.file(".lock"), spool.file("log"), place):
        unmount(mounted)
    return problems
