"""A wording check as HTML: verdict, where it stands, and what differs. All text is escaped."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from html import escape

from rag.wording.checks import NAMES, Check, Diff, Match, Verdict
from ui.web import links


def report(check: Check, version: str, now: datetime) -> str:
    """Return the check of a paste, fit to be printed: the whole, then each sentence."""
    summary = check.counted()
    total = f"<p>{summary}。</p>" if summary else ""
    parts = "".join(f"<li>{_one(part)}</li>" for part in check.parts)
    return (
        "<section id='jw-check' aria-live='polite'>"
        f"<h2>核对结果：{_badge(check.verdict)}</h2>{total}"
        f"{_notes(check)}{f'<ol>{parts}</ol>' if parts else _one(check)}"
        f"<p class='jw-quiet'>核对时间 {now:%Y-%m-%d %H:%M}，索引版本 {escape(version)}。"
        "红色为重要差别：数字、单位、范围、否定或政策动词。以官方发布的文本为准。</p></section>"
    )


def _one(check: Check) -> str:
    shown = check.shown()[: 1 if check.verdict == "absent" else None]
    places = "".join(_place(check.verdict, match) for match in shown)
    return f"<p>{_badge(check.verdict)} {escape(check.text)}</p>{_notes(check)}{places}"


def _notes(check: Check) -> str:
    return "".join(f"<p class='jw-quiet'>{escape(note)}</p>" for note in check.notes)


def _place(verdict: Verdict, match: Match) -> str:
    place = (match.document_id, match.start, match.end)
    differs = verdict == "changed" and match.differs
    told = "".join(_steps(match.diff)) if differs else escape(match.quote)
    said = "差别" if differs else "最接近的原文" if verdict == "absent" else "原文"
    copied = f" {match.copied}" if match.copied else ""
    return (
        f"<blockquote><p><span class='jw-quiet'>{said}：</span>{told}</p>"
        f"<p class='jw-quiet'>{escape(match.place)}{copied} "
        f"<a href='{links.cite(*place)}'>看原文</a> <a href='{links.copy(*place)}'>复制引文</a></p>"
        "</blockquote>"
    )


def _steps(diff: Sequence[Diff]) -> Iterator[str]:
    """Yield the paste with what it left out struck through and what it put in underlined."""
    for step in diff:
        if step.op == "equal":
            yield escape(step.pasted)
            continue
        kind = " class='jw-grave'" if step.grave else ""
        if step.source:
            yield f"<del{kind} title='原文'>{escape(step.source)}</del>"
        if step.pasted:
            yield f"<ins{kind} title='所贴文字'>{escape(step.pasted)}</ins>"


def _badge(verdict: Verdict) -> str:
    return f"<span class='jw-label jw-{verdict.replace('_', '-')}'>{NAMES[verdict]}</span>"
