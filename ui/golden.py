"""Answers to the same questions from each version of the index: what a change did to them.

The questions are the cases kept in the home, the site's first ones and those of the shipped report.
"""

from dataclasses import dataclass, replace
from threading import Lock, Thread, main_thread

from corpus.errors import InputError, JinwenError
from corpus.library import example_questions, shipped
from index.search import Searcher
from rag.assembly import Assembly
from ui.answerfile import AnswerFile, Told
from ui.cases import CaseFile
from ui.site import SiteFile

MOST = 200
_SAVED_EVERY = 20


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the work on two versions has come; `fault` says why it stopped."""

    before: str
    after: str
    done: int = 0
    total: int = 0
    running: bool = True
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """What is known of two versions: (question, before, after) where they differ.

    `same` are the questions they answer alike, `lacking` those not asked of both yet.
    """

    differing: tuple[tuple[str, Told, Told], ...]
    same: int
    lacking: int


class Golden:
    """Asks the questions, for one pair of versions at a time, beside everything else."""

    def __init__(self, assembly: Assembly) -> None:
        self._assembly, self._lock = assembly, Lock()
        self._file = AnswerFile(assembly.config)
        self._progress: Progress | None = None

    def questions(self, version: str) -> list[str]:
        """Return the questions that are asked, each once; those of the shipped report if it is in.

        Raises StoreError when the version cannot be read.
        """
        home = self._assembly.config.home
        known = self._assembly.store.listed_documents(version)
        ours = example_questions() if any(d.id in known for d in shipped()) else []
        kept = [*CaseFile(home).questions(), *SiteFile(home).site.examples, *ours]
        return list(dict.fromkeys(kept))[:MOST]

    def compared(self, before: str, after: str) -> Compared:
        """Return what is known of two versions; raises StoreError when one cannot be read."""
        questions = self.questions(after)
        old, new = self._file.told(before), self._file.told(after)
        both = [(q, old[q], new[q]) for q in questions if q in old and q in new]
        differing = tuple(pair for pair in both if pair[1] != pair[2])
        return Compared(differing, len(both) - len(differing), len(questions) - len(both))

    def progress(self, before: str, after: str) -> Progress | None:
        """Return how far the work on a pair has come, None if this service did not begin it."""
        found = self._progress
        return found if found and (found.before, found.after) == (before, after) else None

    def begin(self, before: str, after: str) -> Thread:
        """Begin to ask what is not known yet; raises InputError while others are worked on."""
        with self._lock:
            if self._progress and self._progress.running:
                raise InputError("正在比较两个版本的答案，请等它结束后再试")
            self._progress = Progress(before, after)
        # No daemon: one that is cut off in the middle of a model's work aborts the process.
        worker = Thread(target=self._work, args=(self._progress,))
        worker.start()
        return worker

    def _work(self, progress: Progress) -> None:
        fault = ""
        try:
            questions = self.questions(progress.after)
            pair = (progress.before, progress.after)
            lacking = {v: self._lacking(v, questions) for v in dict.fromkeys(pair)}
            self._progress = replace(progress, total=sum(map(len, lacking.values())))
            for version, asked in lacking.items():
                self._ask(version, asked)
            self._file.clear(self._assembly.store.names())
        except JinwenError as error:
            fault = str(error)
        except OSError as error:
            fault = f"没能保存答案（{error.strerror}），请检查磁盘空间后再试"
        finally:
            self._progress = replace(self._progress or progress, running=False, fault=fault)

    def _lacking(self, version: str, questions: list[str]) -> list[str]:
        known = self._file.told(version)
        return [question for question in questions if question not in known]

    def _ask(self, version: str, questions: list[str]) -> None:
        """Ask one version; it is opened beside the one in use, and left when all is asked."""
        if not questions:
            return
        contents = self._assembly.store.open(version)
        searcher = Searcher(contents, self._assembly.embedder())
        assistant = self._assembly.assistant_of(lambda: searcher, generate=False)
        known = self._file.told(version)
        for number, question in enumerate(questions, start=1):
            if not main_thread().is_alive():
                break
            answer = assistant.ask(question)
            known[question] = Told(answer.answered, answer.answer)
            if self._progress:
                self._progress = replace(self._progress, done=self._progress.done + 1)
            if number % _SAVED_EVERY == 0:
                self._file.save(version, known)
        self._file.save(version, known)
