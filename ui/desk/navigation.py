"""The pages of the desk that can be gone to from everywhere, and who sees them."""

from dataclasses import dataclass

from ui.desk.roles import Role


@dataclass(frozen=True, slots=True)
class Place:
    """A page by its path under /desk; pages below it belong to it."""

    path: str
    label: str
    least: Role = Role.READER


PLACES = (
    Place("/documents", "文档"),
    Place("/uploads", "上传"),
    Place("/versions", "版本"),
    Place("/asked", "提问", Role.EDITOR),
    Place("/try", "试问"),
    Place("/site", "设置", Role.ADMIN),
    Place("/people", "人员", Role.ADMIN),
    Place("/audit", "操作记录", Role.ADMIN),
    Place("/password", "我的密码"),
)


def places_for(role: Role) -> list[Place]:
    """Return the pages that a role may open, in order."""
    return [place for place in PLACES if role.may(place.least)]
