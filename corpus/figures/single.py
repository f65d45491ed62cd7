"""Any single figure at a place in plain text: ordinal, date, label, share, count."""

import re
from dataclasses import replace
from decimal import Decimal

from corpus.figures.counts import Figure, count
from corpus.figures.dates import date_at
from corpus.figures.labels import label_at
from corpus.figures.numerals import numeral_at
from corpus.figures.units import unit_at

_NOT_ORDINAL = re.compile("第(?:三(?:方(?!面)|者|国)|一(?:时间|手|线))")
_HALF = re.compile("一半(?!天)|[过近超]半数?(?![年天个小百径])|半数")
_RATIO = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?[:比] ?([0-9]+(?:\.[0-9]+)?)(?![0-9.:])")
_SLASHED = re.compile("([1-9])/(10|[2-9])(?![0-9/])")
_SIGN = re.compile("负|零下|[-−±]")


def single(text: str, at: int, floor: int = 0) -> Figure | None:
    """Return the figure whose number begins at `at` in plain text, ranges not joined, or None.

    A word that belongs to it may stand before `at`, as far back as `floor`.
    """
    if text[at] == "第":
        return _ordinal(text, at)
    if text.startswith("首届", at):
        return Figure(at, at + 2, "ordinal", Decimal(1), "届")
    if sign := _SIGN.match(text, at):
        return _signed(text, at, sign)
    if date := date_at(text, at, floor):
        return Figure(date.start, date.end, "date", date.value, date.unit)
    if label := label_at(text, at, floor):
        return Figure(label.start, label.end, "label", label.value, label.name)
    return _share(text, at) or count(text, at, floor)


def _ordinal(text: str, at: int) -> Figure | None:
    numeral = numeral_at(text, at + 1)
    if not numeral or numeral.form not in ("arabic", "han") or _NOT_ORDINAL.match(text, at):
        return None
    found = unit_at(text, numeral.end)
    unit, end = (found[0].name, found[1]) if found else ("", numeral.end)
    return Figure(at, end, "ordinal", numeral.value, unit, numeral=text[at + 1 : numeral.end])


def _signed(text: str, at: int, sign: re.Match[str]) -> Figure | None:
    figure = count(text, sign.end(), sign.end()) if sign.end() < len(text) else None
    # A hyphen before a number is a minus for shares and temperatures only.
    minus = figure and (figure.kind == "ratio" or figure.unit in ("摄氏度", "度"))
    if not figure or figure.value is None or (sign.group() in "-−" and not minus):
        return None
    if sign.group() == "±":
        return replace(figure, start=at, attached="±")
    return replace(figure, start=at, value=-figure.value)


def _share(text: str, at: int) -> Figure | None:
    """Return a share that is written in words or as a proportion: 百分之五, 三分之二, 过半, 1:7."""
    if half := _HALF.match(text, at):
        mark = half.group()[0] if half.group()[0] in "过近超" else ""
        return Figure(at, half.end(), "ratio", Decimal(50), "%", attached=mark)
    if text.startswith("百分百", at):
        return Figure(at, at + 3, "ratio", Decimal(100), "%")
    if ratio := _RATIO.match(text, at):
        left, right = map(Decimal, ratio.groups())
        return Figure(at, ratio.end(), "ratio", left, "比", right)
    if slashed := _SLASHED.match(text, at):
        share = Decimal(slashed[1]) * 100 / Decimal(slashed[2])
        return Figure(at, slashed.end(), "ratio", share, "%")
    whole = numeral_at(text, at)
    if not whole or not whole.value or not text.startswith("分之", whole.end):
        return None
    part = numeral_at(text, whole.end + 2)
    if not part or part.form == "several":
        return None
    share = part.value * 100 / whole.value
    return Figure(at, part.end, "ratio", share, "%", numeral=text[whole.end + 2 : part.end])
