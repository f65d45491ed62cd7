"""A wording check as HTML: verdict, where it stands, and what differs. All text is escaped."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from html import escape
from urllib.parse import quote

from rag.wording.checks import Check, Diff, Match, Verdict

NAMES: dict[Verdict, str] = {
    "exact": "一字不差", "exact_ignoring_punctuation": "仅标点空格不同",
    "changed": "有出入", "absent": "查无此句",
}  # fmt: skip


def report(check: Check, version: str, now: datetime) -> str:
    """Return the check of a paste, fit to be printed: the whole, then each sentence."""
    counts = Counter(NAMES[part.verdict] for part in check.parts)
    summary = "，".join(f"{count} 句{name}" for name, count in counts.items())
    total = f"<p>共 {len(check.parts)} 句：{summary}。</p>" if summary else ""
    parts = "".join(f"<li>{_one(part)}</li>" for part in check.parts)
    return (
        "<section id='jw-check' aria-live='polite'>"
        f"<h2>核对结果：{_badge(check.verdict)}</h2>{total}"
        f"{_notes(check)}{f'<ol>{parts}</ol>' if parts else _one(check)}"
        f"<p class='jw-quiet'>核对时间 {now:%Y-%m-%d %H:%M}，索引版本 {escape(version)}。"
        "红色为重要差别：数字、单位、范围、否定或政策动词。以官方发布的文本为准。</p></section>"
    )


def _one(check: Check) -> str:
    shown = check.matches[:1] if check.verdict == "absent" else check.matches
    places = "".join(_place(check.verdict, match) for match in shown)
    return f"<p>{_badge(check.verdict)} {escape(check.text)}</p>{_notes(check)}{places}"


def _notes(check: Check) -> str:
    return "".join(f"<p class='jw-quiet'>{escape(note)}</p>" for note in check.notes)


def _place(verdict: Verdict, match: Match) -> str:
    address = f"{quote(match.document_id, safe='')}:{match.start}:{match.end}"
    where = " · ".join((match.title, *match.section))
    told = "".join(_steps(match.diff)) if verdict == "changed" else escape(match.quote)
    said = {"changed": "差别", "absent": "最接近的原文"}.get(verdict, "原文")
    return (
        f"<blockquote><p><span class='jw-quiet'>{said}：</span>{told}</p>"
        f"<p class='jw-quiet'>{escape(where)}（第 {match.start + 1}—{match.end} 字） "
        f"<a href='#cite={address}'>看原文</a> <a href='#copy={address}'>复制引文</a></p>"
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
