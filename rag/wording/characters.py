"""What a character is to a reader of words: its plain shape, and whether it is word, mark or blank.

Everything here works character by character, so that offsets stay what they are.
"""

import unicodedata
from functools import lru_cache

from index.folding import simplified

DASHES = "-‐‑‒–—―−~∼〜"
_ZERO_WIDTH = {*map(chr, (0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF)),
               *map(chr, range(0xFE00, 0xFE10)), *map(chr, range(0xE0100, 0xE01F0))}  # fmt: skip
_WORDS = set("%‰‱&@/′″")  # punctuation to Unicode
_MARKS = set("●■◆▪◾▶►➢➤★☆□◇\uf0b7\uf06c\uf0d8|`^¯´¨~∼<>")  # symbols to Unicode
_ONE_SHAPE = {"∶": ":", "○": "〇"}  # a ratio's colon; the circle typed for a zero
_TRADITIONAL_SHARE = 0.1  # of the characters; Traditional script has a third
_CACHED = 1 << 16


def narrow(text: str) -> str:
    """Return the text in half-width and with plain Han for look-alikes.

    Unlike NFKC it changes no length and no meaning: ² and ① stay what they are.
    """
    return text.translate({ord(c): _narrow(c) for c in set(text) if not c.isascii()})


def in_simplified(text: str, *, single: bool) -> tuple[str, bool]:
    """Return the text in Simplified script, and whether it was in Traditional.

    A text in Simplified script is left as it is, or nothing could tell 著 and 着 apart in it any
    more; `single` characters that only Traditional script has are folded if asked for.
    """
    plain = {c: _plain(c) for c in set(text)}
    folded = [c for c, simple in plain.items() if c != simple]
    if sum(map(text.count, folded)) > _TRADITIONAL_SHARE * len(text):
        return simplified(text), True
    return (text.translate({ord(c): plain[c] for c in folded}) if single else text), False


@lru_cache(_CACHED)
def is_word(character: str) -> bool:
    """Tell whether a character counts as a word or a part of one: Han, letters, figures, %."""
    if character in _WORDS:
        return True
    if character in _MARKS or is_blank(character):
        return False
    return unicodedata.category(character)[0] != "P"


def is_mark(character: str) -> bool:
    """Tell whether a character is punctuation: neither a word character nor a blank."""
    return not is_word(character) and not is_blank(character)


def hugs(marks: str) -> bool:
    """Tell whether marks only open or only close a quotation or a bracket."""
    kinds = {unicodedata.category(mark) for mark in marks}
    return kinds <= {"Ps", "Pi"} or kinds <= {"Pe", "Pf"}


@lru_cache(_CACHED)
def parts(character: str) -> bool:
    """Tell whether a character, in whatever width, is punctuation."""
    return is_mark(_narrow(character))


def is_blank(character: str) -> bool:
    """Tell whether a character shows nothing."""
    # Control characters come out of PDF files where a blank or a hyphenation was, and half of a
    # surrogate pair out of broken decoding.
    shown = not character.isspace() and character not in _ZERO_WIDTH
    return not shown or unicodedata.category(character) in ("Cc", "Cs")


@lru_cache(_CACHED)
def _narrow(character: str) -> str:
    if character in _ONE_SHAPE:
        return _ONE_SHAPE[character]
    form = unicodedata.normalize("NFKC", character)
    if len(form) != 1 or form == character:
        return character
    how = unicodedata.decomposition(character).split(" ")[0]
    look_alike = how in ("<wide>", "<narrow>") or "\u2e80" <= character <= "\u2fdf"
    return form if look_alike or not how.startswith("<") else character


@lru_cache(_CACHED)
def _plain(character: str) -> str:
    """Return the Simplified form of what only Traditional script has; GB 2312 has no such thing."""
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return simplified(character) if "\u3400" <= character <= "\u9fff" else character
    return character
