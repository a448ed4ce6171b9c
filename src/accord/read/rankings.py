"""Rankings: who is first, second or largest in whose list.

"X is Y's third-largest trading partner", "X ranks second among buyers of Y's goods",
"second only to Z among investors in Y", "4th and 12th largest … respectively",
"the third largest in the world" of a surplus, a record among the years of a flow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from accord.model.statement import Measure, Statement, Trace
from accord.read.attachment import clause_start
from accord.read.comparatives import (
    climbed_from,
    first_after,
    moved_from,
    reversed_rankings,
    then_come,
)
from accord.read.largest_sources import largest_sources
from accord.read.patterns import lazy
from accord.read.places import (
    ORDINAL,
    SUPERLATIVE,
    ListNoun,
    list_noun,
    noun_of,
    noun_phrase,
    rank_of,
    ranking_statement,
)
from accord.read.ranked_flows import held_by, largest_part
from accord.read.ranked_rows import inverted_places, places_in_a_row
from accord.read.ranking_parties import MAKING_IT, find_owner, find_subjects
from accord.read.resolution import resolve_topic
from accord.read.scene import Memory, Scene, Setting
from accord.read.standings import (
    also_ranked,
    elliptic_rankings,
    is_mutual,
    largest_of,
    list_leaders,
    mutual_places,
    ranked_among,
)
from accord.read.topic import Topic
from accord.read.topics import of_a_company

__all__ = ["ranking_topics", "read_rankings"]

_ONE_OF = lazy(
    r"\b(?:one|some|two|three|several|many|most|any)\s+(?:of|among)\s+(?:(?!and\s+(?:also\s+)?(?:the|its|our|their)\s)[\w.'-]+\s+){0,6}$|\bamong\s+(?:the\s+|its\s+|their\s+|[\w.'-]+'s\s+)(?:\w+\s+){0,2}$|\bamong\s+(?:the\s+)?$|\bnext\s+$|\ban?\s+$|(?<!\bstatus\s)(?<!\bplace\s)(?<!\bposition\s)(?<!\btitle\s)(?<!\brole\s)(?<!\brank\s)\bof\s+the\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)

_RECORD = lazy(
    r"\b(?:(?:set|sets|hit|hits|hitting|reached)\s+(?:an?\s+|(?:yet\s+)?another\s+)?(?:new\s+|all-time\s+|historic(?:al)?\s+|annual\s+|fresh\s+)?record(?!\s+(?:low|number))|an?\s+(?:all-time\s+|new\s+|historic\s+)?(?:record|high)(?:\s+(?:high|level))?(?=\s+(?:for|in\s+the\s+history|since)\b)|an?\s+unprecedented\s+(?:record|high|level)|(?:the\s+)?(?:highest|largest|biggest|widest|best)\s+(?:\w+\s+)?(?:ever|on\s+record)|(?:a\s+|an\s+)?(?:all-time|record|historic|new)\s+(?:record\s+)?high|(?:a\s+)?record\s+(?:high|level)"
    r"|(?:a\s+)?record\s+(?:figure|volume)|(?:is|was|being|marking|becoming|set|setting)\s+an?\s+(?:(?:unprecedented|historic|historical|absolute|all-time|new)\s+)?record(?=\s*(?:[.,;]|$))"
    r"|the\s+(?P<nth>second|third)[\s-](?:highest|largest)\s+(?:ever|on\s+record))\b",
    re.IGNORECASE,
)

_OF_BALANCE = lazy(
    rf"(?:\b(?:the|its|their|our)|[A-Z][\w.]+'s?)\s+(?:(?P<ordinal>{ORDINAL})[\s-]+)?(?P<super>largest|biggest|highest|widest|worst)(?=\s*(?:[.,;]|$)|\s+(?:after|behind|of\s+all|anywhere|it\s+has|it\s+runs|in\s+the\s+world|with\s+any|of\s+any|among|recorded|bilateral|for\s+any|anywhere))",
    re.IGNORECASE,
)


def read_rankings(scene: Scene, memory: Memory, setting: Setting) -> list[Statement]:
    """The rankings that a sentence asserts."""
    found = [
        *_phrases(scene, memory, setting),
        *ranked_among(scene, memory, setting),
        *largest_of(scene, memory),
        *list_leaders(scene, memory),
        *largest_sources(scene, memory, setting),
        *largest_part(scene, memory, setting),
        *held_by(scene, memory, setting),
    ]
    found += [*_balances(scene, memory, setting), *_records(scene, memory, setting)]
    found += [*_overall(scene, found)]
    found += [*then_come(scene, memory, found=found)]
    found += [*places_in_a_row(scene, memory, found=found)]
    found += [*inverted_places(scene, memory, found=found)]
    found += [*also_ranked(found, scene), *elliptic_rankings(found, scene, memory)]
    found += [*first_after(scene, found=found)]
    found += [*climbed_from(scene, found=found)]
    found += [*moved_from(scene, memory, found=found), *reversed_rankings(scene, found=found)]
    if of_a_company(scene.text, scene.start, scene.end):
        found = [s for s in found if s.measure is not Measure.EXPORTS]  # a firm's markets
    return _apart(found)


_OVERALL = lazy(
    rf"[^.;]{{0,40}}?(?:,|\band\b|\bbut\b|\bor\b)\s+(?:\w+\s+)?(?:the\s+)?(?P<ordinal>{ORDINAL})(?:[\s-]+(?:largest|biggest))?\s+(?:overall|in\s+all|in\s+the\s+world|worldwide|globally)\b",
    re.IGNORECASE,
)


def _overall(scene: Scene, found: list[Statement]) -> Iterator[Statement]:
    """ "the third investor from the EU and the fifth overall": another place in the whole list."""
    for told in found:
        match = _OVERALL.match(scene.text, told.end, scene.end)
        if match is not None and told.value != rank_of(match.group("ordinal")):
            start = match.start("ordinal")
            yield replace(
                told,
                value=float(rank_of(match.group("ordinal"))),
                quote=scene.text[start : match.end()],
                start=start,
                end=match.end(),
                text_cue="ranked",
                traces=(Trace("value", start, match.end(), "the place in the whole list"),),
            )


def ranking_topics(found: list[Statement]) -> list[Topic]:
    """What rankings speak of, for the figures that follow them ("with more than …")."""
    topics = []
    for s in found:
        measure = "fdi" if s.measure is Measure.FDI_STOCK else str(s.measure)
        if s.text_cue == "record":
            continue  # of the flow that is named beside it
        if s.reporter and s.partner and measure not in {"other"}:
            topics.append(
                Topic(
                    s.start,
                    s.end - 1,
                    s.end,
                    measure,
                    "ranking",
                    s.reporter,
                    s.partner,
                    owner=True,
                    swapped=None if s.text_cue == "record" else _listed_slot(s),
                )
            )
    return topics


def _listed_slot(ranking: Statement) -> str | None:
    """Which party the others of the same list would replace ("followed by B with …")."""
    if ranking.text_cue == "record":
        return None
    given = {Measure.FDI_STOCK, Measure.FDI_FLOW, Measure.AID, Measure.LOAN, Measure.TOURISTS}
    receives = re.search(
        r"recipient|beneficiar|receiver|debtor|borrower|destination", ranking.of or ""
    )
    return "reporter" if ranking.measure in given and not receives else "partner"


def _apart(found: list[Statement]) -> list[Statement]:
    kept: list[Statement] = []
    for s in found:
        if not any(
            k.value == s.value
            and (k.reporter, k.partner) == (s.reporter, s.partner)
            and k.measure == s.measure
            for k in kept
        ):
            kept.append(s)
    return kept


def _phrases(scene: Scene, memory: Memory, setting: Setting) -> Iterator[Statement]:
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


def _ranks_nobody(match: re.Match[str], noun: ListNoun, scene: Scene) -> bool:
    """Whether a market is not one of goods, or one of people."""
    goods = noun.measure is not Measure.EXPORTS or _export_list(match, scene)
    return not goods or _FOR_PEOPLE.match(scene.text, match.end()) is not None


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
    r"(?:[^.;,]{0,60}?,?\s+)?(?:just\s+|right\s+|only\s+)?(?:after|behind|following)\s+(?:the\s+)?",
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


def _is_plural_only(match: re.Match[str]) -> bool:
    word = match.group().rstrip()
    if re.search(r"\bdestination\s+(?:for|of)\b", word):
        return False
    if match.group("second") or _OF_A_PEOPLE.search(
        match.string, max(0, match.start() - 60), match.start()
    ):
        return False
    return (
        re.search(
            r"(?:partners|markets|investors|suppliers|donors|buyers|customers|destinations|sources|creditors|lenders|traders|exporters|importers)$",
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
    return re.match(r"\s+for\b", after) is not None or (
        re.search(r"(?:'s|s'|its|our|their)\s+$", before) is not None
        and re.search(r"world", before) is None
    )


def _balances(scene: Scene, memory: Memory, setting: Setting) -> Iterator[Statement]:
    """ "a surplus of …, the third largest in the world", "its fifteenth largest deficit with X"."""
    for match in _OF_BALANCE.finditer(scene.text, scene.start, scene.end):
        topic = next(
            (
                t
                for t in reversed(scene.topics)
                if t.end <= match.start() and t.measure == "balance"
            ),
            None,
        )
        if topic is None:
            continue
        filled = resolve_topic(topic, scene, memory, setting)
        if filled and filled.reporter and filled.partner:
            noun = ListNoun(Measure.BALANCE, True)
            statement = ranking_statement(
                scene,
                memory,
                (match.start(), match.end()),
                (noun, filled.partner, filled.reporter, rank_of(match.group("ordinal"))),
            )
            if statement:
                yield replace(
                    statement, start=match.start(), quote=scene.text[match.start() : match.end()]
                )
    for topic in scene.topics:
        lead = re.search(
            rf"(?P<ordinal>{ORDINAL})?[\s-]*(?:largest|biggest|highest|maximum|widest)\s+(?:\w+\s+)?$",
            scene.text[max(scene.start, topic.core - 40) : topic.core],
            re.IGNORECASE,
        )
        filled = (
            resolve_topic(topic, scene, memory, setting)
            if lead and topic.measure == "balance"
            else None
        )
        if lead and filled and filled.reporter and filled.partner:
            start = max(scene.start, topic.core - 40) + lead.start()
            statement = ranking_statement(
                scene,
                memory,
                (start, topic.end),
                (
                    ListNoun(Measure.BALANCE, True),
                    filled.partner,
                    filled.reporter,
                    rank_of(lead.group("ordinal")),
                ),
            )
            if statement:
                yield statement


def _records(scene: Scene, memory: Memory, setting: Setting) -> Iterator[Statement]:
    """ "a record for those months", "the highest amount ever"."""
    for match in _RECORD.finditer(scene.text, scene.start, scene.end):
        topic = next((t for t in reversed(scene.topics) if t.end <= match.start()), memory.topic)
        filled = resolve_topic(topic, scene, memory, setting) if topic else None
        if (
            filled is None
            or not filled.reporter
            or not filled.partner
            or filled.measure
            not in {"total_trade", "exports", "imports", "balance", "services_trade"}
        ):
            continue
        statement = ranking_statement(
            scene,
            memory,
            (match.start(), match.end()),
            (
                ListNoun(Measure(filled.measure), True),
                filled.partner,
                filled.reporter,
                rank_of(match.group("nth")),
            ),
        )
        if statement:
            yield replace(statement, period=statement.period or memory.period, text_cue="record")
