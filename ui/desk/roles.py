"""What somebody may do at the desk: look, change documents, look after people."""

from enum import StrEnum


class Role(StrEnum):
    """Each may what the one before may: a reader looks, an editor changes, an admin runs."""

    READER = "reader"
    EDITOR = "editor"
    ADMIN = "admin"

    def may(self, least: "Role") -> bool:
        """Tell whether this role is enough where `least` is asked for."""
        ranks = list(Role)
        return ranks.index(self) >= ranks.index(least)

    @property
    def label(self) -> str:
        """Return the role's name in Chinese."""
        return _LABELS[self]


_LABELS = {Role.READER: "只看", Role.EDITOR: "编辑", Role.ADMIN: "管理员"}
