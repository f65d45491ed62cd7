"""Signs that Word writes by their place in a font of pictures."""

import re

_SYMBOL = {0xA3: "≤", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈",
           0x6D: "μ", 0xB7: "•", 0xA5: "∞", 0xAE: "→", 0xD0: "∠", 0xE5: "∑"}  # fmt: skip
_WINGDINGS = {0x6C: "●", 0x6E: "■", 0x75: "◆", 0xA8: "□", 0xFC: "✓", 0xFB: "✗", 0xFE: "☑",
              0xFD: "☒", 0x6F: "□", 0xA1: "○", 0xD8: "➢", 0xE0: "→", 0xAB: "★"}  # fmt: skip
_FONTS = {"Symbol": _SYMBOL, "Wingdings": _WINGDINGS}
_PRIVATE = range(0xF000, 0xF100)  # where the fonts' own places are counted from


def sign(font: str, code: str) -> str:
    """Return the character of a w:sym, its place in hexadecimal; '' for one not known."""
    place = int(code, 16) if re.fullmatch("[0-9A-Fa-f]{1,4}", code) else 0
    if font in _FONTS or place in _PRIVATE:
        return _FONTS.get(font, {}).get(place & 0xFF, "")
    return chr(place) if place else ""
