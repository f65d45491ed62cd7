"""Is what a model wrote true to the passages it cites? Every test errs on the side of the report.

A sentence passes only if all of it is found there: marks, figures and what they are of, quoted and
proper names, the words that limit a figure or turn a claim around, every noun, and most of the
other words.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence

import rjieba

from corpus.quantities import Quantity, quantities, same
from index.folding import fold
from rag.answers import Citation
from rag.generation.claims import EMPTY, borne_out
from rag.generation.sentences import Sentence
from rag.language.figures import Figure, figures
from rag.language.matching import holds
from rag.language.names import is_verb, verbs

Judge = Callable[[Sentence, Mapping[int, Citation]], str | None]

COVERED = 0.85  # of the characters of content words; calibrated by `python -m eval.conscience`
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_MARKUP = re.compile(r"https?:|www\.|//|[\[\]【】［］<>`?？]|&#|javascript:|data:", re.IGNORECASE)
_JOINED = re.compile(
    r"(?<=\d[里家个亩座条元项吨%])(?:，?以及|和|及|与)|(?<=公里)(?:，?以及|和|及|与)|(?:，?以及|和|及|与)(?=\d)"
)
_CURRENCIES = "$£€¥￥"
_STOPS = "，,。；;、：: \n"
_REACHES = ("达到", "达", "实现")  # says no more than the figure itself
_YEAR = re.compile(r"20\d\d年")
_LETTERS = re.compile("[a-z]+")
_QUOTED = re.compile(r"[“「『《〈\"‘]([^”」』》〉\"’]{1,60})[”」』》〉\"’]")
# What limits a figure or turns a claim around must be in the passage when it is in the sentence.
_TELLING = re.compile(
    "新增|净增|累计|总计|合计|(?<!公)共(?![同享建赢当])|各(?![类级地方个种项])|每|人均|同比|环比|全部"
    "|超过|突破|以上|以下(?!措施|方面|几|内容|工作)|以内|左右|至少|至多|不低于|不高于|不少于|不超过|逾"
    "|不(?![断同仅])|未(?!来)|无(?!人机)|没有|非(?!常)|禁止|严禁|停止|暂停|取消"
    "|仅(?!次)|最|请|您|你|难(?!点)|(?<!为)了(?!解)|因为|从而|导致|使(?![用命者得])|比(?![例重较])|其中|强制"
    "|增长|下降|减少|降低|压减|已(?:经)?|完成|建成|竣工|投产|国家级|省级|市级|全国|全球|首[个条家次批]"
)
# Nouns, qualities, times, places, as jieba tags them; a new verb may say what an old one said.
_THINGS = frozenset(("n", "ns", "nr", "nt", "nz", "vn", "an", "a", "b", "t", "s"))


def fault(sentence: Sentence, passages: Mapping[int, Citation]) -> str | None:
    """Return what is wrong with a sentence, None when its passages bear it out."""
    if _MARKUP.search(sentence.text):
        return "markup"
    if not sentence.marks:
        return "no citation"
    if any(n not in passages for n in sentence.marks):
        return "false citation"
    cited = [passages[n] for n in sentence.marks]
    quotes = [passage.quote for passage in cited]
    title = fold(" ".join(c.title for c in cited))
    text = _dated(sentence.text, cited)
    if not _figures_stand(text, quotes, title):
        return "figure"
    folded = fold("\n".join(quotes))
    told = fold("\n".join(" ".join((c.title, *c.section, c.quote)) for c in cited))
    if not _names_stand(sentence.text, told):
        return "name"
    new = [*_TELLING.findall(fold(sentence.text)), *_LETTERS.findall(fold(sentence.text))]
    if any(word not in folded for word in new):
        return "limit"
    if _has_new_things(sentence.text, told):
        return "new"
    if not borne_out(text, quotes, title):
        return "claim"
    return None if coverage(sentence.text, told) >= COVERED else "coverage"


def coverage(text: str, folded: str) -> float:
    """Return the share of the characters of a text's content words that a folded text holds."""
    found = [word for word in rjieba.cut(fold(text), False) if len(word) > 1 and word not in EMPTY]
    total = sum(map(len, found))
    return sum(len(w) * holds(folded, w) for w in found) / total if total else 0.0


def _dated(text: str, cited: Sequence[Citation]) -> str:
    """Return a sentence with 今年 for the year of the report, if its passages all say 今年."""
    years = {year for c in cited for year in _YEAR.findall(c.title)}
    if len(years) != 1 or not all("今年" in c.quote for c in cited):
        return text
    return text.replace(years.pop(), "今年")


def _figures_stand(text: str, quotes: Sequence[str], title: str) -> bool:
    """Tell whether all figures stand in the quotes and are of what they are said to be there."""
    text = _JOINED.sub("、", text)  # 150公里和供水管网30公里 are two items
    if not _written_alike(text, quotes):
        return False
    told = [figure for quote in quotes for figure in figures(quote)]
    folded = fold("\n".join(quotes))
    known = set(_DIGITS.findall(_narrow("\n".join(quotes))))
    given = [_narrow(text[q.start : q.end]) for q in quantities(text) if q.kind != "label"]
    loose = _narrow(text)
    for figure in given:
        loose = loose.replace(figure, " ", 1)
    return set(_DIGITS.findall(loose)) <= known and all(
        _is_of(figure, told, folded, fold(text), title) for figure in figures(text)
    )


def _written_alike(text: str, quotes: Sequence[str]) -> bool:
    """Tell whether the figures of a text stand in the quotes, with their units, limits and names.

    `same` lets a missing unit pass, so what stands where a unit would is compared (623尺), and the
    number of a name (11号线) is a name.
    """
    folded = _narrow("".join(quotes))
    known = [quantity for quote in quotes for quantity in quantities(quote)]
    if any(sign in text and sign not in folded for sign in _CURRENCIES):
        return False
    for q in quantities(text):
        figure = _narrow(text[q.start : q.end + (not q.unit)]).rstrip(_STOPS)
        if (q.kind in ("label", "ordinal") or not q.unit) and figure not in folded:
            return False
        if q.kind != "label" and not any(same(q, o) and _limit(q) == _limit(o) for o in known):
            return False
    return True


def _limit(quantity: Quantity) -> str:
    return "" if quantity.qualifier in _REACHES else quantity.qualifier


def _is_of(figure: Figure, told: Sequence[Figure], folded: str, claim: str, title: str) -> bool:
    """Tell whether the passages say a figure of the thing that the sentence says it of.

    No word of the thing may be said in the passages only of other figures (供热管网623公里), and
    none of theirs may be left out (中小企业1000家 where those are 创新型).
    """
    known = [w for w in _thing(figure) if holds(folded, w) and w not in title]
    return any(
        same(figure.quantity, other.quantity)
        and all(holds(f"{other.verb}{other.said}", word) for word in known)
        and (other.each or all(holds(claim, word) for word in _due(other.own)))
        for other in told
    )


def _thing(figure: Figure) -> list[str]:
    """Return the words that stand with a figure, without verbs and what tells of telling."""
    return [word for word in _words(figure.own) if not is_verb(word)]


def _due(own: str) -> list[str]:
    """Return the words of a figure's part that may not be left out: all but a verb before it."""
    lead = verbs(own)
    said = _words(lead)
    return [*(said if len(said) > 1 else ()), *_words(own[len(lead) :])]


def _words(own: str) -> list[str]:
    return [w for w in rjieba.cut(_bare(own), False) if len(w) > 1 and w not in EMPTY]


def _bare(own: str) -> str:
    """Return the folded words of a figure's part without the figures in it."""
    for q in reversed(list(quantities(own))):
        own = f"{own[: q.qualified.start]} {own[q.qualified.end :]}"
    return own


def _names_stand(text: str, told: str) -> bool:
    """Tell whether quoted words and proper names stand in the folded passages."""
    quoted = [fold(words) for words in _QUOTED.findall(text)]
    proper = [w for w, tag in rjieba.tag(fold(text)) if tag in ("nr", "ns", "nt") and len(w) > 1]
    return all(name in told for name in [*quoted, *(n for n in proper if n not in EMPTY)])


def _has_new_things(text: str, told: str) -> bool:
    """Tell whether a noun, a quality, a time or a place is in no way in the folded passages."""
    return any(
        tag in _THINGS and len(word) > 1 and word not in EMPTY and not holds(told, word)
        for word, tag in rjieba.tag(fold(text))
    )


def _narrow(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace(",", "")
