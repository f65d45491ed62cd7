"""What is known of a cell before it is read, as figures that `weights` weighs."""

from index.folding import fold
from rag.cells.asking import headed, kind_of, share, wanted, without
from rag.cells.candidates import Candidate
from rag.language.matching import holds
from rag.questions import GENERIC, Question, content_words
from rag.years import without_years

_HALF = 0.5  # of a name; who asks for less asks for another


def features(question: Question, candidate: Candidate, best: float) -> tuple[float, ...]:
    """Return what tells before reading whether a cell is asked for, each some 0 to 1.

    What of the question is not said of it; how much of the row's name is asked, and if another
    of its kind is (望山区 where 云溪区 is asked); how much of its heading is; whether it is of the
    kind that is asked for, a figure, a date or a name; how far behind the search found the row.
    """
    plain, row, field = question.plain, candidate.row, candidate.field
    document = candidate.evidence.document
    words = [w for w in content_words(without_years(plain)) if w not in GENERIC]
    names = " ".join(f.text for f in row.fields if not any(c.isdigit() for c in f.text))
    section = " ".join(candidate.evidence.section)
    context = fold(
        f"{document.label} {section} {row.caption} {row.group} {row.name} {field.heading} "
        f"{field.unit} {names}"
    )
    weight = sum(map(len, words)) or 1
    unsaid = sum(len(w) * (1 - holds(context, w)) for w in words) / weight
    labels = [fold(label.text) for label in row.labels if label is not field]
    named = 1.0 if candidate.given else share(labels[-1], plain) if labels else 0.0
    rest = without(plain, row, candidate.given)
    asked, kind = wanted(plain), kind_of(candidate.lent or field.told)
    fits = float(asked == kind) if asked else 0.5
    behind = best - candidate.evidence.score
    rival = unsaid if named < _HALF and labels and labels[-1][-1:] in plain else 0.0
    return unsaid, named, rival, headed(field, rest), fits, behind
