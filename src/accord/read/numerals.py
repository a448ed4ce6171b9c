"""Numbers as people write them: digits, words and scales ("1.2 lakh crore")."""

from __future__ import annotations

import re
from dataclasses import dataclass

from accord.model.english import TENS, UNITS

__all__ = ["NUMBER", "SCALE", "Numeral", "parse_number", "scale_of"]

_VALUES: dict[str, float] = {word: float(value) for value, word in enumerate(UNITS)}
_VALUES |= {word: 20.0 + 10.0 * place for place, word in enumerate(TENS)}
_VALUES |= {"a": 1.0, "an": 1.0}
_MULTIPLIERS = {"hundred": 100.0, "dozen": 12.0, "thousand": 1000.0}

_SCALES: dict[str, float] = {
    **dict.fromkeys(("thousand", "thousands", "k", "ths", "thsd"), 1e3),
    **dict.fromkeys(("lakh", "lakhs", "lac", "lacs"), 1e5),
    **dict.fromkeys(("million", "millions", "mln", "mlns", "mn", "mil", "mio", "mill", "m"), 1e6),
    **dict.fromkeys(("crore", "crores", "cr"), 1e7),
    **dict.fromkeys(("billion", "billions", "bln", "blns", "bn", "bil", "b", "milliard"), 1e9),
    **dict.fromkeys(("milliards", "mrd", "mld", "mlrd", "thousand million"), 1e9),
    **dict.fromkeys(("trillion", "trillions", "trln", "trn", "tn", "tln"), 1e12),
    "hundred million": 1e8,
    "hundred billion": 1e11,
    "lakh crore": 1e12,
    "lakh crores": 1e12,
    "hundred thousand": 1e5,
}
SCALE = (
    r"(?:lakh\s+crores?|(?:hundred|thousand)\s+(?:million|billion|thousand)|thousands?|lakhs?|lacs?|crores?"
    r"|[Mm]illions?|MILLIONS?|[Mm]l?ns?|MLN|mil\b|mio|mill\b|[Bb]illions?|BILLIONS?|[Bb]l?ns?|BLN|bil\b"
    r"|milliards?|[Mm]l?rd|mld|[Tt]rillions?|TRILLION|[Tt]rl?n|tn|tln|THOUSAND|(?:cr|k|K|m|M|b|B)(?![\w-]|/d\b))\b\.?"
)
"""What may follow a number to make it large; a full stop of an abbreviation goes with it."""

_WORD = "|".join([*sorted(_VALUES, key=len, reverse=True), *_MULTIPLIERS])
_SPELT = (
    rf"(?:{_WORD})(?:\s+and\s+a\s+half|-point-(?:{_WORD}))"
    rf"|(?:{_WORD})(?:(?:\s+|-)(?:and\s+)?(?:{_WORD}))*"
)
_DIGITS = (
    r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?"
    r"|\d{1,3}(?:\.\d{3}){2,}(?!\d)|\d{1,3}(?:(?: \d{3}){2,}| 000)(?![\d.,]?\d)"
    r"|\d+,\d{1,2}(?=\s*(?:bn|billion|million|trillion|mn|mln|bln|mrd|%|per\s?cent|pct|pc\b))"
    rf"|\d+-point-(?:{_WORD})|\d+-[1-7]/[2-8]|\d+\s+[1-7]/[2-8]|\d+(?:\.\d+)?(?:\s?[½¼¾])?|\.\d+"
)
_POINT = (
    rf"(?:\d+|{_WORD})[\s-]point[\s-](?:\d+|{_WORD})"  # "49-point-seven", as broadcasters write
)
NUMBER = rf"(?:(?i:{_POINT})|{_DIGITS}|[½¼¾]|(?i:half\s+an?|{_SPELT}))"
"""A number in digits or in words, without its scale."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """A parsed number: its value and how many decimals were printed."""

    value: float
    decimals: int


_GLYPHS = {"½": 0.5, "¼": 0.25, "¾": 0.75}


def parse_number(text: str) -> Numeral | None:
    """The value of what :data:`NUMBER` matched; ``None`` if it makes no number."""
    whole, point, part = text.partition("-point-")
    if point:  # "27-point-three", as it is spoken on the radio
        return Numeral((_plain(whole)) + _plain(part) / 10.0, 1)
    first = text[0]
    if "point" in text.lower():
        return _parse_point(text.lower())
    if first.isdigit() or first in ".½¼¾":
        return _parse_digits(text)
    return _parse_words(text.lower())


def _plain(word: str) -> float:
    return float(word) if word.isdigit() else _VALUES[word.lower()]


def scale_of(text: str | None) -> float:
    """The factor that a scale word stands for; 1 without one."""
    if not text:
        return 1.0
    return _SCALES[" ".join(text.lower().rstrip(".").split())]


def _parse_digits(text: str) -> Numeral | None:
    for glyph, part in _GLYPHS.items():
        if text.endswith(glyph):
            whole = text[:-1].strip()
            return Numeral((float(whole) if whole else 0.0) + part, 1)
    if "/" in text:
        whole, _, fraction = text.replace("-", " ").partition(" ")
        over, _, under = fraction.strip().partition("/")
        return Numeral(float(whole) + int(over) / int(under), 1)
    if re.fullmatch(r"\d+,\d{1,2}", text):
        text = text.replace(",", ".")
    text = text.replace(",", "").replace(" ", "")
    if text.count(".") > 1:  # "10.500.000", as much of Europe writes
        text = text.replace(".", "")
    if len(text) > 18:  # longer than any figure in print: an identifier
        return None
    return Numeral(float(text), len(text.partition(".")[2]))


def _parse_point(text: str) -> Numeral | None:
    """ "Seven-point-two": each side in digits or in a word."""
    whole, part = (p.strip(" -") for p in text.split("point"))
    sides = [int(p) if p.isdigit() else int(_VALUES.get(p, -1)) for p in (whole, part)]
    if min(sides) < 0:
        return None
    return Numeral(float(f"{sides[0]}.{sides[1]}"), len(str(sides[1])))


def _parse_words(text: str) -> Numeral | None:
    words = re.split(r"[\s-]+", text)
    if words[0] == "half":
        return Numeral(0.5, 1)
    if words[-3:] == ["and", "a", "half"]:
        whole = _parse_words(" ".join(words[:-3]))
        return Numeral(whole.value + 0.5, 1) if whole else None
    if words[0] in {"a", "an"} and len(words) > 1 and words[1] not in _MULTIPLIERS:
        words = words[1:]  # "a five percent rise" is one of five
    total, current = 0.0, 0.0
    for word in words:
        if word == "and":
            continue
        if word == "thousand":
            total, current = total + (current or 1.0) * 1000.0, 0.0
        elif word in _MULTIPLIERS:
            current = (current or 1.0) * _MULTIPLIERS[word]
        else:
            current += _VALUES[word]
    return Numeral(total + current, 0)
