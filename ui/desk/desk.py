"""What every page of the desk is given."""

import time
from collections.abc import Callable

from rag.assembly import Assembly
from ui.desk.accounts import Accounts
from ui.desk.database import NAME, Database
from ui.desk.entry import Entry
from ui.golden import Golden


class Desk:
    """The home's documents, the people and the door; `root` is the path that pages begin with."""

    def __init__(
        self, assembly: Assembly, root_path: str = "", clock: Callable[[], float] = time.time
    ) -> None:
        self.assembly, self.clock = assembly, clock
        self.root = f"{root_path}/desk"
        self.database = Database(assembly.config.home / NAME)
        self.accounts = Accounts(self.database, clock)
        self.entry = Entry(self.database, clock)
        self.golden = Golden(assembly)
