"""The words of a text as the actor tagger sees them: kinds instead of names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from accord.events.frames import load_frames
from accord.events.inflect import verb_forms

__all__ = ["CALENDAR", "LINKS", "Word", "role_words", "split_words", "verb_marks"]

_WORD = re.compile(
    r"[^\W\d_]+(?:\.[^\W\d_]+)+\.?|[A-Z]['’][A-Z]\w+|\d+(?:[-–][^\W\d_]+)+|\d[\d.,]*\d|\d"
    r"|[^\W\d_]+(?:[-–][^\W_]+)*|['’]s\b|[^\w\s]"
)
LINKS = frozenset(
    [
        "to",
        "on",
        "of",
        "in",
        "with",
        "from",
        "against",
        "by",
        "for",
        "at",
        "over",
        "between",
        "and",
        "into",
        "that",
        "as",
        "about",
        "near",
        "along",
        "toward",
        "towards",
        "outside",
        "after",
        ",",
        ";",
        ":",
    ]
)
CALENDAR = frozenset(
    {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "January"}
    | {"February", "March", "April", "May", "June", "July", "August", "September", "October"}
    | {"November", "December", "Feb", "Jan", "Aug", "Sept", "Oct", "Nov", "Dec"}
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word with its place and what the tagger sees in it.

    ``inner``: it goes on with the name that the word before belongs to.
    """

    text: str
    start: int
    end: int
    kind: str
    inner: bool = False


def split_words(text: str) -> list[Word]:
    """Words and marks of a text, each with its kind."""
    polity = _polity_forms(text)
    words: list[Word] = []
    for match in _WORD.finditer(text):
        token = match.group()
        kind, inner = polity.get(match.start(), ("", False))
        kind = kind or _kind(token, first=not words)
        words.append(Word(token, match.start(), match.end(), kind, inner))
    return words


def _polity_forms(text: str) -> dict[int, tuple[str, bool]]:
    """Start of each word within a polity's mention → form of the mention, not its first word."""
    from accord.read.polities import find_mentions

    forms: dict[int, tuple[str, bool]] = {}
    for mention in find_mentions(text):
        form = {"metonym": "capital", "city": "capital"}.get(mention.form, mention.form)
        for match in _WORD.finditer(text, mention.start, mention.end):
            forms[match.start()] = (f"#{form}", match.start() > mention.start)
    return forms


def _kind(token: str, *, first: bool) -> str:
    lower = token.lower()
    if token[0].isdigit():
        return "#number"
    if token in CALENDAR:
        return "#day"
    if not token[0].isupper() or lower in role_words():
        return lower
    if first and (lower in _known_words()):
        return lower
    return "#CAPS" if token.isupper() and len(token) > 1 else "#Name"


@lru_cache(maxsize=1)
def role_words() -> frozenset[str]:
    """Words of offices and bodies that newswire capitalises."""
    frames = load_frames()
    listed = " ".join(_without_slots(p) for patterns in frames.actors.values() for p in patterns)
    skip = {"al", "boko", "haram", "shabab", "qaeda", "the", "of", "in"}
    return frozenset(w.lower() for w in re.findall(r"[A-Za-z]+", listed)) - skip


@lru_cache(maxsize=1)
def _known_words() -> frozenset[str]:
    frames = load_frames()
    texts = [p for groups in frames.roots.values() for g in groups for p in _frame_texts(g)]
    texts += [*frames.slots["lead"], *frames.syntax["lead_beside"], "the a an"]
    return frozenset(w.lower() for t in texts for w in re.findall(r"[A-Za-z]+", t))


def _frame_texts(group: dict[str, list[str]]) -> Iterator[str]:
    for kind in ("do", "act", "nom", "say"):
        yield from group.get(kind, [])


def _without_slots(pattern: str) -> str:
    return re.sub(r"<[^>]*>", " ", pattern)


@lru_cache(maxsize=1)
def verb_marks() -> dict[str, str]:
    """Form → f (finite), p (participle or past), g (gerund), b (base) of the frames' verbs."""
    table: dict[str, str] = {}
    for groups in load_frames().roots.values():
        for group in groups:
            for phrase in (*group.get("do", []), *group.get("act", [])):
                forms = verb_forms(phrase.split(" ", 1)[0])
                table.setdefault(forms.base, "b")
                table.setdefault(forms.third, "f")
                table.setdefault(forms.gerund, "g")
                table.setdefault(forms.participle, "p")
                table.setdefault(forms.past, "p")
    for form, kind in list(table.items()):
        if "is" in form[3:]:  # British spellings in the frames, American ones in the news
            table.setdefault(form.replace("ise", "ize").replace("isi", "izi"), kind)
    table.update(dict.fromkeys(("is", "was", "were", "are", "has", "have", "had", "will"), "x"))
    return table
