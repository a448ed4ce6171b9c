"""Patterns wait to be compiled until they are used, and then are ordinary patterns."""

from __future__ import annotations

import re

import pytest

from accord.read.patterns import lazy


def test_a_lazy_pattern_behaves_like_a_compiled_one() -> None:
    pattern, compiled = lazy(r"(?P<n>\d+)\s+tons", re.IGNORECASE), re.compile(r"\d+\s+tons", re.I)
    text = "5 TONS and 12 tons"
    assert [m.span() for m in pattern.finditer(text)] == [m.span() for m in compiled.finditer(text)]
    assert pattern.search(text) is not None
    assert pattern.fullmatch("7 tons") is not None
    assert pattern.groupindex == {"n": 1}


def test_a_lazy_pattern_is_compiled_at_first_use() -> None:
    broken = lazy("(")
    with pytest.raises(re.error):
        broken.search("text")
