"""Definite descriptions: "the bloc", "the country", "the former" as mentions of what they take up.

Made mentions, these descriptions have their place among the parties of their sentence
like a name. Those of one kind of state ("the kingdom") are epithets.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from accord.model.polity import PolityKind, get_polity
from accord.read.patterns import lazy
from accord.read.polities import Mention

__all__ = ["DEFINITE", "find_definites"]

DEFINITE = "definite"  # the form of such a mention

_BLOC = r"(?:bloc|grouping|Union|Community|trading\s+bloc|trade\s+bloc)"
_NEARBY = 600  # characters back in which the name must stand
_NAMES = frozenset({"name", "capital", "bloc", "leader", "institution", "metonym"})


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(
        rf"\b[Tt]h(?:e|at)\s+(?:(?P<bloc>{_BLOC}|\w+-(?:member|nation|country|state|strong)\s+(?:union|bloc|group(?:ing)?|community|organi[sz]ation|alliance))(?!\s+of\b)"
        r"|(?P<former>former)(?=\s*(?:'s|,|\s(?:has|had|is|was|buys?|bought|gave|took|takes?|sold|sells|pledged|provided|accounted|supplied|exported|imported|with|by|from|and)\b))"
        r"|(?P<latter>latter)(?!\s+(?:half|part|year|period|sum|figure|amount|case|two))"
        r"|(?<=\bof\s\w{3}\s)(?P<near>(?:neighbou?ring|fellow|sister|other)\s+(?:country|nation|state|republic))"
        r"|(?P<land>country|nation)(?!\s+and))(?!\w)(?!\s+(?:rate|side|nations)\b)"
    )


def find_definites(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The descriptions in ``text`` that take up one of ``mentions``."""
    if not mentions:
        return []
    found: list[Mention] = []
    place = 0
    for match in _pattern().finditer(text):
        while place < len(mentions) and mentions[place].end <= match.start():
            place += 1
        before = [
            m for m in mentions[max(0, place - 12) : place] if match.start() - m.end < _NEARBY
        ]
        code = _meant(text, match, before)
        if code is not None:
            found.append(Mention(match.start(), match.end(), code, DEFINITE))
    return found


def _meant(text: str, match: re.Match[str], before: Sequence[Mention]) -> str | None:
    kind = match.lastgroup or ""
    if kind == "bloc":
        return next((m.code for m in reversed(before) if _is_bloc(m.code)), None)
    if kind in {"former", "latter"}:
        return _of_two(text, kind, before)
    if kind == "near":
        return _other_one(before)
    return _country(text, match, before)


def _is_bloc(code: str) -> bool:
    polity = get_polity(code)
    return polity is not None and polity.kind is PolityKind.BLOC


def _of_two(text: str, kind: str, before: Sequence[Mention]) -> str | None:
    """ "The former … and the latter": of the last two named side by side."""
    for first, second in zip(reversed(before[:-1]), reversed(before[1:]), strict=True):
        joined = re.fullmatch(
            r"(?:'s)?,?\s+(?:and|or|to|with|than|,)\s+(?:the\s+)?", text[first.end : second.start]
        )
        if joined and first.code != second.code:
            return first.code if kind == "former" else second.code
    return before[-1].code if kind == "latter" and before else None


def _other_one(before: Sequence[Mention]) -> str | None:
    """ "India is the biggest partner of the neighbouring country": not of itself."""
    codes = [m.code for m in reversed(before) if m.form in _NAMES]
    return next((c for c in codes if c != codes[0]), None)


# "Peru remained the country's top market": the country is not Peru
_OF_ANOTHER = lazy(r"\s+(?:[a-z]+\s+){1,3}the\s+(?:country|nation|kingdom|island)'s\b")
_BEHIND = lazy(r"\b(?:after|behind|ahead\s+of|followed\s+by)\s[^.;]{0,70}$")


def _compared(text: str, mention: Mention) -> bool:
    """ "The fifth investor in Oman after Japan and Peru": they are not "the country"."""
    return _BEHIND.search(text, max(0, mention.start - 80), mention.start) is not None


_STOP = lazy(r"[.!?]\s")


def _country(text: str, match: re.Match[str], before: Sequence[Mention]) -> str | None:
    """ "living in the country": the one whose name stands before, but not the clause's subject."""
    prep = re.search(
        r"\b(?:in|to|from|with|into|of|for|by|throughout|across)\s+$",
        text[max(0, match.start() - 12) : match.start()],
    )
    if prep is None:
        return None
    names = [m for m in before if m.form in _NAMES and not _OF_ANOTHER.match(text, m.end)]
    for mention in reversed(names):
        same = _STOP.search(text, mention.end, match.start()) is None
        possessive = text.startswith("'", mention.end)
        if not same or possessive or mention.form != "name":
            return mention.code
    return None
