"""Children that check: a text may share one, a file never does."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from accord.web.checking import Checker, Submission
from accord.web.settings import Settings

TEXT = b"Trade between China and Russia reached $107.06 billion in 2018."
PASTED = Submission(TEXT, "pasted text", published="2019-02-01", is_pasted=True)


@pytest.mark.parametrize(
    ("content", "shares"),
    [(TEXT, True), (b"%PDF-1.7 \n", False), (b" <html><p>x</p>", False), (b"PK\x03\x04", False)],
)
def test_what_a_parser_would_read_gets_a_child_of_its_own(content: bytes, shares: bool) -> None:
    assert Submission(content, "x", is_pasted=True).may_share is shares
    assert not Submission(content, "x").may_share


def test_texts_share_a_child_and_files_do_not(tmp_path: Path) -> None:
    checker = Checker(Settings(home=tmp_path))
    try:
        first = checker._run(PASTED)
        (worker,) = checker._idle
        assert checker._run(PASTED) == first
        assert checker._idle == [worker]
        checker._run(Submission(TEXT, "note.txt", published="2019-02-01"))
        assert checker._idle == [worker]
        os.kill(worker.child.pid, 9)
        worker.child.join(5)
        assert checker._run(PASTED) == first  # by another one
        assert checker._idle != [worker]
    finally:
        checker.close()
    assert not checker._idle


def test_the_limits_hold_for_each_text(tmp_path: Path) -> None:
    checker = Checker(Settings(home=tmp_path, text_characters=10))
    with pytest.raises(Exception, match="WEB011"):
        checker._run(PASTED)
    assert not checker._idle  # one that refused is not kept
    checker.close()
