"""Peoples: students, workers, refugees and firms of one country in another, as topics.

"30,000 Vietnamese students in the United States", "some 700 Georgians live in Latvia",
"Saudi Arabia hosts 1.2 million Filipino workers": a noun of :file:`lexicon/people.toml`
or the name of a people itself is what the number is of; from where and to where follow
from the words beside it, as with goods.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from accord.read.lexicons import read_table
from accord.read.numerals import NUMBER, SCALE, parse_number, scale_of
from accord.read.parties import Party
from accord.read.patterns import lazy
from accord.read.quantities import Quantity, Sort
from accord.read.quantity import build_quantity
from accord.read.topic import Topic
from accord.read.topic_nouns import noun_topic

__all__ = ["COUNTED", "PEOPLE", "count_peoples", "find_people_topics"]

PEOPLE = "people"
COUNTED = frozenset({"persons", "scholarships", "companies", "visas", "permits", "trips"})

_NUMBER_BEFORE = lazy(
    rf"(?<![\w.,$€£¥/-])(?<!\d\s)(?P<number>(?:{NUMBER}))(?:[\s-]?(?P<scale>{SCALE}))?"
    r"\s+(?:(?:ethnic|young|other|more|skilled|working|such|registered|resident|poor|fellow)\s+)?$"
)
_NOT_NOUN = lazy(
    r"\s+(?!(?:and|or|in|at|of|to|from|who|that|which|were|was|are|is|have|has|had|live|lived|living|work|worked|working|reside|resided|residing|stud\w+|settled|serve\w*|sent|"
    r"visit\w*|travel\w*|came|come|fled|flew|crossed|went|now|still|currently|also|alone|abroad|there|here|every|each|a|per|as|by|on|with|for|during|last|this|until|after|before|since|whose|among|"
    r"digs?|dug|earn|find|found|born|having|being|already|employed|enrolled|registered|holiday\w*|took|take|left|moved|emigrated|migrated|schooling|learning|pursuing|attending|training|seeking|arrived|received|hold|held|died|call|called|make|made|chose|did|do)\b)[a-z]",
)
_PLURAL = lazy(r"(?:s|ese|ish|ch|Basotho|Batswana|Maori|Thai|Greek)$")
_TRADE = lazy(r"\b(?:trade|exports?|imports?|investments?|aid|loans?|turnover)\b", re.IGNORECASE)
_TRAVEL = lazy(
    r"\b(?:visit(?:ed|s|ing)?|holiday(?:ed|s|ing)?|travel(?:led|ed|s|ling)?|flew|tour(?:ed|s|ing)?|spent\s+(?:their\s+)?(?:holidays?|vacations?))\b"
)


@cache
def _nouns() -> re.Pattern[str]:
    table = read_table("people")
    return re.compile(rf"(?<![\w-])(?:{table['who']}|{table['what']})(?![\w-])", re.IGNORECASE)


def find_people_topics(
    text: str,
    parties: Sequence[Party],
    quantities: Sequence[Quantity],
    *,
    start: int,
    end: int,
) -> list[Topic]:
    """The topics of people (and firms) in one sentence, where something counts them."""
    if not parties or not any(q.sort is Sort.COUNT and q.unit in COUNTED for q in quantities):
        return []
    found = []
    matches = list(_nouns().finditer(text, start, end))
    for place, match in enumerate(matches):
        limit = matches[place + 1].start() if place + 1 < len(matches) else end
        trade = _TRADE.search(text, match.end(), limit)
        limit = trade.start() if trade else limit
        bare = Topic(match.start(), match.start(), match.end(), PEOPLE, "noun")
        goods = match.group().lower()
        if _visits(text, match, parties, limit):
            continue
        if goods.startswith(("scholarship", "fellowship")):
            found += _granted(bare, parties, goods)
            continue
        topic = noun_topic(text, bare, parties, (start, limit, start))
        topic = _issued(topic, parties) if goods.endswith(("permits", "visas")) else topic
        found.append(replace(_settled(text, topic, parties, end), commodity=goods))
    taken = [(t.start, t.end) for t in found]
    for party in parties:
        counted = any(q.noun_end == party.end for q in quantities) or (
            party.form == "demonym"
            and _PLURAL.search(text, party.start, party.end)
            and text[max(start, party.start - 10) : party.start].endswith("umber of ")
        )
        if counted and not any(low <= party.start < high for low, high in taken):
            found.append(_of_people(text, party, parties, end))
    return sorted(found, key=lambda t: t.core)


_WITH_CAPITAL = lazy(
    r"\s+(?:foreign\s+)?(?:capital|participation|investments?|ownership|shareholding|equity|funds|funding|shareholders|involvement|owners)\b"
)
_ABROAD = lazy(r"\s+(?:[a-z]+\s+){0,4}(?:abroad|overseas)\b")
_HOME_TO = lazy(r"\b(?:home\s+to|hosts?|hosted|accommodates)\s+(?:\S+\s+){1,5}$")


def _of_firms(text: str, topic: Topic, parties: Sequence[Party]) -> Topic:
    """ "Firms with German capital in Chile", "Chile is home to 40 German firms"."""
    after = [p for p in parties if p.start >= topic.end]
    before = [p for p in parties if p.end <= topic.core]
    owner = after[0] if after and after[0].adjective and after[0].prep in {"with", "of"} else None
    if owner is not None and not topic.reporter and _WITH_CAPITAL.match(text, owner.end):
        topic = replace(topic, reporter=owner.code)
        topic = replace(topic, partner=None if topic.partner == owner.code else topic.partner)
    if topic.reporter and not topic.partner and before:
        first = before[0]
        hosting = first.subject and _HOME_TO.search(text, first.end, topic.core)
        if first.code != topic.reporter and (first.prep == "in" or hosting):
            return replace(topic, partner=first.code)
    return topic


def _settled(text: str, topic: Topic, parties: Sequence[Party], end: int) -> Topic:
    """ "residents of Peru born in Chile", "Peru's Chilean community": where from, and where."""
    topic = _of_firms(text, topic, parties)
    if _ABROAD.match(text, topic.end, end):
        return replace(topic, partner=None)  # "800,000 Kyrgyz work abroad, 600,000 of them in …"
    for party in parties:
        if topic.end <= party.start < end and text[: party.lead].endswith("born "):
            where = next(
                (p.code for p in parties if p.start >= topic.end and p.code != party.code), None
            )
            return replace(topic, reporter=party.code, partner=where or topic.partner)
    if topic.partner is None and (bound := _bound_for(text, topic, parties, end)):
        return replace(topic, partner=bound.code)
    whose = [
        p for p in parties if p.end <= topic.core and p.possessive and p.code != topic.reporter
    ]
    if topic.partner is None and topic.reporter and whose and topic.core - whose[-1].end < 40:
        return replace(topic, partner=whose[-1].code)
    return topic


def _issued(topic: Topic, parties: Sequence[Party]) -> Topic:
    """ "Canada granted 90,000 study permits to Indians": from where they come, to who grants."""
    given = next((p for p in parties if p.start >= topic.end and p.code == topic.partner), None)
    if given is None or given.prep not in {"to", "for"}:
        return topic
    people = given.form == "demonym" or given.adjective or given.prep == "to"
    return replace(topic, reporter=topic.partner, partner=topic.reporter) if people else topic


_FOR = lazy(
    r"\b(?:(?:permits?|visas?|approvals?|clearances?|licen[cs]es)(?:\s+to\s+work)?|left|leave|leaves|leaving|departed|depart|departing|headed|heading|bound|set\s+off)\s+$"
)


def _bound_for(text: str, topic: Topic, parties: Sequence[Party], end: int) -> Party | None:
    """ "900 Sri Lankan workers got permits for Qatar", "… left for Japan": where they go."""
    for party in parties:
        ahead = topic.end <= party.start < end and party.code != topic.reporter
        if ahead and party.prep == "for" and _FOR.search(text, topic.end, party.lead):
            return party
    return None


def _granted(bare: Topic, parties: Sequence[Party], goods: str) -> list[Topic]:
    """ "Chile offers 120 scholarships to students from Peru": from who gives them."""
    before = [p for p in parties if p.end <= bare.core]
    giver = next((p for p in reversed(before) if p.bare or p.adjective), None)
    after = next(
        (p for p in parties if p.start >= bare.end and giver and p.code != giver.code), None
    )
    if giver is None or after is None:
        return []
    return [replace(bare, reporter=giver.code, partner=after.code, commodity=goods)]


def _visits(text: str, match: re.Match[str], parties: Sequence[Party], limit: int) -> bool:
    """ "70,000 Emirati residents visited Greece": travellers, whatever they are called."""
    where = next((p for p in parties if match.end() <= p.start < limit), None)
    return where is not None and bool(_TRAVEL.search(text, match.end(), where.start))


def _of_people(text: str, party: Party, parties: Sequence[Party], end: int) -> Topic:
    """ "70,000 Brazilians live in Ireland": the people's own name is the noun."""
    targets = {"in", "to", "into", "at", "within", "across", "throughout"}
    after = [p for p in parties if party.end < p.start < end and p.code != party.code]
    gone = _TRAVEL.search(text, party.end, after[0].start) if after else None
    where = next((p for p in after if p.prep in targets or (gone and p.bare)), None)
    return Topic(
        party.start,
        party.start,
        party.end,
        "tourists" if gone else PEOPLE,
        "noun",
        reporter=party.code,
        partner=where.code if where else None,
        owner=True,
        commodity=None if gone else "people",
    )


def count_peoples(
    text: str, parties: Sequence[Party], quantities: Sequence[Quantity], floor: int
) -> list[Quantity]:
    """The quantities with those that count a people by its name: "1,400 Rwandans"."""
    added: list[Quantity] = []
    for party in parties:
        if (
            party.form != "demonym"
            or party.possessive
            or not _PLURAL.search(text, party.start, party.end)
        ):
            continue
        if _NOT_NOUN.match(text, party.end):
            continue
        match = _NUMBER_BEFORE.search(text, max(floor, party.start - 60), party.start)
        number = parse_number(match.group("number")) if match else None
        if match is None or number is None or match.group("number").lower() in {"a", "an", "one"}:
            continue
        scale = scale_of(match.group("scale"))
        if number.value * scale in range(1900, 2101) and "," not in match.group("number"):
            continue  # "in 2015 Germans …"
        span = (match.start("number"), match.end(), floor)
        quantity = build_quantity(text, span, Sort.COUNT, (number, scale, "persons"))
        added.append(replace(quantity, end=party.end, noun_end=party.end))
    if not added:
        return list(quantities)
    kept = [q for q in quantities if not any(a.core < q.end and q.core < a.end for a in added)]
    return sorted([*kept, *added], key=lambda q: q.core)
