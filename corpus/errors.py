"""Every error the product raises on purpose.

    JinwenError
    ├── InputError      what was asked or pasted cannot be worked on
    ├── CorpusError     a document cannot be read or found
    ├── StoreError      the index is missing, damaged, busy or of another make
    │   ├── BusyError       another program is writing it
    │   ├── NewerError      a newer program made it
    │   └── UnreadableError the disk does not give a file of it
    └── ModelError      an embedding or language model cannot be found, prepared or run
        └── NotYetError     one that is still being loaded

Messages are one Chinese line for the person at the keyboard and end with the next action.
They are caught at the edges only: command line, web page, HTTP API.
"""


class JinwenError(Exception):
    """The root: whatever derives from it is shown to people as it stands."""


class InputError(JinwenError):
    """A question or a text that cannot be worked on."""


class CorpusError(JinwenError):
    """A document that cannot be read or found."""


class StoreError(JinwenError):
    """An index that is missing, damaged, busy or does not fit."""


class BusyError(StoreError):
    """An index that another program is writing: the next try may succeed."""


class NewerError(StoreError):
    """An index that a newer program made: this one must not write over it."""


class UnreadableError(StoreError):
    """A file of the index that the disk does not give: it may be whole, and there the next time."""


class ModelError(JinwenError):
    """An embedding or language model that cannot be found, prepared or run."""


class NotYetError(ModelError):
    """A model that is still being loaded: the next question may find it ready."""
