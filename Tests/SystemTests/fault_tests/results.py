"""Results: two contents whose names agree, results that are taken away."""
import shutil

from .harness import Spool, digest, fault

# Records whose SHA-256 agree in the 48 bits that are in a result's name; found by trying numbers.
TWIN = (
    b"<system><name>Twin</name><star><mass>1</mass><radius>1</radius><temperature>5772</temperature><planet>"
    b"<name>Twin b</name><mass>0.00315</mass><radius>0.0892</radius><period>365</period><semimajoraxis>1"
    b"</semimajoraxis></planet></star></system><!-- %d -->\n")
NUMBERS = (3012357, 8091880)


@fault(2, "two contents whose results have the same name")
def colliding_names():
    first, second = (TWIN % n for n in NUMBERS)
    assert digest(first)[:12] == digest(second)[:12] and first != second
    spool = Spool("colliding_names")
    spool.drop({"twin.xml": first})
    spool.once()
    spool.drop({"twin.xml": second})
    spool.once()
    problems = spool.audit()
    if len(spool.results()) != 2:
        problems["lost"].append("%d results of two contents" % len(spool.results()))
    return problems


@fault(2, "the same two side by side, their results removed and asked for again")
def colliding_again():
    first, second = (TWIN % n for n in NUMBERS)
    spool = Spool("colliding_again")
    spool.drop({"twin.xml": first})
    spool.once()
    for name in spool.results():
        shutil.rmtree(spool.file("results", name))
    spool.drop({"twin.xml": second})
    spool.once()
    spool.drop({"twin.xml": first, "other.xml": second})
    spool.once()
    problems = spool.audit()
    # The first job's result was removed by us, and the third's has its name.
    problems["duplicated"] = [p for p in problems["duplicated"] if "nobody" not in p]
    problems["lost"] = [p for p in problems["lost"] if "the result" not in p]
    problems["wrong"] = [p for p in problems["wrong"] if "2 jobs have the result" not in p]
    if len(spool.results()) != 2:
        problems["lost"].append("%d results of two contents" % len(spool.results()))
    return problems
