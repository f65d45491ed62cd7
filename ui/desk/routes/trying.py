"""A question asked at the desk, with each step from its words to the answer."""

from threading import Lock

from fastapi import APIRouter, Request
from fastapi.responses import Response

from corpus.errors import JinwenError
from rag.answerability import calibration
from ui.desk.desk import Desk
from ui.desk.door import Reader, TheDesk
from ui.desk.failures import told
from ui.desk.kinds import KINDS
from ui.desk.pages import page
from ui.explained import Explained, explain

_ONE = Lock()  # one question at a time, so that visitors are served meanwhile
_WAIT_SECONDS = 5.0

router = APIRouter(prefix="/try")


@router.get("")
def trying(request: Request, desk: TheDesk, who: Reader) -> Response:
    """Show the box, and the steps for the question in the address, if there is one."""
    question = request.query_params.get("q", "")
    steps, error, status = None, "", 200
    if question:
        try:
            steps = _steps(desk, question)
        except JinwenError as failed:
            status, error = told(failed)
    return page(
        request, "try.html", who, status, error=error, question=question, steps=steps, kinds=KINDS
    )


def _steps(desk: Desk, question: str) -> Explained:
    """Return the steps; one version of the index serves all of them, and no language model."""
    if not _ONE.acquire(timeout=_WAIT_SECONDS):
        raise JinwenError("别人正在试问，请过几秒再试")
    try:
        searcher = desk.assembly.searcher()
        assistant = desk.assembly.assistant_of(lambda: searcher, generate=False)
        answer = assistant.ask(question)
        readings = [] if answer.refusal == "unsafe" else assistant.readings(question)
        return explain(readings, answer, calibration())
    finally:
        _ONE.release()
