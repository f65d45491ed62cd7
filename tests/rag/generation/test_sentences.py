from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.generation.sentences import Sentence, Splitter


def split(*pieces: str) -> list[Sentence]:
    splitter = Splitter()
    found = [sentence for piece in pieces for sentence in splitter.feed(piece)]
    return [*found, *splitter.close()]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("甲事[1]。乙事[2]。", [("甲事。", (1,)), ("乙事。", (2,))]),
        ("甲事。[1]乙事。[2][3]", [("甲事。", (1,)), ("乙事。", (2, 3))]),
        ("甲事【1】。乙事［2，3］。", [("甲事。", (1,)), ("乙事。", (2, 3))]),
        ("甲事[资料1]。", [("甲事。", (1,))]),
        ("1. 甲事[1]\n2. 乙事[2]\n", [("甲事", (1,)), ("乙事", (2,))]),
        ("- **甲**事[1]", [("甲事", (1,))]),
        ("他说“好。”[1]又说别的[2]。", [("他说“好。”", (1,)), ("又说别的。", (2,))]),
        ("甲[1]乙[1]。", [("甲乙。", (1,))]),
        ("甲事", [("甲事", ())]),
        ("……\n\n", []),
        ("占比3.5%[1]。", [("占比3.5%。", (1,))]),
        ("甲事[**1**]。", [("甲事。", (1,))]),
        ("甲事[**30**][1]。", [("甲事。", (30, 1))]),
        ("3.5亿元用于改造[1]。", [("3.5亿元用于改造。", (1,))]),
        ("-5.2%[1]。\n- 3家[1]", [("-5.2%。", (1,)), ("3家", (1,))]),
        ("甲事。\n[1]\n又", [("甲事。", (1,)), ("又", ())]),
        ("<think>先想[1]。</think>甲事[1]。", [("甲事。", (1,))]),
    ],
)  # fmt: skip
def test_a_text_is_taken_apart_into_sentences_with_their_marks(
    text: str, sentences: list[tuple[str, tuple[int, ...]]]
) -> None:
    assert split(text) == [Sentence(*told) for told in sentences]
    assert split(*text) == split(text)  # however it comes in


def test_a_sentence_is_given_as_soon_as_the_next_begins() -> None:
    splitter = Splitter()
    assert list(splitter.feed("甲事[1]。")) == []  # a mark may still follow
    assert list(splitter.feed("乙")) == [Sentence("甲事。", (1,))]


def test_hidden_characters_are_taken_out() -> None:
    assert split("甲\u202e乙\u200b丙\x00[1]。") == [Sentence("甲乙丙。", (1,))]


@pytest.mark.parametrize(
    "text",
    [" " * 4000 + "[" + " " * 4000 + "。", "！" * 8000, "[" + " " * 8000, "[1" * 4000, "**" * 4000,
     "。[1" * 2500, "1、" * 4000],
    ids=["blanks", "end marks", "a bracket", "brackets", "bold", "half marks", "numbers"],
)  # fmt: skip
def test_nothing_makes_the_patterns_try_for_ever(text: str) -> None:
    start = process_time()
    list(split(text))
    list(split(*text))
    assert process_time() - start < 5  # with patterns that try again it took minutes


def test_what_has_no_end_is_cut() -> None:
    found = split("甲" * 1000)
    assert [len(sentence.text) for sentence in found] == [400, 400, 200]


@given(st.text(alphabet="甲1。！\n[]【】“”<>think/-*. ", max_size=60))
def test_how_a_text_is_cut_into_pieces_changes_nothing(text: str) -> None:
    assert split(*text) == split(text)
