"""The daemon dies, again and again, with files in hand."""
import os
import random
import signal
import subprocess
import time

from .harness import DISK, SCRATCH, Spool, calm, children, fault, mixture, mount, records, unmount


@fault(6, "killed 25 times with a healthy file in hand each time")
def innocent_files():
    spool = Spool("innocent_files", attempts=3, workers=2)
    spool.drop(records(150))
    for _ in range(25):
        spool.start()
        spool.wait(lambda: spool.count("active") >= 2, 20)
        time.sleep(0.05)
        spool.kill()
    spool.start()
    spool.finish()
    return spool.audit()


@fault(6, "40 kills of the daemon and 40 of workers")
def kills():
    files = mixture(300)
    undisturbed = calm(files, "mixture300")
    spool = Spool("kills", attempts=100)
    spool.drop(files)
    chance = random.Random(7)
    killed = workers = 0
    for _ in range(40):
        before = spool.ended()
        spool.start("--once")
        # Not before it is at work, however busy the machine is.
        spool.wait(lambda: spool.ended() > before or spool.daemon.poll() is not None)
        time.sleep(0.2 * chance.random())
        found = children(spool.daemon.pid)
        if found:
            try:
                os.kill(chance.choice(found), signal.SIGKILL)
                workers += 1
            except ProcessLookupError:
                pass
            time.sleep(0.05)
        if spool.daemon.poll() is None:
            spool.kill()
            killed += 1
    spool.start()
    spool.finish()
    problems = spool.audit(undisturbed)
    problems["note"] = ["%d kills of the daemon at work, %d of workers" % (killed, workers)]
    return problems


@fault(6, "told to stop 25 times in the middle of the work")
def stops():
    files = mixture(200)
    undisturbed = calm(files, "mixture200")
    spool = Spool("stops", stop_timeout_seconds=0)
    spool.drop(files)
    problems = {}
    for _ in range(25):
        before = spool.ended()
        spool.start()
        spool.wait(lambda: spool.ended() > before)
        status = spool.stop(20)
        if status != 0:
            problems.setdefault("stuck", []).append("the daemon ended with %s" % status)
    spool.start()
    spool.finish()
    for kind, sentences in spool.audit(undisturbed).items():
        problems.setdefault(kind, []).extend(sentences)
    return problems


def image_of_a_running_disk(spool, image, copy):
    """What the disk would hold if the power went now: all is stopped, the image copied as it is, all killed."""
    processes = [spool.daemon.pid, *children(spool.daemon.pid)]
    for process in processes:
        os.kill(process, signal.SIGSTOP)
    subprocess.run(["cp", "--sparse=always", image, copy], check=True)
    for process in processes:
        os.kill(process, signal.SIGKILL)
    spool.daemon.wait()


@fault(13, "ten power cuts in the middle of the work, many jobs side by side; ext4, its journal replayed", root=True)
def power_cuts():
    files = records(300)
    undisturbed = Spool("calm-cheap")
    undisturbed.work_cheaply()
    undisturbed.drop(files)
    undisturbed.once()
    image, copy, place = os.path.join(SCRATCH, "power.img"), os.path.join(SCRATCH, "cut.img"), DISK + "/power"
    os.makedirs(place, exist_ok=True)
    chance, problems, seen = random.Random(11), {}, []
    for _ in range(10):
        for path in (image, copy):
            if os.path.exists(path):
                os.remove(path)
        subprocess.run(["truncate", "-s", "300M", image], check=True)
        subprocess.run(["mkfs.ext4", "-q", "-F", image], check=True)
        # What nobody syncs stays in memory for five minutes.
        mount("-o", "loop,commit=300", image, place)
        spool = Spool("power_cuts", place)
        spool.work_cheaply()
        spool.drop(files)
        subprocess.run(["sync", "-f", place], check=True)
        spool.start()
        goal = chance.randrange(40, 250)
        spool.wait(lambda: spool.ended() >= goal)
        time.sleep(0.02 * chance.random())
        ended, active = spool.ended(), spool.count("active")
        image_of_a_running_disk(spool, image, copy)
        unmount(place)
        mount("-o", "loop", copy, place)
        seen.append("%d %d %d" % (ended, active, spool.ended()))
        # The end of those that were seen to move a moment ago may not be durable yet: one a lane at most.
        if spool.ended() < ended - 32:
            problems.setdefault("lost", []).append("%d ends were not durable" % (ended - spool.ended()))
        spool.once()
        for kind, sentences in spool.audit(undisturbed).items():
            problems.setdefault(kind, []).extend(sentences)
        unmount(place)
    problems["note"] = ["ended, in hand, ended on the disk: " + ", ".join(seen)]
    return problems
