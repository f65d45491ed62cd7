"""What every page of the desk is given."""

import time
from collections.abc import Callable
from contextlib import suppress
from threading import Lock

from filelock import FileLock

from corpus.errors import StoreError
from rag.assembly import Assembly
from ui.asked import asked_of
from ui.desk import audit
from ui.desk.accounts import Accounts
from ui.desk.clock import stamp
from ui.desk.entry import Entry
from ui.desk.incoming import Incoming
from ui.desk.jobs import Jobs
from ui.desk.keys import Keys
from ui.desk.sessions import Who
from ui.desk.worker import Worker
from ui.golden import Golden
from ui.judgements import feedback_of
from ui.ledger import Connection, ledger
from ui.ledger.database import NAME, Database


class Desk:
    """The home's documents, the people and the door; `root` is the path that pages begin with.

    What people share is in `database`, the jobs in the home's own file; see `ledger`.
    """

    def __init__(
        self, assembly: Assembly, root_path: str = "", clock: Callable[[], float] = time.time
    ) -> None:
        self.assembly, self.clock = assembly, clock
        self.root = f"{root_path}/desk"
        own = Database(assembly.config.home / NAME)
        self.database = ledger(own, assembly.config.database_url)
        self.accounts = Accounts(self.database, clock)
        self.entry = Entry(self.database, clock)
        self.keys = Keys(self.database, clock)
        self.asked, self.feedback = asked_of(assembly.config), feedback_of(assembly.config)
        self.golden = Golden(assembly)
        self.jobs = Jobs(own, self.database, clock)
        self.incoming = Incoming(assembly.config.home)
        self.worker = Worker(assembly, self.jobs, self.incoming)
        self._settling, self._left_open = Lock(), False
        # Held from looking at a document's facts to having set them, by one thread of one server.
        self.changing = FileLock(assembly.config.home / "desk" / "changing.lock")

    def record(
        self, connection: Connection, who: Who, action: str, subject: str, outcome: str = "成功"
    ) -> None:
        """Write down what somebody does now, in the transaction of what it tells of."""
        audit.record(connection, stamp(self.clock()), who.name, action, subject, outcome)

    def open(self) -> None:
        """Begin to serve; the assembly's end is the desk's. Of what fails the pages tell."""
        self._left_open = True
        self.assembly.before_close(self.close)
        with suppress(OSError):
            self.incoming.open()
        with suppress(StoreError):
            self.settle()

    def settle(self) -> None:
        """Note that jobs of servers that are gone are interrupted, once it can be noted."""
        with self._settling:
            if self._left_open:
                self.jobs.interrupt(self.incoming.is_left)
                self._left_open = False

    def close(self) -> None:
        """Leave the jobs, and use this home no more."""
        self.worker.leave()
        self.incoming.leave()
