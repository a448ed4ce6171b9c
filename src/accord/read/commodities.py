# ruff: noqa: E501  (a pattern is easier to check on one line)
"""Commodities: which goods a flow is of, so that tea is not taken for all exports."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from accord.read.lexicons import read_table
from accord.read.parties import Party
from accord.read.patterns import lazy

__all__ = ["commodity_after", "commodity_of", "object_goods", "plain_goods"]

_STOP = r"(?!(?:to|from|in|into|with|by|at|and|or|was|were|is|are|has|have|had|rose|fell|grew|worth|last|this|during|for|against|on|that|which|as|per|a|via|came|reached|totall?(?:ed|ing)|valued|amounted|stood|will|dropped|increased|declined|jumped|surged|shrank|climbed|between|over|than)\b)"


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
        rf"\s*(?:worth\s+)?(?:of\s+)(?P<goods>(?!(?:{generic})\b)(?!(?-i:(?!LNG|LPG)[A-Z]{{2,}})){word}(?:\s+(?:and\s+)?{word}){{0,3}})",
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
    if text[start:end].lower() in {"trade", "commerce", "turnover"} and (
        inner := _traded(text, end)
    ):
        return inner
    return commodity_after(text, end, parties)


_TRADE_IN = lazy(
    rf"\s+in\s+(?P<goods>(?!(?:(?:the|its|their)\s+)?(?:first|second|third|fourth|last|opening|closing|past|previous|same|year|month|quarter|half|period|region|area|wake|face|dollars?|yuan|euros?|roubles?|rubles?|terms|value|volume|real|nominal|general|which|national|local|both|either|return|favou?r|services|january|february|march|april|may|june|july|august|september|october|november|december)\b){_STOP}(?-i:[a-z])[\w'-]*(?:\s+(?:and\s+)?{_STOP}(?-i:[a-z])[\w'-]*){{0,3}})\s+(?:between|with|was|were|came|rose|fell|grew|reached|among)\b",
    re.IGNORECASE,
)


def _traded(text: str, at: int) -> str | None:
    """ "Trade in garlic between": the goods."""
    match = _TRADE_IN.match(text, at, at + 90)
    return plain_goods(match.group("goods")) if match else None


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


@cache
def _object() -> re.Pattern[str]:
    generic = read_table("commodities")["generic"]
    word = rf"{_STOP}(?!\w+ly\b)[a-z][\w'-]*"
    return re.compile(
        rf"\s+(?P<goods>(?!(?:{generic}|nothing|just|only|wares|stuff|record|further|out|up|off|on|hands)\b){word}(?:\s+(?:and\s+)?{word}){{0,3}}?)"
        r"\s+(?:worth|valued\s+at|(?:from|to|with)\s+(?:the\s+)?[A-Z]|for\s+(?:[\w-]+\s+){0,3}?(?:US|USD\s?)?[$€£¥\d])"
    )


def object_goods(text: str, at: int) -> str | None:
    """What a verb of trade has for its object: "traded garlic worth …", "bought crude from"."""
    match = _object().match(text, at, at + 90)
    return plain_goods(match.group("goods")) if match else None


def plain_goods(words: str) -> str | None:
    """Goods as a commodity; None for goods in general."""
    generic = read_table("commodities")["generic"]
    plain = _plain(re.sub(r"^(?:the|its|their|all|such|these)\s+", "", words.strip()))
    if plain is None or re.fullmatch(rf"(?:{generic}|wares|stuff|items)", plain):
        return None
    return plain


def _plain(words: str) -> str | None:
    return " ".join(words.split()).strip(" ,-").lower() or None
