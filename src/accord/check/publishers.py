"""Whose statistics a text names: "Chinese customs", "the trade ministry in Astana"."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from accord.model.polity import all_polities

__all__ = ["Publisher", "find_publisher", "plain_names", "polities_named", "publishes"]

# "Russia's Federal Customs Service", but not "… with Russia, in the data of Chinese customs"
_LINKING = r"(?!(?:in|of|to|with|from|by|according|and|on|at|for|the|says?|said)\b)"
_GAP = rf"\s+(?:{_LINKING}[\w.&'’-]+\s+){{0,3}}?"
_BACK = r"\s+(?:\w+\s+){0,2}?(?:in|from|of|by)\s+(?:the\s+)?"  # "customs data from Beijing"


@dataclass(frozen=True, slots=True)
class Publisher:
    """The polity or institution whose statistics are named, and the words that name it."""

    polity: str | None
    institution: str | None
    words: str


@dataclass(frozen=True, slots=True)
class _Lexicon:
    polity_of: dict[str, str]
    office_of: dict[str, str]
    institution_of: dict[str, str]
    offices: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]


@lru_cache(maxsize=1)
def _lexicon() -> _Lexicon:
    text = (resources.files("accord.check") / "data" / "publishers.toml").read_text("utf-8")
    data = tomllib.loads(text)
    polity_of = {word: code for code, words in data["polities"].items() for word in words}
    # a bare "in 2021 Chinese data" must not read as "Chinese … customs" across a clause
    polity = _alternatives(polity_of)
    office = _alternatives(data["office_words"])
    named = _alternatives({**data["offices"], **data["institutions"]})
    return _Lexicon(
        polity_of=polity_of,
        office_of=data["offices"],
        institution_of=data["institutions"],
        offices=re.compile(rf"(?<!\w)({named})(?!\w)", re.IGNORECASE),
        before=re.compile(rf"(?<!\w)({polity}){_GAP}({office})(?!\w)", re.IGNORECASE),
        after=re.compile(rf"(?<!\w)({office})(?!\w){_BACK}({polity})(?!\w)", re.IGNORECASE),
    )


def find_publisher(text: str, parties: tuple[str, ...] = ()) -> Publisher | None:
    """The publisher named in a text; one of the ``parties`` is preferred.

    ``China's exports, Russian data show`` names Russia: of two country words before
    an office word the nearer one counts.
    """
    found = [*_by_country(text), *_by_name(text)]
    for publisher in found:
        if publisher.polity in parties:
            return publisher
    # a compiler of many countries' figures before the office of a country not spoken of
    return next((p for p in found if p.institution), found[0] if found else None)


@lru_cache(maxsize=1)
def _institution_publishers() -> dict[str, tuple[str, ...]]:
    text = (resources.files("accord.check") / "data" / "publishers.toml").read_text("utf-8")
    table = tomllib.loads(text)["institution_publishers"]
    return {name: tuple(words) for name, words in table.items()}


def publishes(institution: str, publisher: str | None) -> bool:
    """Whether a release of ``publisher`` is one of the institution's."""
    words = _institution_publishers().get(institution, (institution.lower(),))
    return any(word in (publisher or "").lower() for word in words)


def plain_names(code: str) -> tuple[str, ...]:
    """The words for a polity, without its possessives: china, chinese, beijing."""
    names = (word for word, found in _lexicon().polity_of.items() if found == code)
    return tuple(word for word in names if not word.endswith("'s"))


def polities_named(text: str) -> tuple[str, ...]:
    """The polities that a text names, by name, adjective or capital, in its order."""
    code_of, pattern = _polity_words()
    return tuple(code_of[_plain(match.group(1))] for match in pattern.finditer(text))


@lru_cache(maxsize=1)
def _polity_words() -> tuple[dict[str, str], re.Pattern[str]]:
    code_of = {p.name.lower(): p.code for p in all_polities()} | _lexicon().polity_of
    # written as names are: "us" is no polity, "turkey" no country, "US$" a currency
    written = "|".join(re.escape(w) for w in sorted(code_of, key=len, reverse=True))
    return code_of, re.compile(
        rf"(?<!\w)(?=[A-Z])((?i:{written}))(?![\w$])(?!\.?\s?(?:[Dd]ollars?|\$|dlrs))"
    )


def _by_country(text: str) -> list[Publisher]:
    lexicon = _lexicon()
    found = []
    for match in lexicon.before.finditer(text):
        if _broken(match.group(0)):
            continue
        found.append(Publisher(lexicon.polity_of[_plain(match.group(1))], None, match.group(0)))
    for match in lexicon.after.finditer(text):
        if _broken(match.group(0)):
            continue
        found.append(Publisher(lexicon.polity_of[_plain(match.group(2))], None, match.group(0)))
    return found


def _by_name(text: str) -> list[Publisher]:
    lexicon = _lexicon()
    found = []
    for match in lexicon.offices.finditer(text):
        name = _plain(match.group(1))
        if name in lexicon.office_of:
            found.append(Publisher(lexicon.office_of[name], None, match.group(0)))
        if name in lexicon.institution_of:
            found.append(Publisher(None, lexicon.institution_of[name], match.group(0)))
    return found


def _broken(words: str) -> bool:
    """Whether the words between country and office belong to something else."""
    return (
        re.search(r"\b(?:trade|exports?|imports?|trading)\b(?! ministry)", words, re.I) is not None
    )


def _plain(words: str) -> str:
    return words.lower().replace("’", "'")


def _alternatives(words: object) -> str:
    ordered = sorted(words, key=len, reverse=True)  # type: ignore[call-overload]
    return "|".join(re.escape(w).replace("'", "['’]").replace(r"\ ", r"\s+") for w in ordered)
