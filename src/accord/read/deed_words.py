"""The words of deeds: forms of verbs, and what must stand beside them.

``lexicon/deeds.toml`` names families of verbs with what they take. Here the verbs get
all their forms, so that one look-up a word tells whether a deed can begin there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from accord.read.lexicons import read_table
from accord.read.patterns import one_of, split

__all__ = ["Family", "Form", "forms_of", "may_tell", "nouns", "words_of"]

_VOWELS = "aeiou"
# A word that may stand between: also "Mongolia's", "U.S.", "MiG-29".
_WORD_FILL = re.compile(r"\\w\+(?=\)?\\s)")
_ANY_WORD = r"[\\w'.&-]+"


@dataclass(frozen=True, slots=True)
class Family:
    """One family of the lexicon: what its verbs take, and who may do it."""

    cue: str
    takes: str
    things: re.Pattern[str] | None
    preps: re.Pattern[str] | None
    official: bool
    joint: bool
    dated: bool
    dated_unless: re.Pattern[str] | None
    bilateral: bool  # the second party may be left to be understood
    to: frozenset[str]  # prepositions of the party that it concerns
    beside: re.Pattern[str] | None  # what must stand after the object
    finite: bool  # not as a participle ("accusing")
    alone: bool  # the thing itself may be the subject ("the embassy closed")
    unpriced: bool  # with an amount of money it is a figure
    person: bool  # only somebody can do it ("was in Yerevan")
    each: bool  # done by each of those coordinated, not by all together


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a verb: ``base``, ``s``, ``past``, ``participle``, ``both`` or ``ing``."""

    family: Family
    form: str
    order: int  # of the family in the lexicon: the first that fits is taken


@cache
def forms_of() -> dict[str, tuple[Form, ...]]:
    """Every form of every verb, in lower case, with the families it may belong to."""
    found: dict[str, list[Form]] = {}
    for order, entry in enumerate(read_table("deeds")["families"]):
        family = _family(entry)
        for verb in entry["verbs"].split():
            for word, form in words_of(verb):
                found.setdefault(word, []).append(Form(family, form, order))
    return {word: tuple(forms) for word, forms in found.items()}


@cache
def may_tell() -> re.Pattern[str]:
    """A word of deeds that is not in everyone's mouth: the cheap test of a whole text."""
    common = set(read_table("deeds")["common"].split())
    words = {
        word
        for word, forms in forms_of().items()
        if word not in common and any(f.family.takes != "thing" for f in forms)
    }
    return one_of("|".join((*sorted(words), read_table("deeds")["gate"])))


@cache
def nouns() -> re.Pattern[str]:
    """The nouns that tell a deed."""
    table = read_table("deeds")
    relations = (
        rf"{noun}\s+(?:of|in)\s+(?:diplomatic\s+|all\s+|their\s+)?(?:relations|ties)\b"
        for noun in table["nouns_of_relations"].split("|")
    )
    plain = (rf"{noun}\b" for noun in split(table["nouns"]))
    return one_of("|".join((*relations, *plain)))


def _family(entry: dict[str, str]) -> Family:
    def compiled(name: str, before: str = "", after: str = "") -> re.Pattern[str] | None:
        pattern = _WORD_FILL.sub(_ANY_WORD, entry.get(name) or "")
        return re.compile(f"{before}(?:{pattern}){after}", re.IGNORECASE) if pattern else None

    return Family(
        entry["cue"],
        entry["takes"],
        compiled("things"),
        compiled("preps", r"\b", r"\b"),
        entry.get("subject") == "official",
        bool(entry.get("joint")),
        bool(entry.get("dated")),
        compiled("dated_unless"),
        bool(entry.get("bilateral")),
        frozenset(filter(None, entry.get("to", "").split("|"))),
        compiled("beside"),
        bool(entry.get("finite")),
        bool(entry.get("alone")),
        bool(entry.get("unpriced")),
        bool(entry.get("person")),
        bool(entry.get("each")),
    )


def words_of(verb: str) -> list[tuple[str, str]]:
    """The forms of a verb: all that are given, or those of a regular one.

    >>> words_of("ease")
    [('ease', 'base'), ('eases', 's'), ('eased', 'both'), ('easing', 'ing')]
    """
    if "/" in verb:
        base, third, past, participle, ing = verb.split("/")
        same = past == participle
        names = [(base, "base"), (third, "s"), (past, "both" if same else "past"), (ing, "ing")]
        return [*names, *([] if same else [(participle, "participle")])]
    stem = verb[:-1] if verb.endswith("e") else verb
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return [
            (verb, "base"),
            (f"{verb[:-1]}ies", "s"),
            (f"{verb[:-1]}ied", "both"),
            (f"{verb}ing", "ing"),
        ]
    third = f"{verb}es" if re.search(r"(?:s|x|z|ch|sh)$", verb) else f"{verb}s"
    return [(verb, "base"), (third, "s"), (f"{stem}ed", "both"), (f"{stem}ing", "ing")]
