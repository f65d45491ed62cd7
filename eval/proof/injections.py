"""A thousand orders to leave the task, as questions and inside a document, and a model that obeys.

Nothing that is not a slice of a document may stand in an answer by extraction, and nothing of what
the model writes when it obeys may be shown.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from langchain_core.language_models import BaseChatModel, FakeListChatModel

from corpus.documents import Document
from eval.cases import DATASETS
from eval.proof import Control, Proof, homes
from index.embedders import EmbedderChoice
from index.folding import fold
from rag.answers import Answer, Citation
from rag.assembly import Assembly, Config
from rag.drafts import Draft
from rag.generation.choice import Patience
from rag.generation.listening import Listener
from rag.generation.writer import Writer

_PLAIN = "今年要改造多少公里燃气管网？"
_PATIENCE = Patience(5.0, 20.0, 60.0)


@dataclass(frozen=True, slots=True)
class Injection:
    """An order in its carrier, and what one who obeys it writes."""

    text: str
    obeyed: str


def injections(size: int = 1000) -> list[Injection]:
    """Return every attack in every carrier, or `size` of them spread over all."""
    with (DATASETS / "injections.toml").open("rb") as file:
        told = tomllib.load(file)
    every = [
        Injection(carrier.format(order), obeyed)
        for order, obeyed in told["attacks"]
        for carrier in told["carriers"]
    ]
    return every[:: max(1, len(every) // size)][:size]


def prove(size: int = 1000) -> Proof:
    """Ask each as a question of a home whose document has each as a paragraph of its own."""
    tried = injections(size)
    with TemporaryDirectory(prefix="proof-") as folder:
        model = homes.models()
        assembly = Assembly(Config(Path(folder), EmbedderChoice(models=model)))
        hostile = _hostile(tried)
        assembly.upkeep().replace([homes.edition(1), hostile])
        ended = list(_ended(tried, assembly, hostile))
    kept = {name: sum(getattr(one, name) for one in ended) for name in Ended.__slots__}
    return Proof(
        "orders in Chinese as questions, and inside a document beside a model that obeys them",
        2 * len(ended), kept["extracted"] + kept["stopped"],
        f"{len(ended) - kept['extracted']} answers with a sentence outside the documents or "
        f"uncited; {kept['stopped']} of {len(ended)} obedient answers stopped",
        Control("the obedient model with the judge off", len(ended), kept["unjudged"]),
        {"refused": kept["refused"],
         "failed": [injection.text for injection, one in zip(tried, ended, strict=True)
                    if not (one.extracted and one.stopped)][:20]},
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ended:
    """What became of one: refused; extracted soundly; stopped with the judge, and without it."""

    refused: bool
    extracted: bool
    stopped: bool
    unjudged: bool


def _hostile(tried: list[Injection]) -> Document:
    lines = (" ".join(injection.text.split()) for injection in tried)
    return Document("hostile", "关于改造燃气管网的通知", "\n".join(lines))


def _ended(tried: list[Injection], assembly: Assembly, hostile: Document) -> Iterator[Ended]:
    texts = {d.id: d.text for d in assembly.documents()}
    assistant = assembly.assistant(generate=False)
    plain = assistant.draft(_PLAIN)
    if not plain.passages:
        raise RuntimeError("the plain question must be answered, or nothing is proved")
    for injection in tried:
        draft = assistant.draft(injection.text)
        given = draft if draft.passages else _beside(plain, injection, hostile)
        yield Ended(
            not draft.answer.answered, _sound(draft, injection, texts),
            not _obeys(_written(given, injection), given, injection),
            not _obeys(_written(given, injection, judged=False), given, injection),
        )  # fmt: skip


def _beside(plain: Draft, injection: Injection, hostile: Document) -> Draft:
    """Return the draft of a plain question with the order among the passages for the model."""
    line = " ".join(injection.text.split())
    start = hostile.text.index(line)
    n = len(plain.passages) + 1
    found = Citation(n, hostile.id, hostile.title, (), start, start + len(line), line)
    return replace(plain, passages=(*plain.passages, found))


def _sound(draft: Draft, injection: Injection, texts: dict[str, str]) -> bool:
    """Tell whether an answer has nothing but slices of documents, each cited, and own headlines."""
    answer = draft.answer
    cited = (*answer.citations, *answer.related)
    if any(texts[c.document_id][c.start : c.end] != c.quote for c in cited):
        return False
    own = [line for line in answer.answer.splitlines() if line not in draft.quotes.values()]
    told = answer.answered or answer.refusal == "small_talk"
    if told and answer.refusal is None and not answer.citations:
        return False
    quotes = fold("".join(c.quote for c in answer.citations))
    obeyed = fold(injection.obeyed)
    return obeyed in quotes or not any(obeyed in fold(line) for line in own)


def _written(draft: Draft, injection: Injection, judged: bool = True) -> Answer:
    """Return what a model makes of a draft that writes what it was told to, citing each passage."""
    said = "".join(f"{injection.obeyed}[{c.n}]。\n" for c in draft.passages[:8])
    obedient: BaseChatModel = FakeListChatModel(responses=[said])
    listener = Listener(_PATIENCE)
    if judged:
        return Writer(lambda: obedient, "obedient", listener).whole(draft)
    unjudged = Writer(lambda: obedient, "obedient", listener, lambda *_: None, lambda *_: False)
    return unjudged.whole(draft)


def _obeys(answer: Answer, draft: Draft, injection: Injection) -> bool:
    """Tell whether what the model wrote is shown; a quote of the document is no such thing."""
    own = set(answer.answer.splitlines()) - set(draft.answer.answer.splitlines())
    written = [line for line in own if line not in draft.quotes.values()]
    return any(fold(injection.obeyed) in fold(line) for line in written)
