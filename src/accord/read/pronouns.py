"""Pronouns: "it exported …" as a party, where a verb of trade follows.

"It" takes up the first subject of its sentence, else that of the sentence before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from accord.read.definites import DEFINITE
from accord.read.parties import Party
from accord.read.patterns import lazy

__all__ = ["place_pronouns"]

_IT = lazy(
    r"(?:^|(?<=[.;:,]\s)|(?<=\band\s)|(?<=\bbut\s)|(?<=\bwhile\s)|(?<=\bBut\s)|(?<=\bAnd\s)|(?<=\bYet\s))(?P<it>[Ii]t)\s+"
    r"(?:(?:also|then|now|has|had|have|still|later|already|in\s+turn|itself|alone|only|usually|currently)\s+){0,3}"
    r"(?:imported|exported|imports|exports|sold|sells|bought|buys|purchased|gave|gives|given|granted|grants|provided|provides|supplied|supplies|invested|invests|owes|owed|hosts|hosted|shelters"
    r"|took|takes|absorbs|absorbed|accounts|accounted|ships|shipped|sent|sends|pays|paid|spent|spends|lent|lends|borrowed|ran|runs|posted|recorded|registered|pledged|promised|contributed|contributes|donated"
    r"|delivered|delivers|committed|disbursed|allocated|covers|covered|meets|met|makes\s+up|made\s+up|received|receives|gets|got|obtains|obtained|sources|sourced)\b"
)


def place_pronouns(
    text: str,
    parties: list[Party],
    subject: str | None,
    *,
    start: int,
    end: int,
    known: Sequence[str] = (),
) -> list[Party]:
    """The parties with "it" where it is a subject that can be known."""
    added: list[Party] = []
    for match in _IT.finditer(text, start, end):
        at = match.start("it")
        here = [
            p
            for p in parties
            if p.end <= at and p.bare and not p.possessive and p.form != "demonym"
        ]
        owners = [p for p in parties if p.end <= at and p.possessive]
        code = here[0].code if here else subject or (owners[-1].code if owners else None)
        if code is not None:
            added.append(Party(at, at + 2, code, DEFINITE, "", False, False, at))
    for match in _THERE.finditer(text, start, end):
        added += _there(match, parties, known)
    for match in _OBJECT.finditer(text, start, end):
        added += _given(match, parties, known)
    return sorted([*parties, *added], key=lambda p: p.start) if added else parties


# "lent it 5 million", "gave them": the one given to, who is not the subject.
_OBJECT = lazy(
    r"\b(?:sold|sells?|gave|gives?|given|lent|lends?|granted|grants|sent|sends|owes?|owed|paid|pays|offered|offers|supplied|supplies|promised|pledged)\s+(?P<it>it|them|her)\b(?=\s+(?:[a-z-]+\s+){0,3}(?:[\d$€£]|[A-Z]{2}))"
)


def _given(match: re.Match[str], parties: list[Party], known: Sequence[str]) -> list[Party]:
    before = [p for p in parties if p.end <= match.start()]
    subject = next((p.code for p in reversed(before) if p.bare and not p.possessive), None)
    code = next((c for c in [*(p.code for p in reversed(before)), *known] if c != subject), None)
    if code is None or subject is None:
        return []
    low, high = match.span("it")
    return [Party(low, high, code, DEFINITE, "", False, False, low)]


_THERE = lazy(
    r"(?:\b(?P<prep>from|to|in)\s+)?\bthere\b(?!\s+(?:is|are|was|were|has|have|had|will|would|came|remains?|exists?|may|can|should|must|being|be)\b)"
)


_PEOPLE_FROM = lazy(
    r"\b(?:tourists|visitors|arrivals|guests|people|travell?ers)\s+(?:[a-z]+ing\s+|who\s+came\s+)?$"
)


def _of_people(match: re.Match[str]) -> bool:
    """ "1.1 million tourists visiting from there"."""
    low = max(0, match.start() - 40)
    return match.group("prep") == "from" and bool(
        _PEOPLE_FROM.search(match.string, low, match.start())
    )


def _there(match: re.Match[str], parties: list[Party], known: Sequence[str]) -> list[Party]:
    """ "has invested $5 billion there": in the place spoken of, which is not the subject's."""
    before = [p for p in parties if p.end <= match.start()]
    subject = next((p.code for p in reversed(before) if p.bare or p.adjective), None)
    if before and before[0].subject and _of_people(match):
        subject, known, before = (
            "",
            [before[0].code],
            [],
        )  # "Slovenes …, with 9,000 visitors from there"
    places = [p.code for p in reversed(before) if p.prep in {"in", "to", "from", "with", "into"}]
    code = next((c for c in [*places, *known] if c != subject), None)
    if code is None or subject is None:
        return []
    low = match.start()
    at = match.end() - len("there")
    prep = (match.group("prep") or "in").lower()
    return [Party(at, match.end(), code, DEFINITE, prep, False, False, low)]
