"""English verb forms: enough to put a frame such as ``impose sanctions on T`` into any tense."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

__all__ = ["VerbForms", "is_past", "stem_table", "verb_forms"]


@lru_cache(maxsize=1)
def _irregular() -> dict[str, tuple[str, str]]:
    pairs = {base: forms.split() for base, forms in _table()["irregular"].items()}
    return {base: (past, participle) for base, (past, participle) in pairs.items()}


@lru_cache(maxsize=1)
def _doubling() -> frozenset[str]:
    return frozenset(_table()["doubling"].split())


def _table() -> dict[str, Any]:
    import yaml

    path = resources.files("accord.events") / "codebook" / "verbs.yaml"
    table: dict[str, Any] = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return table


_VOWELS = frozenset("aeiou")


@dataclass(frozen=True, slots=True)
class VerbForms:
    """The five forms of a verb: *give, gives, gave, given, giving*."""

    base: str
    third: str
    past: str
    participle: str
    gerund: str


def verb_forms(base: str) -> VerbForms:
    """All forms of a verb given in its base form."""
    past, participle = _irregular().get(base, ("", ""))
    if not past:
        past = participle = _regular_past(base)
    return VerbForms(base, _third(base), past, participle, _gerund(base))


def _third(base: str) -> str:
    if base in {"be", "have"}:
        return {"be": "is", "have": "has"}[base]
    if base.endswith("y") and base[-2] not in _VOWELS:
        return base[:-1] + "ies"
    if base.endswith(("s", "x", "z", "ch", "sh", "o")):
        return base + "es"
    return base + "s"


def _regular_past(base: str) -> str:
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2] not in _VOWELS:
        return base[:-1] + "ied"
    if base in _doubling():
        return base + base[-1] + "ed"
    return base + "ed"


def _gerund(base: str) -> str:
    if base in {"lie", "die", "tie"}:
        return base[:-2] + "ying"
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")) and base != "be":
        return base[:-1] + "ing"
    if base in _doubling() or (base in {"kidnap", "gag"}):
        return base + base[-1] + "ing"
    return base + "ing"


@lru_cache(maxsize=1)
def stem_table() -> dict[str, str]:
    """Irregular form → stem of its base form."""
    table: dict[str, str] = {}
    for base, (past, participle) in _irregular().items():
        root = base.removesuffix("e") if len(base) > 3 else base
        for form in (base, past, participle, _third(base), _gerund(base)):
            table.setdefault(form, root)
    table.update(
        {"said": "say", "says": "say", "are": "be", "were": "be", "am": "be", "been": "be"}
    )
    table.update({"left": "leav", "felt": "feel", "led": "lead"})
    return table


def is_past(word: str) -> bool:
    """Whether a word can be a past tense (*signed*, *met*)."""
    return word.endswith("ed") or word in _irregular_pasts()


@lru_cache(maxsize=1)
def _irregular_pasts() -> frozenset[str]:
    present = {"set", "put", "cut", "hit", "let", "shut", "read", "bid", "cast", "split", "quit"}
    return frozenset(past for past, _ in _irregular().values()) - present | {"were"}
