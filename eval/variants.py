"""The same question in other forms: a slip of the keyboard, Traditional script, keywords alone.

Variants are made by rule from a case, the same ones every time, and keep its answers.
"""

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache

import rjieba
from opencc import OpenCC
from pypinyin.constants import PINYIN_DICT
from pypinyin.contrib.tone_convert import to_normal

from eval.cases import Case

_SIMPLE_KINDS = ("figure", "name", "list", "policy")  # others live by their form
_CONTENT = ("n", "v", "a", "j", "l", "i", "eng", "b")  # part-of-speech tags of jieba
_EMPTY_WORDS = {"是", "有", "叫", "说", "打算", "准备", "计划", "要", "会", "能", "想", "请问"}
_COMMON = range(0xB0, 0xD8)  # first bytes of the 3,755 common characters of GB 2312


def robust(cases: Sequence[Case]) -> list[Case]:
    """Return the plain answerable questions in four forms; the form is the kind."""
    plain = [c for c in cases if c.answerable and c.kind in _SIMPLE_KINDS]
    forms: dict[str, Callable[[str], str]] = {
        "as asked": str,
        "typed": slipped,
        "traditional": traditional,
        "keywords": keywords,
    }
    return [
        replace(case, id=f"{case.id}/{kind}", kind=kind, question=form(case.question))
        for kind, form in forms.items()
        for case in plain
    ]


def slipped(question: str) -> str:
    """Return the question with one character replaced by another of the same sound."""
    chance = random.Random(question)
    places = [i for i, char in enumerate(question) if len(_same_sound(char)) > 1]
    if not places:
        return question
    at = chance.choice(places)
    other = chance.choice([c for c in _same_sound(question[at]) if c != question[at]])
    return question[:at] + other + question[at + 1 :]


def traditional(question: str) -> str:
    """Return the question in Traditional script, with the words of Taiwan."""
    return str(OpenCC("s2twp").convert(question))


def keywords(question: str) -> str:
    """Return the words of the question that carry meaning, with blanks between them."""
    kept = [w for w, tag in _tagged(question) if tag.startswith(_CONTENT) and w not in _EMPTY_WORDS]
    return " ".join(kept) or question


def _tagged(text: str) -> Iterable[tuple[str, str]]:
    tagged: list[tuple[str, str]] = rjieba.tag(text)
    return tagged


def _same_sound(char: str) -> list[str]:
    by_sound, sound_of = _sounds()
    return by_sound.get(sound_of.get(char, ""), [])


@cache
def _sounds() -> tuple[dict[str, list[str]], dict[str, str]]:
    """Return common characters by their usual sound without tone, and each one's sound."""
    by_sound: dict[str, list[str]] = defaultdict(list)
    sound_of: dict[str, str] = {}
    for code, readings in PINYIN_DICT.items():
        char = chr(code)
        coded = char.encode("gb2312", errors="ignore")
        if coded and coded[0] in _COMMON:
            sound_of[char] = to_normal(readings.split(",")[0])
            by_sound[sound_of[char]].append(char)
    return by_sound, sound_of
