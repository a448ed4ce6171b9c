# ruff: noqa: E501  (a pattern is easier to check on one line)
"""Commodities: which goods a flow is of, so that tea is not taken for all exports."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from accord.read.lexicons import read_table
from accord.read.parties import Party

__all__ = ["commodity_after", "commodity_of"]

_STOP = r"(?!(?:to|from|in|into|with|by|at|and|or|was|were|is|are|has|have|had|rose|fell|grew|worth|last|this|during|for|against|on|that|which|as|per|a|via|came|reached|totall?ed|amounted|stood|will|dropped|increased|declined|jumped|surged|shrank|climbed|between|over|than)\b)"


@cache
def _before() -> re.Pattern[str]:
    table = read_table("commodities")
    goods, heads = table["goods"], table["heads"]
    return re.compile(
        rf"(?<![\w-])(?P<goods>(?:(?:{goods})(?:\s*(?:,|and|&)\s*|\s+))*(?:{goods})(?:\s+(?:{heads}))?)\s+(?:total\s+|and\s+\w+\s+)?$",
        re.IGNORECASE,
    )


@cache
def _after() -> re.Pattern[str]:
    generic = read_table("commodities")["generic"]
    word = rf"{_STOP}[A-Za-z][\w'-]*"
    return re.compile(
        rf"\s*(?:worth\s+)?(?:of\s+)(?P<goods>(?!(?:{generic})\b)(?!(?-i:[A-Z]{{2,}})){word}(?:\s+(?:and\s+)?{word}){{0,3}})",
        re.IGNORECASE,
    )


def commodity_of(
    text: str, span: tuple[int, int], parties: Sequence[Party], *, floor: int
) -> str | None:
    """The goods named beside a flow's noun or verb: "wheat exports", "exports of cars"."""
    start, end = span
    low = max([floor, start - 60, *(p.end for p in parties if p.end <= start)])
    before = _before().search(text, low, start)
    if before:
        return _plain(before.group("goods"))
    return commodity_after(text, end, parties)


def commodity_after(text: str, at: int, parties: Sequence[Party]) -> str | None:
    """The goods in "… of Russian gas", right after ``at``; without the party."""
    near = [p for p in parties if 0 <= p.start - at <= 12]
    inside = next((p for p in near if p.adjective or p.form == "name"), None)
    if inside is not None and re.fullmatch(r"\s*(?:worth\s+)?of\s+", text[at : inside.start]):
        match = _after().match(" of" + text[inside.end : inside.end + 60])
    else:
        match = _after().match(text[at : at + 80])
    if match is None:
        return None
    words = match.group("goods")
    if inside is None and any(at <= p.start < at + match.end() for p in parties):
        return None
    return _plain(words)


def _plain(words: str) -> str | None:
    return " ".join(words.split()).strip(" ,-").lower() or None
