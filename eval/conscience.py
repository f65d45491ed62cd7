"""How much of a sentence must be covered: `python -m eval.conscience`.

True sentences are clauses of four reports, cited to their own sentence, in words somewhat changed:
with a lead of reporting words, one word exchanged for a synonym, or two clauses told as one. False
ones are the same clauses cited to the most similar other sentence of the report, or with two words
exchanged for those of other clauses. Printed for every threshold: how many true ones pass the
judge, and how many false ones. Then the same for 387 sentences by somebody who had read the judge's
code (`datasets/conscience.jsonl`): false ones made to pass it, and a fluent model's true ones.
"""

import json
import random
from collections.abc import Iterator
from pathlib import Path

import rjieba

from corpus.documents import Document, Span
from corpus.library import shipped
from corpus.loaders import load
from corpus.sentences import clauses
from corpus.structure import outline
from eval.cases import DATASETS
from index.folding import fold
from rag.answers import Citation
from rag.generation import judging
from rag.generation.sentences import Sentence
from rag.language.synonyms import synonyms, with_synonyms

_SEED = 7
_SHORTEST = 8
_LEADS = ("报告提出，", "根据报告，", "主要包括", "今年将", "具体措施是")
_THRESHOLDS = (0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)

Case = tuple[str, str]  # what is claimed, the passage it cites


def main() -> None:
    """Print the share of true and of false sentences that pass at each threshold."""
    dice = random.Random(_SEED)
    told = [case for document in _documents() for case in _cases(document, dice)]
    kinds = list(dict.fromkeys(kind for kind, _ in told))
    print("threshold  " + "  ".join(f"{kind:>12}" for kind in kinds))
    faults = {(kind, case): _coverage(*case) for kind, case in told}
    for threshold in _THRESHOLDS:
        shares = []
        for kind in kinds:
            found = [covered for (k, _), covered in faults.items() if k == kind]
            shares.append(sum(covered >= threshold for covered in found) / len(found))
        print(f"{threshold:9.2f}  " + "  ".join(f"{100 * share:11.1f}%" for share in shares))
    for true, passed, total in written():
        print(f"{'true' if true else 'false'} sentences written by hand: {passed} of {total} pass")


def written() -> Iterator[tuple[bool, int, int]]:
    """Yield for the hand-written false and true sentences how many pass the judge, of how many."""
    lines = (DATASETS / "conscience.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    for kind in (False, True):
        told = [row for row in rows if row["true"] is kind]
        yield kind, sum(_passes(row["text"], row["quote"]) for row in told), len(told)


def _passes(claim: str, quote: str) -> bool:
    title = "天津市人民政府工作报告（2024年1月23日）"
    passage = Citation(1, "d", title, (), 0, len(quote), quote)
    return judging.fault(Sentence(claim, (1,)), {1: passage}) is None


def _coverage(claim: str, quote: str) -> float:
    """Return how much of a claim its passage covers; -1 when the judge finds another fault."""
    passage = Citation(1, "d", "政府工作报告", (), 0, len(quote), quote)
    wrong = judging.fault(Sentence(claim, (1,)), {1: passage})
    return judging.coverage(claim, fold(quote)) if wrong in (None, "coverage") else -1.0


def _documents() -> list[Document]:
    paths = [DATASETS / "binlan.txt", *sorted((DATASETS / "targets").glob("*.txt"))]
    return [*shipped(), *load([Path(path) for path in paths])]


def _cases(document: Document, dice: random.Random) -> Iterator[tuple[str, Case]]:
    sentences = [document.text[s.start : s.end] for s in outline(document).sentences]
    parts = [
        (number, sentence[c.start : c.end].strip("，,。；;、 \n"))
        for number, sentence in enumerate(sentences)
        for c in clauses(sentence, Span(0, len(sentence)))
    ]
    long = [(n, part) for n, part in parts if len(part) >= _SHORTEST]
    for k, (number, part) in enumerate(long):
        own = sentences[number]
        yield "as it is", (f"{part}。", own)
        yield "with a lead", (f"{dice.choice(_LEADS)}{part}。", own)
        if other := _with_synonym(part, dice):
            yield "a synonym", (f"{other}。", own)
        if k + 1 < len(long) and long[k + 1][0] == number:
            yield "two as one", (f"{part}，并{long[k + 1][1]}。", own)
        yield "elsewhere", (f"{part}。", _most_like(part, sentences, number))
        yield "two changed", (f"{_changed(part, long, dice)}。", own)


def _with_synonym(part: str, dice: random.Random) -> str:
    found = [m for m in with_synonyms().finditer(part) if synonyms(m[0])]
    if not found:
        return ""
    word = dice.choice(found)
    other = dice.choice(sorted(synonyms(word[0])))
    return f"{part[: word.start()]}{other}{part[word.end() :]}"


def _most_like(part: str, sentences: list[str], own: int) -> str:
    words = {w for w in rjieba.cut(part) if len(w) > 1}
    others = [s for n, s in enumerate(sentences) if n != own]
    return max(others, key=lambda sentence: sum(word in sentence for word in words))


def _changed(part: str, others: list[tuple[int, str]], dice: random.Random) -> str:
    words = list(rjieba.cut(part))
    places = [k for k, word in enumerate(words) if len(word) > 1]
    for k in dice.sample(places, min(2, len(places))):
        other = [word for word in rjieba.cut(dice.choice(others)[1]) if len(word) > 1]
        words[k] = dice.choice(other or [""])
    return "".join(words)


if __name__ == "__main__":
    main()
