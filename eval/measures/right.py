"""Right, as a fair reader of the whole answer would call it; the first figure to look at."""

from eval.cases import Case
from eval.measures import Given, citation_recall, contains, list_completeness, polarity


def measure(case: Case, given: Given) -> float:
    """Share of questions answered as they should be, or refused where they should be.

    Unanswerable: refused. Answerable: the accepted answer stands in the answer (all items of a
    list; the right polarity, with evidence cited, of a yes/no question); where any passage will
    do, all the evidence is cited.
    """
    if not case.answerable:
        return float(not given.get("answered"))
    if not given.get("answered"):
        return 0.0
    if case.items:
        return float(list_completeness.measure(case, given) == 1.0)
    found = citation_recall.measure(case, given) or 0.0
    if case.polar:
        return float(found > 0 and polarity.measure(case, given) == 1.0)
    stated = contains.measure(case, given)
    return float(found == 1.0) if stated is None else stated
