"""Who the two polities of a brief are."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from datetime import date

from accord.errors import BriefError
from accord.model.dyad import Dyad
from accord.model.polity import Polity, all_polities, find_polity, get_polity

__all__ = ["Parties", "did_you_mean", "name_of", "nearest_names", "resolve_parties"]


@dataclass(frozen=True, slots=True)
class Parties:
    """The two polities of a brief."""

    source: Polity
    target: Polity

    @property
    def dyad(self) -> Dyad:
        """Their codes."""
        return Dyad(self.source.code, self.target.code)

    @property
    def codes(self) -> tuple[str, str]:
        """Source first."""
        return self.source.code, self.target.code

    @property
    def swapped(self) -> Parties:
        """The same two, seen from the other side."""
        return Parties(self.target, self.source)

    def name(self, code: str) -> str:
        """The name by which the brief calls a polity."""
        return name_of(code)


def resolve_parties(source: str, target: str, *, at: date | None = None) -> Parties:
    """Who is meant by two codes or names.

    Raises :class:`BriefError` BRF001 for a name that nobody has (with the nearest
    ones), BRF002 for a polity with itself, BRF003 for one that did not exist on
    the day ``at`` (with its predecessors or successors).
    """
    found = Parties(_resolve(source, at), _resolve(target, at))
    if found.source.code == found.target.code:
        raise BriefError("BRF002", name=found.source.name)
    return found


def name_of(code: str) -> str:
    """The name of a polity, or the code where the registry has none."""
    known = get_polity(code)
    return known.name if known is not None else code


def nearest_names(word: str, count: int = 3) -> list[Polity]:
    """The polities whose names or codes are closest to a word."""
    polities = [p for p in all_polities() if p.valid_to is None]
    by_name = {p.name.casefold(): p for p in polities} | {p.code.casefold(): p for p in polities}
    close = difflib.get_close_matches(
        word.strip().casefold(), list(by_name), n=2 * count, cutoff=0.6
    )
    return list(dict.fromkeys(by_name[name] for name in close))[:count]


def _resolve(word: str, at: date | None) -> Polity:
    ever = find_polity(word) or find_polity(word.upper())
    if ever is None:
        raise BriefError("BRF001", name=word.strip()[:60], suggestion=did_you_mean(word))
    if at is None or ever.exists_at(at):
        return ever
    # A name leads on to whoever bore it then; a code does not.
    then = find_polity(word, at=at)
    if then is not None:
        return then
    raise BriefError("BRF003", name=ever.name, day=at.isoformat(), instead=_instead(ever, at))


def did_you_mean(word: str) -> str:
    """A sentence that offers the nearest names, or nothing."""
    close = [f"{p.name} ({p.code})" for p in nearest_names(word)]
    return (
        f" Did you mean {', '.join(close[:-1])} or {close[-1]}?"
        if len(close) > 1
        else (f" Did you mean {close[0]}?" if close else "")
    )


def _instead(polity: Polity, at: date) -> str:
    kin = [get_polity(code) for code in (*polity.predecessors, *polity.successors)]
    names = [f"{p.name} ({p.code})" for p in kin if p is not None and p.exists_at(at)]
    return f" In its place then: {', '.join(names)}." if names else ""
