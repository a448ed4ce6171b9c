"""Pronouns: "it exported …" as a party, where a verb of trade follows.

"It" takes up the first subject of its sentence, else that of the sentence before.
"""

from __future__ import annotations

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
    text: str, parties: list[Party], subject: str | None, *, start: int, end: int
) -> list[Party]:
    """The parties with "it" where it is a subject that can be known."""
    added = []
    for match in _IT.finditer(text, start, end):
        at = match.start("it")
        here = [
            p
            for p in parties
            if p.end <= at and p.bare and not p.possessive and p.form != "demonym"
        ]
        code = here[0].code if here else subject
        if code is not None:
            added.append(Party(at, at + 2, code, DEFINITE, "", False, False, at))
    return sorted([*parties, *added], key=lambda p: p.start) if added else parties
