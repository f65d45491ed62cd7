"""Which has most: the rows of a table, or the columns of a row, compared by the asked figure.

哪个县区到位资金最多 asks of every row what 高新区到位资金多少 asks of one; that cell is found as
any other, and its column is what is compared. A row that the question names is compared along
itself.
"""

import re
from collections.abc import Sequence

from corpus.documents import Span
from corpus.quantities import quantities
from corpus.rows import Field, Row
from index.folding import fold
from rag.cells.asking import is_in
from rag.cells.candidates import quotes, table
from rag.cells.choosing import Choice, choose
from rag.evidence import Evidence
from rag.findings import Finding
from rag.questions import Question, understand
from rag.reader import Reader

_MOST = re.compile(
    r"最(?P<much>[高多大长快好贵早强]|[低少小短慢差便晚弱])|(?:排名?|位居|列)(?:第一|首位)"
)
_LEAST = re.compile(r"最[低少小短慢差便晚弱]|末位|倒数第一")
_WHICH = re.compile(r"(?:是)?(?:哪一?[个家座项条种类款片处所]?|什么)")
_TOTAL = re.compile(r"合计|总计|小计|共计|平均|全[市省区县国年]|累计")
_TABLES = 4  # that are tried


def extreme(
    question: Question, evidence: Sequence[Evidence], reader: Reader
) -> tuple[Finding, Choice] | None:
    """Return what has the most or least, and the cell it was found by; None for other questions."""
    if not (_MOST.search(question.plain) and _WHICH.search(question.plain)):
        return None
    choices = [c for each in _one_a_table(evidence) if (c := _probed(question, each, reader))]
    if not choices:
        return None
    best = max(choices, key=lambda choice: (_is_of_these(question, choice), choice.sure))
    found = _compared(question, best)
    return (found, best) if found else None


def _one_a_table(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Return the best row of each table, those that tell a sum left out."""
    first: dict[tuple[str, int], Evidence] = {}
    for each in evidence:
        if each.row and not _TOTAL.search(each.row.name):
            first.setdefault((each.document.id, each.row.table), each)
    return list(first.values())[:_TABLES]


def _probed(question: Question, each: Evidence, reader: Reader) -> Choice | None:
    """Return the cell of a row that would answer if the question named the row."""
    row = each.row
    assert row is not None
    plain = _MOST.sub("多少", question.plain)
    if not _names(question, row):
        noun = _noun(row)
        which = re.compile(f"{_WHICH.pattern}(?:{re.escape(noun)})?" if noun else _WHICH.pattern)
        plain = which.sub(fold(row.labels[-1].text), plain, count=1)
    else:
        plain = _WHICH.sub("", plain, count=1)
    choice = choose(understand(plain), [each], reader)
    return choice if choice and not choice.candidate.lent else None


def _names(question: Question, row: Row) -> bool:
    return is_in(question.plain, row.labels[-1])


def _is_of_these(question: Question, choice: Choice) -> bool:
    """Tell whether a question says what the rows of a table are: 哪个景区 of 景区名称."""
    noun = _noun(choice.candidate.row)
    return bool(noun) and noun in question.plain


def _noun(row: Row) -> str:
    return fold(row.labels[-1].heading).removesuffix("名称")


def _compared(question: Question, choice: Choice) -> Finding | None:
    """Return the label or heading with the most of what the chosen cell counts."""
    row, asked, each = choice.candidate.row, choice.candidate.field, choice.candidate.evidence
    if _names(question, row):
        among = [(f.name, f, row) for f in row.fields if f.unit == asked.unit]
    else:
        among = [
            (r.labels[-1].text, f, r)
            for r in table(row, each.document)
            for f in r.fields
            if f.heading == asked.heading
        ]
    sized = [(size, *one) for one in among
             if not _TOTAL.search(one[0]) and (size := _size(one[1])) is not None]  # fmt: skip
    if len(sized) < 2:
        return None
    pick = min if _LEAST.search(question.plain) else max
    most = pick(size for size, *_ in sized)
    winners = [(name, field, of) for size, name, field, of in sized if size == most]
    told = "、".join(name for name, _, _ in winners)
    cited = tuple(dict.fromkeys(q for *_, of in winners for q in quotes(of, each.page)))
    fact = f"{told}{asked.name}{winners[0][1].told}"
    said = "，".join(of.spoken()[0] for *_, of in winners)
    remark = f"{winners[0][1].told}，按表中 {len(sized)} 项比较得出。"
    cell = winners[0][1].cell
    mark = Span(cell.start, cell.end) if len(winners) == 1 else None
    return Finding(told, cited, fact, remark=remark, focus=mark, said=said)


def _size(field: Field) -> float | None:
    """Return the figure that a cell begins with."""
    told = next((q for q in quantities(field.told) if q.kind != "date"), None)
    return None if told is None or told.value is None else float(told.value)
