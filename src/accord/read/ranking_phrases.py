"""The words that rank: which phrases name a place in a list, and which only seem to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from accord.model.polity import get_polity
from accord.model.statement import Measure, Statement
from accord.read.attachment import clause_start
from accord.read.parties import Party
from accord.read.patterns import lazy
from accord.read.places import (
    SUPERLATIVE,
    ListNoun,
    list_noun,
    noun_of,
    noun_phrase,
    rank_of,
    ranking_statement,
)
from accord.read.ranking_owners import find_owner
from accord.read.ranking_parties import MAKING_IT, find_subjects
from accord.read.scene import Memory, Scene, Setting
from accord.read.standings import (
    is_mutual,
    mutual_places,
)

__all__ = ["ranked_phrases"]


_ONE_OF = lazy(
    r"\b(?:one|some|two|three|several|many|most|any)\s+(?:of|among)\s+(?:(?!and\s+(?:also\s+)?(?:the|its|our|their)\s)[\w.'-]+\s+){0,6}$|\bamong\s+(?:the\s+|its\s+|their\s+|[\w.'-]+'s\s+)(?:\w+\s+){0,2}$|\bamong\s+(?:the\s+)?$|\bnext\s+$|\ban?\s+$|(?<!\bstatus\s)(?<!\bplace\s)(?<!\bposition\s)(?<!\btitle\s)(?<!\brole\s)(?<!\brank\s)\bof\s+the\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)


def ranked_phrases(scene: Scene, memory: Memory, setting: Setting) -> Iterator[Statement]:
    """Rankings told by a noun and its place ("China's second largest supplier")."""
    for match in noun_phrase().finditer(scene.text, scene.start, scene.end):
        noun = noun_of(match)
        before = scene.text[max(scene.start, match.start() - 50) : match.start()]
        if noun is not None and is_mutual(match, scene):
            yield from mutual_places(match, noun, scene, (memory, setting))
            continue
        if noun is None or _ONE_OF.search(before) or _is_plural_only(match):
            continue
        if _ranks_nobody(match, noun, scene):
            continue
        subjects = find_subjects(match, scene, memory, setting)
        owner = find_owner(match, scene, memory, setting, subjects)
        noun, subjects, owner = _of_visitors(match, scene, (noun, subjects, owner))
        ranks = [rank_of(match.group("ordinal")) or 1]
        if not match.group("ordinal"):
            ranks = [1 + _named_ahead(match, scene)]
        if match.group("second"):
            ranks.append(rank_of(match.group("second")))
        if (
            match.group("ordinal")
            and not match.group("super")
            and not _has_super(match)
            and ranks == [1]
            and not _is_said_of(match, scene)
        ):
            continue  # "the first partner to …"
        first = _ahead(match, scene, ranks)
        ranks = [2] if first is not None else ranks
        holders = [
            subjects[min(i, len(subjects) - 1)] if subjects else None for i in range(len(ranks))
        ]
        places = [*zip(holders, ranks, strict=True), *([(first, 1)] if first else [])]
        nouns = [noun, *_and_noun(match, scene)]
        for (subject, rank), named in product(places, nouns):
            content = (named, subject, owner, rank)
            yield from filter(
                None, [ranking_statement(scene, memory, (match.start(), match.end()), content)]
            )


_OF_ALL = lazy(
    r"(?:\s+of\s+[\w\s-]{2,40}?)?\s+(?:in|across|throughout)\s+(?:the\s+)?(?:(?P<world>world|globe)\b|(?-i:[A-Z]))",
    re.IGNORECASE,
)
_ANYBODY = lazy(
    r"\b(?:importer|exporter|buyer|supplier|producer|recipient|consumer|investor|donor)$"
)


def _ranks_nobody(match: re.Match[str], noun: ListNoun, scene: Scene) -> bool:
    """Whether a market is not one of goods, or one of people, or a place among all states."""
    if _ANYBODY.search(match.group()) and (
        where := _OF_ALL.match(scene.text, match.end(), scene.end)
    ):
        party = next((p for p in scene.parties if p.end > where.end() - 1), None)
        if where.group("world") or (party and party.prep == "in" and _is_region(party, scene)):
            return True
    goods = noun.measure is not Measure.EXPORTS or _export_list(match, scene)
    return not goods or _FOR_PEOPLE.match(scene.text, match.end()) is not None


def _is_region(party: Party, scene: Scene) -> bool:
    polity = get_polity(party.code)
    return scene.is_region(party.code) or (polity is not None and polity.is_group)


_AND = lazy(r"\s+(?:and|as\s+well\s+as)\s+(?:its\s+|the\s+)?")


def _and_noun(match: re.Match[str], scene: Scene) -> list[ListNoun]:
    """ "its largest trading partner and donor": the same place in another list."""
    joined = _AND.match(scene.text, match.end(), scene.end)
    what = list_noun().match(scene.text, joined.end(), scene.end) if joined else None
    noun = noun_of(what) if what else None
    return [noun] if noun is not None else []


def _of_visitors(
    match: re.Match[str], scene: Scene, read: tuple[ListNoun, list[str], str | None]
) -> tuple[ListNoun, list[str], str | None]:
    """ "welcomed 45,300 visitors from Chile, its fourth-largest market": a market of tourists."""
    topics = [t for t in scene.topics if t.end <= match.start()]
    last = topics[-1] if topics else None
    market = match.group().lower().endswith("market")
    if last is None or last.measure != "tourists" or not market or not last.reporter:
        return read
    return ListNoun(Measure.TOURISTS, False), [last.reporter], last.partner or read[2]


_AFTER_ONE = lazy(
    r"(?:(?:(?!\band\s+(?:the|its)\b)[^.;,]){0,60}?,?\s+)?(?:just\s+|right\s+|only\s+)?(?:after|behind|following)\s+(?:the\s+)?",
    re.IGNORECASE,
)


_MORE = lazy(r"(?:'s?)?\s*(?:,|and\b|but\b)")


def _ahead(match: re.Match[str], scene: Scene, ranks: list[int]) -> str | None:
    """ "the second-largest partner after Brazil", "the main market after Spain": who is first."""
    if len(ranks) != 1 or ranks[0] > 2:
        return None
    for party in scene.parties:
        if match.start() < party.start < match.end() and party.prep in {"after", "behind"}:
            return party.code  # "the second largest (after Germany) supplier"
        if party.start < match.end() or party.prep not in {"after", "behind", ""}:
            continue
        if _AFTER_ONE.fullmatch(scene.text, match.end(), party.start):
            following = next((p for p in scene.parties if p.start > party.end and p.joined), None)
            listed = following is not None and _MORE.match(scene.text, party.end)
            return None if listed else party.code
    return None


_AFTER_THEM = lazy(r"\W*(?:and\s+)?[Aa]fter\s+(?:the\s+)?$")


def _named_ahead(match: re.Match[str], scene: Scene) -> int:
    """ "After the United States, China is Israel's most important partner": one is ahead."""
    start = clause_start(scene.text, scene.start, match.start())
    ahead = [
        p
        for p in scene.parties
        if start <= p.start and p.end <= match.start() and p.prep == "after"
    ]
    if not ahead or not _AFTER_THEM.fullmatch(scene.text, start, ahead[0].start):
        return 0
    return len(ahead)


_BEING = lazy(r"\b(?:is|was|are|remains|became|as|being|mak(?:es|ing))\b[^,;]*$")


_FOR_PEOPLE = lazy(
    r"\s+(?:for|of)\s+(?:\w+\s+){0,2}(?:migrants|emigrants|tourists|students|visitors|refugees|travellers|workers)\b"
)


def _is_said_of(match: re.Match[str], scene: Scene) -> bool:
    """ "Turkey is already the first partner of Georgia": a place, not who was early."""
    before = scene.text[max(scene.start, match.start() - 50) : match.start()]
    early = re.match(r"\s+(?:to|since|in\s+\d)\b", scene.text[match.end() : match.end() + 8])
    return _BEING.search(before) is not None and early is None


def _has_super(match: re.Match[str]) -> bool:
    return (
        re.search(SUPERLATIVE, match.group(), re.IGNORECASE) is not None
        or re.match(r"(?:number|no|#)", match.group(), re.IGNORECASE) is not None
    )


_OF_A_PEOPLE = lazy(
    r"\b[A-Z]\w+(?:s|ese|ish|ch)\s+(?:are|were|remain|remained|have\s+become|became)\s+(?:now\s+|still\s+|by\s+far\s+)?(?:the\s+)?$"
)


# "X was the fourth largest partners of Y", as customs copy has it
_OF_ONE = lazy(
    r"\b(?:is|was|became|remains|remained|has\s+become)\s+(?:(?:the|now|still|also|again)\s+|[A-Z]\w+'s?\s+){1,2}$"
)


def _is_plural_only(match: re.Match[str]) -> bool:
    word = match.group().rstrip()
    if re.search(r"\bdestination\s+(?:for|of)\b", word):
        return False
    if match.group("second") or _OF_A_PEOPLE.search(
        match.string, max(0, match.start() - 60), match.start()
    ):
        return False
    if _OF_ONE.search(match.string, max(0, match.start() - 40), match.start()):
        return False
    return (
        re.search(
            r"(?:partners|markets|investors|suppliers|donors|buyers|customers|destinations|sources|creditors|lenders|traders|exporters|importers|purchasers|sources(?:\s+of\s+\w+)?|consumers)$",
            word,
        )
        is not None
    )


def _export_list(match: re.Match[str], scene: Scene) -> bool:
    """A bare "market" ranks exports only where goods, exports or a seller are meant."""
    if not re.search(r"markets?$|destinations?$", match.group(), re.IGNORECASE) or re.search(
        r"export", match.group(), re.IGNORECASE
    ):
        return True
    after = scene.text[match.end() : match.end() + 40]
    before = scene.text[max(scene.start, match.start() - 40) : match.start()]
    if MAKING_IT.search(before) or re.search(r"\bas\s+the\s+$", before):
        return True
    if re.match(r"\s+(?:of|to)\s+(?:the\s+)?[A-Z]", after):
        return True  # "the fifth biggest seafood market of Norway"
    return re.match(r"\s+for\b", after) is not None or (
        re.search(r"(?:'s|s'|its|our|their)\s+$", before) is not None
        and re.search(r"world", before) is None
    )
