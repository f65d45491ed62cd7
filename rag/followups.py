"""Follow-ups: what a question leaves out, taken from the questions before it, without a model.

那供热的呢？ puts another thing into the question before; 它叫什么？ and 一共要花多少钱？ ask on
about its thing; 去年呢？ changes its year. A question that stands alone is left alone.
"""

import re
from collections.abc import Sequence

import rjieba

from corpus.figures.units import unit_at
from corpus.places import Place, mentions, without
from index.lexicon import Lexicon
from rag.answers import Turn
from rag.language.names import names
from rag.language.phrasing import plain
from rag.language.wordlists import wordlist
from rag.outlining import asks_whole
from rag.questions import GENERIC, content_words
from rag.slots import slot

_TURNS = 4
_COUNT = re.compile(r"多少|几(?=[一-鿿])")
_NOUNS = ("n", "i", "l")  # tags of nouns, names and set phrases
_YEAR = re.compile(r"(?:19|20)\d\d年?|大?前年|去年|上一?年|今年|本年|明年|后年|下一?年")
_LEAD = re.compile(
    r"^(?:那么|那(?![个种边里条些])|还有|另外|以及|至于|换成|改成|如果是|要是|然后|再|对|哦|嗯|好)[,，]?"
)
_TAIL = re.compile(
    r"(?:(?:又|也)?(?:是)?(?:怎么样|如何|什么情况|说说|讲讲|一样吗)|呢|(?<=的)|也一样吗|[?？!！。,，])+$"
)
_VAGUE = re.compile(r"(?:那边|这边|那个|这个|那种|这种|那块|这块|方面|那里|这里|的|又|也)+$")
# Words that say what is told of a thing, not which thing.
_BARE = wordlist("bare")
_ASPECTS = wordlist("aspects")
_PRONOUN = re.compile(
    r"(?:^|(?<=[,，。;；把被在从对给于跟和与]))"
    r"(?:[它他她](?:们)?(?:的|那边|这边)?|这(?:个|些|项|里|儿|家|条)?(?![么样回次年])"
    r"|那(?:个|些|项|里|儿|边|家|条)(?!时))|其中|里面|上述|该(?!怎|不)"
)
_ON = re.compile(r"^(?:还|也|又|都|其中|另外|除此)|别的|其他|其它")
_TWICE = re.compile("(目标|计划|增长|情况)的?\\1")
_ACROSS = re.compile(
    "哪[一两三几]?个?(?:省|市(?!场)|地方|地区)|哪[些几]个?(?:省|地)|各[省市地](?!级)|全国各"
    "|[的些]省(?:份|区)?(?:$|[?？有是])|[几两三四五六七八九十前]个?省"
)
_JOINT = re.compile(r"[和与及、]")
_MORE = re.compile(r"^还(?=[^,，]*哪)")
_ASKED = re.compile(
    r"(?:到底|一共|总共|大概|大约)?(?:要|会|能|有|是|达到)?(?:多少|几)(?:[个家条项座处所户套公里亿万元吨名位人次年月天块钱米亩]+)?|多[大长高久远重]"
    r"|什么(?:时候|样的?|情况|安排|名字|叫)?|啥|怎么(?:样|办|弄|搞)?|如何|哪[些个家里儿年天几]?|是否|是不是|有没有|[吗呢吧呀啊?？!！]"
)


def resolve(
    text: str, history: Sequence[Turn], lexicon: Lexicon, places: Sequence[Place] = ()
) -> str:
    """Return the question as it would stand alone; the same text when it does already.

    With reports of several `places`, one that names no place goes on about the place before.
    """
    told = ""
    for question in [*(turn.question for turn in history[-_TURNS:]), text]:
        before, told = told, _resolved(question, told, lexicon, places)
        told = _of_place(told, before, places) if len(places) > 1 else told
    return told


def _of_place(text: str, before: str, places: Sequence[Place]) -> str:
    """Return a question that names no place as one about the place of the question before."""
    named = mentions(before, places)
    if not named or mentions(text, places) or _ACROSS.search(text):
        return text
    return f"{before[named[0].start : named[-1].end]}{text}"


def _in_place(before: str, new: str, places: Sequence[Place]) -> str | None:
    """Return a question asked of another place, None when more than a place is new."""
    named, known = mentions(new, places), mentions(before, places)
    rest = without(new, named)
    if not named or _YEAR.sub("", rest).strip("和与跟、,，的呢 "):
        return None
    place = new[named[0].start : named[-1].end]
    told = (
        f"{before[: known[0].start]}{place}{before[known[-1].end :]}"
        if known
        else f"{place}{before}"
    )
    year = _YEAR.search(rest)
    return _in_year(told, year[0]) if year else told


def _resolved(text: str, before: str, lexicon: Lexicon, places: Sequence[Place]) -> str:
    """Return a question completed from the one before it."""
    if not before or _ACROSS.search(text) or asks_whole(text):  # 各省…, 哪个省…: asked of all
        return text
    said = _LEAD.sub("", plain(text))
    if elsewhere := _in_place(before, _thing(said), places):
        return elsewhere
    if mentions(said, places) and not said.rstrip("?？").endswith("呢"):
        return text  # whose it is, and what of it
    new = _thing(said)
    bare = _YEAR.sub("", _PRONOUN.sub("", said))
    meaning = [w for w in content_words(bare) if _tells(w, lexicon)] if bare.strip() else []
    if slot(said).kind == "topic" or said.rstrip("?？").endswith("呢"):
        year = _YEAR.search(said)
        if year and not meaning:
            return _in_year(before, year[0])
        if new in _BARE:
            return _told_otherwise(before, new)
        return _replaced(before, new, lexicon) if new else before
    if meaning and not _PRONOUN.search(said) and not _ON.search(said):
        return text
    if len(meaning) > 1 and not _PRONOUN.search(said) and not _MORE.match(said):
        return text
    return on_about(before, said)


def _tells(word: str, lexicon: Lexicon) -> bool:
    """Tell whether a word says what a question is about: a word of the documents, or any noun."""
    if word in GENERIC or word in _BARE or word in _ASPECTS or _YEAR.fullmatch(word):
        return False
    tagged: list[tuple[str, str]] = rjieba.tag(word)
    return word in lexicon or any(tag.startswith(_NOUNS) for _, tag in tagged)


def _thing(said: str) -> str:
    """Return what an elliptic question names: 供热 of 那供热的呢."""
    previous = None
    while previous != said:
        previous, said = said, _VAGUE.sub("", _TAIL.sub("", said))
    return said.strip(" ,，")


def _in_year(before: str, year: str) -> str:
    """Return a question asked of another year."""
    return _YEAR.sub(year, before, count=1) if _YEAR.search(before) else f"{year}{before}"


def _told_otherwise(before: str, new: str) -> str:
    """Return a question about the same thing with another word for what is told: 累计 for 新增."""
    told = plain(before)
    old = max((word for word in _BARE if word in told), key=len, default="")
    return told.replace(old, new, 1) if old else on_about(before, f"{new}多少")


def _replaced(before: str, new: str, lexicon: Lexicon) -> str:
    """Return the question before with its thing replaced by the new one.

    The end of the old name stays where the documents join it to the new one: 供水 for 燃气管网
    gives 供水管网.
    """
    told = plain(before)
    open_told = _ASKED.sub(lambda match: "," * len(match[0]), told)
    named = [_named(open_told, name.start, name.end) for name in names(open_told)]
    spans = [span for span in named if span[1] - span[0] > 1]
    if not spans:
        return f"{new},{before}"
    start, end = _with_joined(told, spans, max(spans, key=lambda s: s[1] - s[0]))
    old = told[start:end]
    kept = next((tail for tail in _tails(old) if new[-1] + tail[0] in lexicon), "")
    year = _YEAR.search(new)
    rest = _YEAR.sub("", told[:start]) if year else told[:start]
    completed = _TWICE.sub(r"\1", f"{rest}{new}{kept}{told[end:]}")
    return completed if kept else _unitless(completed)  # parks are not counted in kilometres


def _with_joined(
    told: str, spans: Sequence[tuple[int, int]], span: tuple[int, int]
) -> tuple[int, int]:
    """Return a name's offsets with those it is joined to by 和: both are replaced."""
    start, end = span
    for other in spans:
        if _JOINT.fullmatch(told, end, other[0]):
            end = other[1]
    for other in reversed(spans):
        if _JOINT.fullmatch(told, other[1], start):
            start = other[0]
    return start, end


def _unitless(asked: str) -> str:
    """Return a question for a figure without the unit it is to have."""
    at = _COUNT.search(asked)
    unit = unit_at(asked, at.end()) if at else None
    return f"{asked[: at.start()]}多少{asked[unit[1] :]}" if at and unit else asked


def _tails(name: str) -> list[str]:
    """Return what is left of a name when words are cut from its front, longest first."""
    tokens = rjieba.cut(name)
    return ["".join(tokens[k:]) for k in range(1, len(tokens))]


def _named(told: str, start: int, end: int) -> tuple[int, int]:
    """Return a name's offsets without asking and generic words at its ends."""
    piece = told[start:end]
    for word in (*rjieba.cut(piece), *_ASKED.findall(piece)):
        if word and (word in GENERIC or _YEAR.fullmatch(word) or _ASKED.fullmatch(word)):
            if piece.startswith(word):
                start, piece = start + len(word), piece[len(word) :]
            elif piece.endswith(word):
                end, piece = end - len(word), piece[: -len(word)]
    return start, end


def on_about(before: str, said: str) -> str:
    """Return a question about the thing of the one before."""
    told = plain(before)
    open_told = _ASKED.sub(lambda match: "," * len(match[0]), told)
    named = [_named(open_told, name.start, name.end) for name in names(open_told)]
    thing = " ".join(told[start:end] for start, end in named if end - start > 1)
    thing = thing or " ".join(open_told.replace(",", " ").split())
    if _YEAR.search(said):
        thing = _YEAR.sub("", thing)
    if any(word in said for word in _BARE):  # 新增多少家？累计多少家？
        thing = re.sub("|".join(_BARE), "", thing)
    asked = _PRONOUN.sub("", said, count=1).strip(" ,，")
    return f"{thing.strip(' ,，')},{asked}"
