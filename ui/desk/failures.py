"""What is told, and with which status, where a form could not be taken: it is shown again."""

from corpus.errors import CorpusError, InputError, JinwenError
from ui.site import ChangedError

Failure = JinwenError | OSError
FAILURES = (JinwenError, OSError)
_STATUS: dict[type[Exception], int] = {
    InputError: 422, ChangedError: 409, CorpusError: 404, OSError: 507,
}  # fmt: skip


def told(error: Failure) -> tuple[int, str]:
    """Return the status and the line of an error; 503 for what is no fault of the form."""
    status = next((s for kind, s in _STATUS.items() if isinstance(error, kind)), 503)
    if isinstance(error, OSError):
        return status, f"没能保存（{error.strerror}），请检查磁盘空间和权限后再试；问答不受影响"
    return status, str(error)
