"""First person: "my country", "we", "our", "to us" as mentions of the speaker's country.

A speech seldom names its own country: "Japan has given us 40 million dollars". Words of
the first person are made mentions like any other, so that all rules for parties serve
them. Where nothing tells who speaks they stand for :data:`SPEAKER`, which leaves the
field of a statement empty.
"""

# ruff: noqa: E501  (a pattern is easier to check on one line)
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from accord.model.statement import Statement
from accord.read.patterns import lazy
from accord.read.polities import Mention

__all__ = [
    "OWN",
    "SPEAKER",
    "find_own",
    "is_speech",
    "name_speaker",
    "own_words",
    "speaks_for",
    "with_own",
]

SPEAKER = "?"  # whoever speaks; no polity has this code
OWN = "own"  # the form of such a mention

# What two share, or all the world, is not one country's own.
_SHARED = (
    r"(?:two|both|fellow|sister|neighbou?rs?|friends|allies|partners|colleagues|countries|nations|peoples|states|governments|economies|bilateral|mutual|common|shared|joint|relations|relationship"
    r"|partnership|friendship|ties|regions?|hemisphere|continent|world|planet|organi[sz]ation|global|international|assembly|union|collective|century|time|times|era)\b"
)
_WORDS = lazy(
    rf"\b(?P<land>(?:my|our|this)\s+(?:own\s+|small\s+|little\s+|young\s+|dear\s+)?(?:country|nation|republic|kingdom|homeland|government|people))(?!\s+and\s+(?:yours|the))\b"
    rf"|\b(?P<possessive>[Oo]ur|[Mm]y)\b(?!\s+(?:\w+\s+)?{_SHARED})(?=\s+[\w£$€])"
    r"|\b(?P<subject>[Ww]e)\b(?!\s+(?:all|both|two)\b)(?=\s)"
    r"|\b(?P<me>I)\b(?=\s+(?:(?:last|first|also|then|recently|personally)\s+)?(?:visited|met|signed|travell?ed\s+to|hosted|received|welcomed)\b)"
    rf"|(?P<addressed>\b[Yy]our\s+(?:great\s+|own\s+|beautiful\s+|friendly\s+)?(?:country|nation|kingdom|republic|homeland)\b(?!\s+and\s+(?:mine|ours|the|my|our))|\b[Yy]ou(?=\s+(?:are|remain|were|have\s+(?:become|been))\s+(?:\w+\s+)?(?:our|[A-Z]\w+'s)\s))"
    r"|(?<!all\sof\s)(?<!both\sof\s)(?<!most\sof\s)(?<!many\sof\s)\b(?P<object>us)\b(?!\s+(?:all|both)\b)"
)
_LIVES_HERE = lazy(
    r"\b(?:liv\w+|work\w*|resid\w+|stud\w+|settled|arriv\w+|came|trained|employed|visit\w*)\s+(?P<here>here)\b",
)
_SPEECH = lazy(
    r"\b[Mm]y\s+(?:own\s+)?(?:country|nation|government|Government|delegation|people|island)\b|\b[Oo]ur\s+(?:own\s+)?(?:country|nation|debt|exports|imports|foreign\s+trade|external|independence|foreign\s+exchange|soil|citizens|people|nationals|creditors|Government|government)\b"
    r"|\b(?:Mr|Madam|Mrs|Madame)\.?\s+(?:Speaker|President|Chairman|Chair)\b|^(?:[\w ,.'-]{0,40}\b)?(?:Mr|Mrs|Miss|Ms|Sir|Dr|Senator|Hon|Shri|Shrimati|Lord|Baroness|Deputy)\.?\s+(?:[A-Z][\w.'-]*\s+){0,3}[A-Z][\w'-]+\s*(?::|-|\.-)|\b[Hh]on(?:ou?rable)?\.?\s+(?:Member|Friend|Gentleman|Lady)s?\b|\bthis\s+House\b|\bthis\s+country\b"
)
_NAMED = lazy(
    r"(?:\b(?:[Mm]y|[Oo]ur)\s+(?:own\s+)?(?:country|nation|homeland|republic|kingdom|island),?\s+(?:the\s+)?(?:(?:Kingdom|Republic|State|People's|Democratic|Federal|Islamic|United|Commonwealth)\s+(?:of\s+)?)*$"
    r"|\b(?:[Ww]e|[Uu]s),?\s+in\s+(?:the\s+)?$|\b[Hh]ere\s+in\s+(?:the\s+)?$"
    r"|\b[Oo]n\s+behalf\s+of\s+(?:the\s+)?(?:[Gg]overnment|[Pp]eople|[Kk]ing|[Dd]elegation)(?:\s+and\s+(?:the\s+)?(?:[Gg]overnment|[Pp]eople))?\s+of\s+(?:the\s+)?(?:(?:Kingdom|Republic)\s+of\s+)?$)"
)
_MINE = lazy(r",\s+(?:my|our)\s+(?:own\s+)?(?:country|nation|homeland)\b")
_REACH = 80


def speaks_for(text: str, mentions: Sequence[Mention], *, speech: bool) -> str | None:
    """The country that a speaker names as the own one: "my country, Lesotho, …".

    ``speech`` is what :func:`is_speech` says of the text.
    """
    if not speech and "ere in" not in text and "n behalf of" not in text:
        return None
    for mention in mentions:
        if mention.form in {"demonym", "compound", "leader"}:
            continue
        if _NAMED.search(text, max(0, mention.start - _REACH), mention.start):
            return mention.code
        if _MINE.match(text, mention.end):
            return mention.code
    return None


def is_speech(text: str) -> bool:
    """Whether a text speaks for a country: "my country", "Mr. Speaker", "our exports"."""
    return _SPEECH.search(text) is not None


def find_own(
    text: str, home: str | None, addressed: str | None = None, *, speech: bool
) -> list[Mention]:
    """The words of the first person outside quotations, as mentions of ``home``.

    ``addressed`` is whom "your country" means, where that is known; ``speech`` what
    :func:`is_speech` says of the text.
    """
    if home is None and not speech:
        return []
    quoted = _quotations(text)
    code = home or SPEAKER
    found = [
        Mention(m.start(), m.end(), (addressed or "") if m.group("addressed") else code, OWN)
        for m in _WORDS.finditer(text)
        if not any(low < m.start() < high for low, high in quoted)
        and (addressed or not m.group("addressed"))
        and not (_OF_ANOTHER.search(text, max(0, m.start() - 24), m.end()) and _only_this(text))
    ]
    found += [
        Mention(m.start("here"), m.end("here"), code, OWN) for m in _LIVES_HERE.finditer(text)
    ]
    return sorted(found, key=lambda m: m.start)


# "imports from this country", of a report that speaks for nobody: the one named last.
_OF_ANOTHER = lazy(r"\b(?:imports|exports|purchases|sales|trade)\s+(?:from|to|with)\s+this\s+\w+$")


def _only_this(text: str) -> bool:
    """Whether nothing but "this country" sounds like somebody's own."""
    return all(m.group().lower() == "this country" for m in _SPEECH.finditer(text))


def own_words(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where "we", "us" and "our" stand in a stretch of a text."""
    return [m.span() for m in _WORDS.finditer(text, start, end) if not m.group("addressed")]


def _quotations(text: str) -> list[tuple[int, int]]:
    marks = [m.start() for m in re.finditer('"', text)]
    return list(zip(marks[::2], marks[1::2], strict=False))


def with_own(mentions: Sequence[Mention], own: Sequence[Mention]) -> list[Mention]:
    """Both in the order of the text."""
    if not own:
        return list(mentions)
    taken = {m.start for m in mentions}
    return sorted([*mentions, *(m for m in own if m.start not in taken)], key=lambda m: m.start)


def name_speaker(statement: Statement) -> Statement:
    """The statement with the speaker's place left empty, where nothing tells who speaks."""
    if SPEAKER not in {statement.reporter, statement.partner, *statement.parties}:
        return statement
    return replace(
        statement,
        reporter=None if statement.reporter == SPEAKER else statement.reporter,
        partner=None if statement.partner == SPEAKER else statement.partner,
        parties=tuple(p for p in statement.parties if p != SPEAKER),
    )
