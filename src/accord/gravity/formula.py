"""The small formula form: ``trade ~ rta + log(dist) | exporter^year + importer^year``.

Left of ``~`` the flow; then regressors joined by ``+``; after ``|`` the fixed
effects. ``a:b`` multiplies, ``a*b`` is ``a + b + a:b``, ``log(x)`` and
``I(year >= 2000)`` compute, ``i(year, border, ref=1986)`` makes one dummy a
year times ``border``; ``C(x)`` and ``factor(x)`` are ``i(x)``. Among effects and
clusters ``^`` joins columns and ``sym(exporter, importer)`` joins them without
regard to order. Names that are no plain words go in backticks. ``- 1`` leaves
the constant away.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from accord.errors import GravityError

__all__ = ["Factor", "Formula", "Join", "Term", "parse_formula", "parse_joins"]

OPEN, CLOSE = "([{", ")]}"


@dataclass(frozen=True, slots=True)
class Factor:
    """``i(column, by, ref=value)``: a dummy for each value of a column, times ``by``."""

    column: str
    by: str | None = None
    ref: str | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """A product of atoms: expressions as written, or factors."""

    atoms: tuple[str | Factor, ...]
    label: str


@dataclass(frozen=True, slots=True)
class Join:
    """Columns joined to one categorical variable; ``symmetric`` ignores their order."""

    columns: tuple[str, ...]
    label: str
    symmetric: bool = False


@dataclass(frozen=True, slots=True)
class Formula:
    """A parsed formula. ``response`` is the expression left of ``~``."""

    text: str
    response: str
    terms: tuple[Term, ...]
    effects: tuple[Join, ...]
    constant: bool

    @property
    def margins(self) -> frozenset[frozenset[str | Factor]]:
        """The sets of atoms of the terms; the empty one for a constant or effects."""
        sets = [frozenset(term.atoms) for term in self.terms]
        return frozenset([*sets, frozenset()] if self.constant or self.effects else sets)


def parse_formula(text: str) -> Formula:
    """Read a formula.

    Raises ``GravityError`` GRA001 with the place where it stops making sense.
    """
    sides = _split(text, "~", text)
    if len(sides) != 2 or not sides[0]:
        raise _wrong(text, "it needs one ~ with the flow on its left")
    parts = _split(sides[1], "|", text)
    if len(parts) > 2:
        raise _wrong(text, "it has more than one | (instruments are not supported)")
    terms, constant = _parse_terms(parts[0], text)
    effects = parse_joins(parts[1], text) if len(parts) == 2 else ()
    if len(parts) == 2 and not effects:
        raise _wrong(text, "nothing stands after |")
    return Formula(text, sides[0], terms, effects, constant and not effects)


def parse_joins(text: str, whole: str | None = None) -> tuple[Join, ...]:
    """Read ``a^b + c``: effects, or the clusters of an option."""
    whole = whole or text
    return tuple(_parse_join(part, whole) for part in _split(text, "+", whole) if part not in "01")


def _parse_join(part: str, whole: str) -> Join:
    if not part:
        raise _wrong(whole, "an effect is missing beside a +")
    symmetric = re.fullmatch(r"sym\((.*)\)", part)
    inner = symmetric[1] if symmetric else part
    names = tuple(_name(piece, whole) for piece in _split(inner, "," if symmetric else "^", whole))
    if symmetric and len(names) != 2:
        raise _wrong(whole, "sym() takes two columns")
    return Join(names, part.replace(" ", ""), symmetric is not None)


def _parse_terms(text: str, whole: str) -> tuple[tuple[Term, ...], bool]:
    constant = True
    found: dict[str, Term] = {}
    for sign, part in _signed(text, whole):
        if part in {"0", "1"}:
            constant = (part == "1") == (sign == "+")
        elif sign == "-":
            found = {label: term for label, term in found.items() if label != part}
        else:
            for term in _expand(part, whole):
                found.setdefault(term.label, term)
    return tuple(found.values()), constant


def _signed(text: str, whole: str) -> list[tuple[str, str]]:
    signed: list[tuple[str, str]] = []
    for position, plus in enumerate(_split(text, "+", whole)):
        if not plus and position:
            raise _wrong(whole, "a regressor is missing beside a +")
        for number, piece in enumerate(_split(plus, "-", whole)):
            if piece:
                signed.append(("-" if number else "+", piece))
    return signed


def _expand(part: str, whole: str) -> list[Term]:
    starred = _split(part, "*", whole)
    if len(starred) == 1:
        return [_product(_split(part, ":", whole), whole)]
    terms: list[Term] = []
    for size in range(1, len(starred) + 1):
        terms += [_product(list(chosen), whole) for chosen in _choose(starred, size)]
    return terms


def _choose(pieces: list[str], size: int) -> list[tuple[str, ...]]:
    from itertools import combinations

    return list(combinations(pieces, size))


def _product(pieces: list[str], whole: str) -> Term:
    if not all(pieces):
        raise _wrong(whole, "a factor is missing beside a :")
    return Term(tuple(_atom(piece, whole) for piece in pieces), ":".join(pieces))


def _atom(piece: str, whole: str) -> str | Factor:
    factor = re.fullmatch(r"(?:i|C|factor)\((.*)\)", piece, re.DOTALL)
    if factor is None:
        return piece
    names: list[str] = []
    ref: str | None = None
    for argument in _split(factor[1], ",", whole):
        keyed = re.fullmatch(r"ref\s*=\s*(.+)", argument)
        if keyed:
            ref = keyed[1].strip("'\" ")
        else:
            names.append(_name(argument, whole))
    if not 1 <= len(names) <= 2:
        raise _wrong(whole, "i() takes a column, perhaps a second one, perhaps ref=")
    return Factor(names[0], names[1] if len(names) == 2 else None, ref)


def _name(piece: str, whole: str) -> str:
    name = piece.strip().strip("`")
    if not name or (not piece.strip().startswith("`") and not re.fullmatch(r"[^\W\d][\w.]*", name)):
        raise _wrong(whole, f"“{piece}” is no column name (columns are joined by ^)")
    return name


def _split(text: str, mark: str, whole: str) -> list[str]:
    """Split at ``mark`` outside brackets, quotes and backticks."""
    pieces, depth, quote, start = [], 0, "", 0
    for place, letter in enumerate(text):
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "`'\"":
            quote = letter
        elif letter in OPEN:
            depth += 1
        elif letter in CLOSE:
            depth -= 1
        elif letter == mark and depth == 0 and not _is_power(text, place):
            pieces.append(text[start:place].strip())
            start = place + 1
        if depth < 0:
            break
    if depth or quote:
        raise _wrong(whole, "a bracket or quote is not closed")
    return [*pieces, text[start:].strip()]


def _is_power(text: str, place: int) -> bool:
    """Whether a letter is one of the two in ``**``."""
    return text[place] == "*" and "**" in text[max(place - 1, 0) : place + 2]


def _wrong(text: str, reason: str) -> GravityError:
    return GravityError("GRA001", formula=text, reason=reason)
