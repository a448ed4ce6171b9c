"""Rankings: who is first, second or largest in whose list.

"X is Y's third-largest trading partner", "X ranks second among buyers of Y's goods",
"second only to Z among investors in Y", "4th and 12th largest … respectively",
"the third largest in the world" of a surplus, a record among the years of a flow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from accord.model.statement import Measure, Statement, Trace
from accord.read.comparatives import (
    climbed_from,
    first_after,
    moved_from,
    reversed_rankings,
    then_come,
)
from accord.read.first_visits import first_visits
from accord.read.largest_sources import largest_sources
from accord.read.named_lists import fronted_list, list_leaders, ranked_among
from accord.read.patterns import lazy
from accord.read.places import (
    ORDINAL,
    ListNoun,
    rank_of,
    ranking_statement,
)
from accord.read.ranked_flows import held_by, largest_part
from accord.read.ranked_rows import inverted_places, places_in_a_row
from accord.read.ranking_phrases import ranked_phrases
from accord.read.records import find_records
from accord.read.resolution import resolve_topic
from accord.read.scene import Memory, Scene, Setting
from accord.read.standings import (
    also_ranked,
    elliptic_rankings,
    largest_of,
)
from accord.read.topic import Topic
from accord.read.topics import of_a_company
from accord.read.unrivalled import ahead_of_any

__all__ = ["ranking_topics", "read_rankings"]


_OF_BALANCE = lazy(
    rf"(?:\b(?:the|its|their|our)|[A-Z][\w.]+'s?)\s+(?:(?P<ordinal>{ORDINAL})[\s-]+)?(?P<super>largest|biggest|highest|widest|worst)(?=\s*(?:[.,;]|$)|\s+(?:after|behind|of\s+all|anywhere|it\s+has|it\s+runs|in\s+the\s+world|with\s+any|of\s+any|among|recorded|bilateral|for\s+any|anywhere))",
    re.IGNORECASE,
)


def read_rankings(scene: Scene, memory: Memory, setting: Setting) -> list[Statement]:
    """The rankings that a sentence asserts."""
    found = [
        *ranked_phrases(scene, memory, setting),
        *ranked_among(scene, memory, setting),
        *largest_of(scene, memory),
        *list_leaders(scene, memory, setting),
        *largest_sources(scene, memory, setting),
        *largest_part(scene, memory, setting),
        *held_by(scene, memory, setting),
        *ahead_of_any(scene, memory, setting),
        *first_visits(scene, memory, setting),
    ]
    found += [*_balances(scene, memory, setting), *find_records(scene, memory, setting)]
    found += [*_overall(scene, found)]
    found += [*then_come(scene, memory, found=found)]
    found += [*places_in_a_row(scene, memory, found=found)]
    found += [*inverted_places(scene, memory, found=found)]
    found += [*also_ranked(found, scene)]
    fronted = fronted_list(scene, memory)
    found += [*elliptic_rankings(found, scene, memory, fronted=fronted)]
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


_RANKED = lazy(
    rf"[^.;,]{{0,30}}?\b(?:rank(?:s|ed)|came|comes|stood|stands)\s+(?:in\s+|at\s+|the\s+)*(?P<ordinal>{ORDINAL})"
)


def _ranked_balance(
    topic: Topic, scene: Scene, memory: Memory, setting: Setting
) -> Iterator[Statement]:
    """ "The surplus with Chile ranked second": in the list of those with whom there is one."""
    balance = topic.measure == "balance"
    match = _RANKED.match(scene.text, topic.end, scene.end) if balance else None
    filled = resolve_topic(topic, scene, memory, setting) if match else None
    if match is None or filled is None or filled.form == "ranking":
        return
    noun = ListNoun(Measure.BALANCE, of_owner=True)
    content = (noun, filled.partner, filled.reporter, rank_of(match.group("ordinal")))
    found = ranking_statement(scene, memory, (topic.start, match.end()), content)
    if found is not None:
        yield found


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
        yield from _ranked_balance(topic, scene, memory, setting)
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
