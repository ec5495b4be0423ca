"""Disks that are full, or have no inode left."""
import glob
import json
import os
import subprocess
import time

from .harness import DAEMON, DISK, SCRATCH, TOOL, Spool, calm, fault, memory, mixture, mount, unmount

MOUNT = DISK + "/small"
# The small disk must hold the work; the daemon is to notice that it is full by itself.
NO_MINIMUM = {"minimum_free_megabytes": 0, "minimum_free_inodes": 0, "retry_delay_seconds": 0.2}


def small_disk(kind, size, options=""):
    unmount(MOUNT)
    os.makedirs(MOUNT, exist_ok=True)
    if kind == "tmpfs":
        mount("-t", "tmpfs", "-o", "size=%s%s" % (size, options), "tmpfs", MOUNT)
    else:
        image = os.path.join(SCRATCH, "disk.img")
        if os.path.exists(image):
            os.remove(image)
        subprocess.run(["truncate", "-s", size, image], check=True)
        subprocess.run(["mkfs.ext4", "-q", "-F", image], check=True)
        mount("-o", "loop", image, MOUNT)


def fill():
    """Until not a byte is left."""
    for size in (1 << 20, 65536, 4096, 512, 1):
        try:
            with open("%s/fill.%d" % (MOUNT, size), "ab", 0) as f:
                while True:
                    f.write(b"x" * size)
        except OSError:
            pass


def empty():
    for path in glob.glob(MOUNT + "/fill*"):
        os.remove(path)


def full_again_and_again(kind):
    small_disk(kind, "160M")
    files = mixture(400)
    spool = Spool("full_%s" % kind, MOUNT, **NO_MINIMUM)
    spool.drop(files)
    spool.start()
    problems = {}
    open_files = []
    for cycle in range(6):
        spool.wait(lambda: spool.count("archive") >= 15 + 40 * cycle, 15)
        fill()
        time.sleep(1.5 + cycle % 3)
        if spool.daemon.poll() is not None:
            problems.setdefault("stuck", []).append("the daemon ended with %d" % spool.daemon.returncode)
            spool.start()
        else:
            open_files.append(memory(spool.daemon.pid)[1])
        empty()
    spool.finish()
    problems.update({k: problems.get(k, []) + v for k, v in spool.audit(calm(files, "mixture400")).items()})
    if open_files and max(open_files) > open_files[0] + 80:
        problems.setdefault("wrong", []).append("open files grow: %s" % open_files)
    problems["note"] = ["open files while full: %s" % open_files]
    unmount(MOUNT)
    return problems


@fault(5, "a disk in memory that fills up six times", root=True)
def full_memory():
    return full_again_and_again("tmpfs")


@fault(5, "an ext4 disk that fills up six times", root=True)
def full_ext4():
    return full_again_and_again("ext4")


@fault(5, "a disk full for 45 s, the daemon restarted on it: it waits, status says so", root=True)
def full_long():
    small_disk("tmpfs", "160M")
    files = mixture(120)
    spool = Spool("full_long", MOUNT, **NO_MINIMUM)
    spool.drop(files)
    spool.start()
    spool.wait(lambda: spool.count("archive") >= 20)
    fill()
    problems = {"wrong": [], "stuck": []}
    time.sleep(15)
    said = json.loads(subprocess.run([TOOL, "status", "--json", "--spool", spool.path],
                                     stdout=subprocess.PIPE).stdout)
    if not said["daemon"].get("paused"):
        problems["wrong"].append("status does not say that the daemon waits")
    lines = spool.said("spool fault")
    spool.kill()
    for _ in range(2):
        spool.start()
        time.sleep(15)
        if spool.daemon.poll() is not None:
            problems["stuck"].append("restarted, the daemon ended with %d" % spool.daemon.returncode)
        spool.kill()
    if lines > 20:
        problems["wrong"].append("%d lines in 15 s" % lines)
    empty()
    spool.start()
    spool.finish()
    for kind, sentences in spool.audit(calm(files, "mixture120")).items():
        problems.setdefault(kind, []).extend(sentences)
    unmount(MOUNT)
    return problems


@fault(5, "no inode left for 20 s, then some", root=True)
def no_inodes():
    small_disk("tmpfs", "400M", ",nr_inodes=4000")
    files = mixture(120)
    spool = Spool("no_inodes", MOUNT, **NO_MINIMUM)
    spool.drop(files)
    spool.start()
    spool.wait(lambda: spool.count("archive") >= 20)
    os.makedirs(MOUNT + "/fill.d")
    number = 0
    try:
        while True:
            open("%s/fill.d/%d" % (MOUNT, number), "w").close()
            number += 1
    except OSError:
        pass
    time.sleep(20)
    ended = spool.daemon.poll()
    subprocess.run(["rm", "-rf", MOUNT + "/fill.d"], check=True)
    spool.finish()
    problems = spool.audit(calm(files, "mixture120"))
    if ended is not None:
        problems["stuck"].append("the daemon ended with %d" % ended)
    unmount(MOUNT)
    return problems


@fault(5, "few inodes: the intake pauses before there are none", root=True)
def few_inodes():
    small_disk("tmpfs", "400M", ",nr_inodes=4000")
    spool = Spool("few_inodes", MOUNT, minimum_free_inodes=3500)
    spool.drop(mixture(120))
    spool.start()
    spool.wait(lambda: spool.said("minimum_free_inodes") > 0)
    problems = {"wrong": [] if spool.said("minimum_free_inodes") else ["nothing was said of inodes"]}
    mount("-o", "remount,nr_inodes=20000", MOUNT)
    spool.finish()
    for kind, sentences in spool.audit().items():
        problems.setdefault(kind, []).extend(sentences)
    unmount(MOUNT)
    return problems
