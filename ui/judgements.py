"""Feedback where it is kept: in the home, or for machines that share one index in its database."""

from collections.abc import Iterator

from corpus.errors import CorpusError
from rag.assembly import Config
from rag.feedback import Feedback, FeedbackFile, Judgements, sound
from ui.ledger import visitors

_SECONDS = 3.0  # that a visitor waits for others' judgements


class SharedFeedback:
    """Feedback in the shared database: a row a judgement, its place the id of the row."""

    def __init__(self, url: str) -> None:
        self._shared = visitors(url)

    def append(self, feedback: Feedback) -> None:
        """Keep a judgement; one at a time, so that none comes in before what was heard already."""
        with self._shared.beside(_SECONDS) as connection:
            connection.execute("LOCK TABLE feedback IN SHARE ROW EXCLUSIVE MODE")
            connection.execute("INSERT INTO feedback (line) VALUES (?)", (feedback.line,))

    def __iter__(self) -> Iterator[Feedback]:
        """Yield the judgements, oldest first; raises CorpusError naming a row that is none."""
        for number, line in self._rows(0):
            try:
                yield Feedback.of(line)
            except (ValueError, TypeError, KeyError) as error:
                raise CorpusError(
                    f"共用数据库的表 desk.feedback 里 id 为 {number} 的行不是反馈记录，请删去后重试"
                ) from error

    def since(self, start: int) -> tuple[list[Feedback], int]:
        """Return the judgements behind the row `start`, and the id of the last row."""
        rows = self._rows(start)
        return sound(line for _, line in rows), rows[-1][0] if rows else start

    def _rows(self, start: int) -> list[tuple[int, str]]:
        with self._shared.reading() as connection:
            rows = connection.execute(
                "SELECT id, line FROM feedback WHERE id > ? ORDER BY id", (start,)
            )
            return [(number, line) for number, line in rows]


def feedback_of(config: Config) -> Judgements:
    """Return the feedback of a home; raises StoreError where its database cannot be one."""
    if config.database_url:
        return SharedFeedback(config.database_url)
    return FeedbackFile.of(config.home)
