"""Raw files: kept unchanged, named by their hash, written before anything is loaded."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import uuid
from collections.abc import Iterable
from pathlib import Path

from accord.errors import RecordError
from accord.record.location import Place

__all__ = ["combined_sha256", "file_sha256", "keep_raw", "raw_path"]

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def file_sha256(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def combined_sha256(paths: Iterable[Path]) -> str:
    """The hash of one file, or of the hashes of several in their order."""
    hashes = [file_sha256(path) for path in paths]
    if len(hashes) == 1:
        return hashes[0]
    return hashlib.sha256("".join(hashes).encode()).hexdigest()


def raw_path(place: Place, sha256: str, suffix: str) -> Path:
    """Where the raw file with a hash is kept."""
    return place.raw / sha256[:2] / f"{sha256}{suffix}"


def keep_raw(place: Place, path: Path) -> Path:
    """Copy a file to its place among the raw files; raises REC001 or REC009."""
    kept = raw_path(place, file_sha256(path), "".join(path.suffixes[-2:]))
    if kept.exists() and kept.stat().st_size == path.stat().st_size:
        return kept
    half = kept.with_name(f".{kept.name}.{uuid.uuid4().hex}")
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, half)
        with half.open("rb") as handle:
            os.fsync(handle.fileno())
        half.replace(kept)
    except OSError as problem:
        half.unlink(missing_ok=True)
        if problem.errno in NO_ROOM:
            raise RecordError("REC009", source=path.name) from None
        raise RecordError("REC001", path=kept, detail=problem.strerror) from None
    return kept
