"""Times: kept in UTC, shown as China's clocks show them."""

from datetime import UTC, datetime, timedelta, timezone

_CHINA = timezone(timedelta(hours=8))


def stamp(seconds: float) -> str:
    """Return a time, in seconds since 1970, as ISO text in UTC."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")


def shown(iso: str) -> str:
    """Return such a text as 2026-01-26 09:30 in China's time, "" for ""."""
    return datetime.fromisoformat(iso).astimezone(_CHINA).strftime("%Y-%m-%d %H:%M") if iso else ""
