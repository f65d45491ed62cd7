"""The data folder: questions in the form "govqa" beside their reports."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from corpus.decoding import decode
from corpus.documents import Document, Span
from corpus.errors import InputError
from eval.govqa import HELD_OUT, Item, gold, read_items
from eval.makes import report_of, rounds
from eval.training.config import Making
from eval.training.examples import NO, SPAN, YES, Asked, Report
from eval.training.locating import folded, stand
from eval.training.misplacing import short
from index.folding import fold
from rag.reader.windows import page as page_of

_VERDICTS = {None: SPAN, True: YES, False: NO}
Tell = Callable[[str], None]


def refuse_held_out(folder: Path) -> None:
    """Raise InputError when a file bears the name of a report that nothing is trained on.

    Names alone are looked at: nothing is opened.
    """
    for path in sorted(folder.rglob("*")):
        for report in HELD_OUT:
            if short(report) in path.name:
                raise InputError(
                    f"“{path.name}”属于留作评测的报告（{report}），不能用来训练，请把它移出“{folder}”"
                )


def reports(
    folder: Path, making: Making, tell: Tell, names: Iterable[str] | None = None,
    most: int | None = None,
) -> list[Report]:  # fmt: skip
    """Return the reports of a folder with their questions, in name order.

    `names` are those wanted, all if None; at most `most` places of a file are taken. What is wrong
    with a line is told as file:line: what, and the line left out; raises InputError when no line
    is good, or the folder has no questions.
    """
    refuse_held_out(folder)
    files = rounds(folder)
    wanted = files if names is None else names
    found = [_report(name, files[name], making, tell, most) for name in wanted]
    if not any(report.asked for report in found):
        raise InputError(f"“{folder}”里没有一行可用的题目，请对照 eval/govqa.py 改好后重试")
    return found


def chosen(folder: Path, held: Sequence[str], most: int | None) -> tuple[list[str], list[str]]:
    """Return the names of the reports trained on, at most so many, and of those held for measuring.

    Raises InputError for a name that none of them has, or when none is left to train on.
    """
    names = list(rounds(folder))
    for name in held:
        if not any(name in (report, short(report)) for report in names):
            raise InputError(f"没有报告“{name}”，--hold-out 可用 {'、'.join(names)}")
    apart = [report for report in names if report in held or short(report) in held]
    rest = [report for report in names if report not in apart][:most]
    if not rest:
        raise InputError("报告都被 --hold-out 留下了，没有可训练的，请少留几份")
    return rest, apart


def _report(
    name: str, files: Sequence[Path], making: Making, tell: Tell, most: int | None
) -> Report:
    path = report_of(files[0])
    document = Document(
        name, making.title.format(report=name), decode(path.read_bytes(), path.name), "txt"
    )
    asked: list[Asked] = []
    for file in files:
        items, bad = read_items(file, document.text)
        for fault in bad:
            tell(fault)
        for item in items[:most]:
            if place := _asked(item, document):
                asked.append(place)
            else:
                tell(f"{file.name}:{item.line}: 答案“{'、'.join(item.answers)}”在句子里重叠")
    return Report(name, document, asked)


def _asked(item: Item, document: Document) -> Asked | None:
    """Return an item by its sentence; None where its answers do not stand there side by side.

    An item without answers is answered by the whole sentence.
    """
    sentence = gold(document, item.anchor)
    within = Span(sentence.start, sentence.end)
    anchor = document.text.index(item.anchor)
    spans = stand(document.text, within, anchor, item.answers) if item.answers else [within]
    page = page_of(document)
    number = page.at(sentence.start)
    placed = folded(page, number, spans or ())
    if not placed:
        return None
    questions, near = (tuple(map(fold, map(str.strip, t))) for t in (item.questions, item.near))
    return Asked(number, _VERDICTS[item.yes], placed, questions, near)
