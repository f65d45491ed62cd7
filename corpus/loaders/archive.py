"""Office files are ZIP archives: how much may come out of one."""

import zipfile
from io import BytesIO

_MAX_UNPACKED = 200_000_000
_CHUNK = 1 << 20


def check(data: bytes) -> None:
    """Raise ValueError for an archive that unpacks to over 200 MB, whatever sizes it states."""
    left = _MAX_UNPACKED
    with zipfile.ZipFile(BytesIO(data)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > left:
            raise ValueError("the archive unpacks to too much")
        for entry in archive.infolist():
            with archive.open(entry) as part:
                while read := len(part.read(_CHUNK)):
                    left -= read
                    if left < 0:
                        raise ValueError("the archive unpacks to too much")
