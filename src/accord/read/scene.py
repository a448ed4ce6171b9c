"""Scene and memory: one sentence taken apart, and what earlier ones leave behind.

A :class:`Scene` holds everything found in a sentence; :class:`Memory` what a later
sentence may take up again: the pair spoken of, the last topic, period and direction.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from accord.model.period import Period
from accord.model.statement import Statement
from accord.read.attribution import Attribution, find_attribution
from accord.read.bare_counts import with_bare_counts
from accord.read.bystanders import is_region, without_bystanders, without_members
from accord.read.epithets import with_epithets
from accord.read.parties import Party, only_counts, place_parties
from accord.read.patterns import lazy
from accord.read.peoples import count_peoples, find_people_topics
from accord.read.periods import PeriodMention, find_periods
from accord.read.polities import Mention
from accord.read.pronouns import place_pronouns
from accord.read.quantities import Quantity, Sort, find_quantities
from accord.read.reckoning import Reckoning
from accord.read.sentences import Sentence
from accord.read.topic import Topic
from accord.read.topic_lists import find_goods, find_lists
from accord.read.topics import find_topics, without_wholes

__all__ = ["Memory", "Scene", "Setting", "build_scene"]


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for a whole document: its own country, its pair, who is mentioned."""

    home: str | None = None  # "our", from the speaker or the outlet
    pair: tuple[str, ...] = ()  # the pair that the title (or the whole text) is about
    ends: tuple[str, ...] = ()  # the same for flows: without who is only named most often
    aimed: bool = False  # whether a title has its one country as partner ("Exports to Uganda")
    titled: bool = False  # whether the pair comes from the title
    guessed: bool = False  # whether nothing ties the two of it together
    counts: tuple[str, ...] = ()  # codes mentioned, the most frequent first
    speech: bool = False  # whether the first person speaks for a country
    outlet: str | None = None  # where the outlet is at home
    place: str | None = None  # the country of the dateline
    host: str | None = None  # where a title says that people travel to
    fallback: tuple[str, ...] = ()  # named only by the address or a currency


@dataclass(slots=True)
class Memory:
    """What has been said so far."""

    topic: Topic | None = None
    rival: Topic | None = None  # the last topic, where ``topic`` is the first of its sentence
    anchor: Period | None = None  # the last period named, for "since then"
    periods: list[Period] = field(default_factory=list)
    unit: str | None = None  # of the last amount of money
    counted: str | None = None  # unit of the last count, where no money came after it
    ranking: Statement | None = None  # the last one, for "Canada is second"
    share: Statement | None = None  # the last one, for "last year it was 38 percent"
    spoke: int = -9  # number of the last sentence with a statement
    named: tuple[str, ...] = ()  # the last two polities named in one sentence
    crowd: bool = False  # whether that sentence named more than two
    acted: tuple[str, ...] = ()  # the parties of the last act told
    acted_at: int = -9  # number of the sentence that told it
    did: Statement | None = None  # the last event or membership, for "did so"
    did_at: int = -9  # number of the sentence that told it
    pair: tuple[str, str] | None = None  # reporter, partner of the last statement
    before: tuple[str, str] | None = None  # the same before a sentence that lists several
    listed: bool = False  # whether the sentence of the last topic told of several pairs
    whole: int = -9  # number of the last sentence that told of a flow with all the world
    lister: Topic | None = None  # that flow, of which partners may be told next
    lister_at: int = -9  # number of the sentence that told it
    sentence: int = -9  # number of the sentence that set the topic
    period: Period | None = None
    period_open: bool = False
    base: tuple[Period, Period] | None = None  # the last level's period, and its base's
    direction: str | None = None
    subject: str | None = None
    attribution: Attribution | None = None
    voice: Attribution | None = None  # who speaks, in a record of debates
    heard: int = -9  # number of the sentence with that attribution
    seen: list[str] = field(default_factory=list)  # parties so far, in order

    def all_told(self, number: int) -> Topic | None:
        """The flow with everybody told last, if no pair has been spoken of since."""
        recent = self.lister_at > self.sentence and number - self.lister_at <= 3
        return self.lister if recent else None

    def remember(self, topic: Topic, number: int) -> None:
        """Keep a topic whose parties are known."""
        anew = self.sentence != number or self.topic is None
        if anew:
            self.topic = topic
            self.before = self.before if self.listed else self.pair
        self.rival, self.sentence = topic, number
        if topic.form not in {"ranking", "ellipsis"}:
            self.whole = -9
        if topic.reporter and topic.partner:
            pair = (topic.reporter, topic.partner)
            turned = topic.measure == "total_trade" and self.pair == (pair[1], pair[0])
            self.pair = self.pair if turned else pair  # the owner of a list stays first


@dataclass(slots=True)
class Scene:
    """One sentence with all that was found in it, in folded text."""

    text: str
    masked: str
    number: int
    start: int
    end: int
    parties: list[Party]
    quantities: list[Quantity]
    periods: list[PeriodMention]
    topics: list[Topic]
    attributions: list[Attribution]
    sources: list[Party]  # parties that are only the source ("Chinese customs")
    undated: str = ""  # the text with only the periods blanked
    today: date | None = None

    def is_region(self, code: str) -> bool:
        """Whether a party is a part of the world ("the largest European investor")."""
        return is_region(code)

    def between(self, start: int, end: int) -> str:
        """The text between two offsets."""
        return self.text[start:end]


def build_scene(
    text: str,
    sentence: Sentence,
    mentions: Sequence[Mention],
    *,
    number: int,
    reckoning: Reckoning,
    carried: str | None = None,
    counted: str | None = None,
    known: Sequence[str] = (),
    subject: str | None = None,
    dollar: str | None = None,
    owner: str | None = None,
) -> Scene:
    """Take one sentence apart.

    ``known`` are the polities spoken of, the latest first; ``subject`` that of the sentence
    before; ``dollar`` what a bare dollar is worth; ``owner`` whose partners may be listed.
    """
    start, end = sentence.start, sentence.end
    mentions = with_epithets(text, mentions, start=start, end=end, known=known)
    quantities = find_quantities(text, start, end, year=_year_of(reckoning))
    mentions = [
        m
        for m in mentions
        if not any(
            q.core <= m.start and m.end <= q.end and q.sort is not Sort.COUNT for q in quantities
        )
    ]
    parties = without_bystanders(text, place_parties(text, mentions, start=start, end=end))
    quantities = count_peoples(text, parties, quantities, start)
    quantities = with_bare_counts(text, quantities, parties, (end, counted))
    parties = place_pronouns(text, parties, subject, start=start, end=end, known=known)
    if dollar:
        quantities = [_in_dollars(text, q, dollar) for q in quantities]
    attributions = find_attribution(text, start, end)
    sources = [p for p in parties if _is_source(p, attributions, text)]
    parties = [p for p in parties if p not in sources]
    periods = find_periods(text, start, end, reckoning=reckoning)
    quantities = [q for q in quantities if not _within(q, periods)]
    masked = _mask(text, start, end, [*periods], [*parties, *sources])
    topics = [
        t
        for t in find_topics(text, without_members(text, parties), start=start, end=end)
        if not _is_named(t, attributions)
    ]
    topics = without_wholes(text, topics)
    lists = find_lists(text, parties, start=start, end=end, owner=owner)
    lists += find_goods(text, parties, topics)
    topics = sorted([*topics, *lists], key=lambda t: t.core) if lists else topics
    topics = _with_people(
        topics, find_people_topics(text, parties, quantities, start=start, end=end)
    )
    return Scene(
        text,
        masked,
        number,
        start,
        end,
        parties,
        _with_currency(quantities, carried, counted),
        periods,
        topics,
        attributions,
        sources,
        _mask(text, start, end, periods, []),
        reckoning.today,
    )


def _in_dollars(text: str, quantity: Quantity, dollar: str) -> Quantity:
    """ "$91.8 million" in a parliament that has dollars of its own."""
    words = text[quantity.core : quantity.end]
    bare = words.startswith("$") or ("dollar" in words and "US" not in words and "U.S" not in words)
    if quantity.unit != "USD" or not bare or "USD" in words:
        return quantity
    return replace(quantity, unit=dollar)


def _with_people(topics: list[Topic], people: list[Topic]) -> list[Topic]:
    """Both in order; a word of trade stands for itself ("migrants' remittances")."""
    spans = [(t.core if t.form == "verb" else t.start, t.end) for t in topics]
    apart = [p for p in people if not any(low <= p.core < high for low, high in spans)]
    return sorted([*topics, *apart], key=lambda t: t.core) if apart else topics


def _year_of(reckoning: Reckoning) -> int | None:
    return reckoning.published.start.year if reckoning.published else None


def _is_source(party: Party, attributions: list[Attribution], text: str) -> bool:
    if only_counts(text, party):
        return True
    for a in attributions:
        if a.name_start <= party.start and party.end <= a.name_end:
            return a.firm or a.name_end - a.name_start > party.end - party.start + 4
    return False


def _is_named(topic: Topic, attributions: list[Attribution]) -> bool:
    return any(a.name_start <= topic.core and topic.end <= a.name_end for a in attributions)


def _within(quantity: Quantity, periods: list[PeriodMention]) -> bool:
    """Whether a number is that of a year: "in 2018 Cuba's doctors" counts nobody."""
    counts = quantity.sort is Sort.COUNT
    if counts and any(p.start < quantity.core < p.end for p in periods):
        return True
    return any(p.start <= quantity.core and quantity.end <= p.end for p in periods)


_LEAD = lazy(r"(?:from|against|than|versus|to)\s+", re.IGNORECASE)


def _unled(text: str, mention: PeriodMention) -> int:
    """ "From last year's $8 billion": the word before goes with the number."""
    if not text.startswith("'", mention.end) and text[mention.end - 2 : mention.end] != "'s":
        return mention.start
    lead = _LEAD.match(text, mention.start, mention.end)
    return lead.end() if lead else mention.start


def _mask(
    text: str, start: int, end: int, periods: list[PeriodMention], parties: list[Party]
) -> str:
    """The text with periods and parties blanked, so that only the grammar is left."""
    spans = [(_unled(text, p), p.end) for p in periods]
    spans += [(p.lead, p.end) for p in parties if not p.joined]
    spans += [(p.start, p.end) for p in parties if p.joined]
    pieces = list(text[start:end])
    for low, high in spans:
        for place in range(max(low, start) - start, min(high, end) - start):
            pieces[place] = " "
    return " " * start + "".join(pieces)


def _with_unit(quantity: Quantity, unit: str | None, counted: str | None) -> Quantity:
    if quantity.sort is not Sort.AMOUNT:
        return quantity
    if counted:
        return replace(quantity, sort=Sort.COUNT, unit=counted)
    return replace(quantity, sort=Sort.MONEY, unit=unit) if unit else quantity


def _with_currency(
    quantities: list[Quantity], carried: str | None, counted: str | None
) -> list[Quantity]:
    """Amounts without a currency take that of the money before them, else after.

    What the sentence before ``counted`` goes on to be counted ("Japan bought 0.6 mln").
    """
    money = next((q.unit for q in quantities if q.sort is Sort.MONEY), None)
    unit = money or (None if counted else carried)
    done: list[Quantity] = []
    for quantity in quantities:
        last = done[-1].sort if done else None
        if quantity.sort is Sort.MONEY:
            unit = quantity.unit
        elif quantity.sort is Sort.COUNT:
            counted = quantity.unit
        done.append(
            _with_unit(quantity, unit, None if unit and last is not Sort.COUNT else counted)
        )
    return done
