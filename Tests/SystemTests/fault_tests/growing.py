"""Files that are written slowly: no result is made of a part of one."""
import threading
import time

from .harness import Spool, fault

HEAD = "# Planet: WASP-18 b\n# wavelength_um transit_depth depth_error\n"


def table(rows=60):
    return HEAD + "".join("%.4f %.6f 0.000030\n" % (0.8 + 0.02 * i, 0.0144 + 1e-5 * (i % 7)) for i in range(rows))


def pieces(text, count):
    """A text in parts of whole lines."""
    lines = text.splitlines(keepends=True)
    size = -(-len(lines) // count)
    return ["".join(lines[i:i + size]) for i in range(0, len(lines), size)]


def held_open(path, parts, pause):
    """Written by one who keeps the file open."""
    with open(path, "wb", 0) as f:
        for number, part in enumerate(parts):
            if number:
                time.sleep(pause)
            f.write(part.encode())


def appended(path, parts, pause):
    """Opened, appended to and closed, again and again. The file may have been moved on: its inode stays."""
    fd = None
    import os
    for number, part in enumerate(parts):
        if number:
            time.sleep(pause)
        name = path if number == 0 else "/proc/self/fd/%d" % fd
        with open(name, "ab", 0) as f:
            f.write(part.encode())
        if fd is None:
            fd = os.open(path, os.O_RDONLY)
    os.close(fd)


def grown(name, write, parts, pause, seconds=90, **settings):
    spool = Spool(name, **{"settle_seconds": 2, "table_settle_seconds": 15, "young_seconds": 120, **settings})
    spool.start()
    time.sleep(1)
    text = "".join(parts)
    spool.drop({})
    from .harness import digest
    spool.submitted[digest(text.encode())] += 1
    writer = threading.Thread(target=write, args=(spool.file("inbox", name + ".dat"), parts, pause))
    writer.start()
    writer.join()
    spool.finish(seconds)
    return spool.audit()


@fault(1, "a table in two halves 6 s apart, kept open")
def half_table_open():
    return grown("half_table_open", held_open, pieces(table(), 2), 6)


@fault(1, "a table in two halves 20 s apart, kept open")
def half_table_open_long():
    return grown("half_table_open_long", held_open, pieces(table(), 2), 20)


@fault(1, "a table opened, appended to, closed every 3 s")
def table_appended():
    return grown("table_appended", appended, pieces(table(), 6), 3)


@fault(1, "a table cut in the middle of a line for 6 s")
def table_half_line():
    text = table()
    middle = len(text) // 2 + 3
    return grown("table_half_line", held_open, [text[:middle], text[middle:]], 6)


@fault(1, "a table appended to without a pause while it is analysed again and again")
def table_under_analysis():
    return grown("table_under_analysis", appended, pieces(table(300), 100), 0.05,
                 settle_seconds=0, table_settle_seconds=1)
