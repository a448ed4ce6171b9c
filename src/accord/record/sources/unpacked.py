"""Archives: the members that a source needs, unpacked to a directory of their own."""

from __future__ import annotations

import re
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from accord.errors import RecordError

__all__ = ["members_of"]

LARGEST_BYTES = 200 * 2**30  # an archive that unpacks to more is not what it says


@contextmanager
def members_of(path: Path, source: str, *, pattern: str) -> Iterator[tuple[Path, ...]]:
    """The files of a zip archive whose names fit ``pattern``; a plain file stands for itself.

    Raises REC012 if the archive is damaged or has no such member.
    """
    if path.suffix.lower() != ".zip":
        yield (path,)
        return
    with tempfile.TemporaryDirectory() as folder:
        try:
            with zipfile.ZipFile(path) as archive:
                names = [i for i in archive.infolist() if re.search(pattern, i.filename, re.I)]
                if sum(info.file_size for info in names) > LARGEST_BYTES:
                    raise zipfile.BadZipFile("it unpacks to more than is believable")
                found = tuple(Path(archive.extract(info, folder)) for info in names)
        except (zipfile.BadZipFile, OSError, EOFError) as problem:
            raise _wrong(path, source, str(problem)) from None
        if not found:
            raise _wrong(path, source, f"it has no member like {pattern}")
        yield found


def _wrong(path: Path, source: str, detail: str) -> RecordError:
    return RecordError(
        "REC012", source=source, file=path.name, format="a zip archive", detail=detail
    )
