"""Topics named by a noun: whose exports, trade, deficit or loan it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from accord.read.aid_sources import from_a_source, given_with, received
from accord.read.lexicons import read_table
from accord.read.parties import OPENED, Party
from accord.read.patterns import lazy
from accord.read.topic import ROLES, STOP, Topic, clause_end, clause_start, distinct
from accord.read.topic_holders import favoured, share_holder, subject_owned, taker
from accord.read.topic_lists import OWED

__all__ = ["for_goods", "noun_topic"]


@cache
def for_goods() -> re.Pattern[str]:
    """ "paid Bolivia $878 million for gas": a purchase."""
    goods = read_table("commodities")["goods"]
    return re.compile(
        rf"[^.;]{{0,90}}?\bfor\s+(?:its\s+|their\s+|the\s+)?(?:\w+\s+)?(?:{goods})\b", re.IGNORECASE
    )


def noun_topic(
    text: str, topic: Topic, parties: Sequence[Party], bounds: tuple[int, int, int]
) -> Topic:
    """A noun with the parties beside it; ``bounds`` are floor, limit and sentence start."""
    _floor, limit, start = bounds
    owners = _owners(text, topic, parties, start) or _owners_inside(topic, parties)
    stop = clause_end(text, topic.end, limit)
    apart = _SET_APART.search(text, topic.end, stop)
    stop = apart.start() if apart else stop
    than = _THAN.search(text, topic.end, stop)
    stop = than.start() if than else stop
    cause = _CAUSE.search(text, topic.end, stop)
    stop = cause.start() if cause else stop
    right = [p for p in parties if topic.end <= p.start < stop]
    if owners:
        topic = replace(topic, start=owners[0].lead if owners[0].bare else owners[0].start)
    if topic.measure in {"total_trade", "services_trade"}:
        found = _trade_topic(text, topic, owners, right, parties)
    else:
        found = _directed_topic(
            text, topic, owners, right, (parties, clause_start(text, start, topic.core))
        )
    if found.partner:
        return found
    return _where(text, found, parties) or _led_by(text, found, parties, start)


_WHERE = lazy(r",?\s+(?:where|with\s+which|with\s+whom|to\s+which)\s+(?:the\s+|its\s+|their\s+)?$")


def _where(text: str, topic: Topic, parties: Sequence[Party]) -> Topic | None:
    """ "… to Europe, where the U.S. deficit fell": the partner that the clause hangs on."""
    if topic.measure not in {"exports", "imports", "balance", "total_trade"}:
        return None
    at = next((p.lead for p in parties if topic.start == p.start), topic.start)
    last = next((p for p in reversed(parties) if p.end <= at), None)
    if last is None or last.code == topic.reporter:
        return None
    return replace(topic, partner=last.code) if _WHERE.fullmatch(text, last.end, at) else None


_LED = lazy(r",?\s+(?:the|its|their|that|total|overall)?\s*(?:\w+\s+){0,2}", re.IGNORECASE)

_LEADING = frozenset({"with", "to", "from"})


def _led_by(text: str, topic: Topic, parties: Sequence[Party], start: int) -> Topic:
    """ "With Taiwan the shortfall came in at …": the partner opens the sentence."""
    first = next((p for p in parties if p.start >= start), None)
    opening = first is not None and first.prep in _LEADING
    if first is None or not opening or first.end > topic.core or first.code == topic.reporter:
        return topic
    if not OPENED.fullmatch(text, start, first.lead):
        return topic
    following = {p.code for p in parties if first.end <= p.start and p.end <= topic.core}
    after = next((p.start for p in parties if p.start >= first.end), -1)
    apart = text.startswith(",", first.end) or after == first.end + 1
    apart = first.prep == "with" and apart
    if following and not (apart and following == {topic.reporter}):
        return topic  # "With the EU, Ghana's surplus narrowed" has its owner between
    if not apart and not _LED.fullmatch(text, first.end, topic.core):
        return topic
    return replace(topic, partner=first.code)


_SET_APART = lazy(
    r",\s+(?:(?:second|third|fourth|next)\s+(?:only\s+)?(?:to|behind|after)|only\s+behind|behind|ahead\s+of|after|more\s+than|less\s+than|compared|against|versus|followed)\b|\bsecond\s+(?:only\s+)?to\b",
    re.IGNORECASE,
)

_THAN = lazy(
    r"\bthan\s+(?:to|from|with|in|that\s+of|those\s+of|the)\b|\b(?:ahead\s+of|as\s+against)\b"
)

_CAUSE = lazy(
    r"\b(?:according\s+to|due\s+to|because(?:\s+of)?|owing\s+to|thanks\s+to|driven\s+by|hit\s+by|hurt\s+by|helped\s+by|boosted\s+by|amid|despite)\b"
)

_WHOSE = lazy(r",?\s+whose\s+(?:[\w-]+\s+){0,3}")

_ARTICLE = lazy(r"\s+(?:an?|the|some|any)\b", re.IGNORECASE)

_COUNTED = lazy(
    r"[a-z]\s+(?:an?\s+)?(?:[$€£¥]|[A-Z]{2,3}\$?)?\s?\d"
)  # "Peru obtained a $9 million"

_SHORT = lazy(r"(?:[A-Z]\.?){2,5}")  # "with U.S. goods exports of …"

_GOODS_ONLY = lazy(
    r"\s+(?:(?:goods|services|merchandise|total|and|direct|foreign|agricultural|manufactured|non-oil)\s+)*"
)


def _owners(text: str, topic: Topic, parties: Sequence[Party], start: int) -> list[Party]:
    """The parties whose flow it is: "China's", "Chinese", "U.S.-Italy"."""
    before = [p for p in parties if start <= p.start and p.end <= topic.core]
    if not before:
        return []
    last = before[-1]
    gap = text[last.end : topic.core]
    if _WHOSE.fullmatch(gap) or given_with(text, topic, last):
        return [last]
    gap = gap[2:] if gap.startswith("'s") else gap[1:] if gap.startswith("'") else gap
    if len(gap) > 70 or STOP.search(gap):
        return []
    if not last.possessive and (_ARTICLE.match(gap) or (last.bare and _COUNTED.search(gap))):
        return []  # "gave Peru a grant"
    adjunct = last.form in {"name", "bloc"} and _SHORT.fullmatch(text, last.start, last.end)
    if not (
        last.possessive
        or (adjunct and _GOODS_ONLY.fullmatch(gap))
        or last.adjective
        or last.bare
        or last.prep in {"of", "in", "by", "for", "on", "than", "via", "including", "to", "from"}
    ):
        return []
    loose = not (last.possessive or last.adjective or (adjunct and _GOODS_ONLY.fullmatch(gap)))
    if loose and (
        last.prep in {"to", "from", "in"} or (last.prep == "with" and len(gap.split()) > 1)
    ):
        return []
    owners = [last]
    for party in reversed(before[:-1]):
        if not owners[0].joined:
            break
        owners.insert(0, party)
    return owners


def _owners_inside(topic: Topic, parties: Sequence[Party]) -> list[Party]:
    """ "The volume of German trade": named within the words for the flow."""
    inside = [p for p in parties if topic.core <= p.start and p.end <= topic.end]
    return [p for p in inside if p.adjective or p.possessive]


_DETACHED = lazy(r"\b(?:that|which|beside|than|while|compared)\b|,\s+an?\s")


def _trade_topic(
    text: str, topic: Topic, owners: list[Party], right: list[Party], parties: Sequence[Party]
) -> Topic:
    codes = distinct([p.code for p in owners])
    single = (
        not owners and next((p.prep for p in right if p.prep in {"with", "between"}), "") == "with"
    )
    for party in right:
        if (single and len(codes) == 1) or _DETACHED.search(text, topic.end, party.lead):
            break
        if party.prep in {"with", "between", "and", "among"} or (
            party.prep in {"to", "and"} and codes
        ):
            codes = distinct([*codes, party.code])
        if len(codes) >= 2:
            break
    if not codes:
        codes = distinct([p.code for p in right if p.prep in {"of", "by", "for"}])[:1]
        owned = bool(codes)
        return replace(topic, reporter=codes[0] if codes else None, owner=owned)
    if owners:
        return replace(
            topic, reporter=codes[0], partner=codes[1] if len(codes) > 1 else None, owner=True
        )
    if len(codes) > 1:
        return replace(topic, reporter=codes[0], partner=codes[1])
    return replace(topic, partner=codes[0])


def _directed_topic(
    text: str,
    topic: Topic,
    owners: list[Party],
    right: list[Party],
    scope: tuple[Sequence[Party], int],
) -> Topic:
    sources, targets = _roles(text, topic)
    reporter, partner = _owning(text, topic, owners, scope[0])
    for party in right:
        if party.prep in targets and party.code != reporter and partner is None:
            if _no_partner(text, party, topic) or _only_owns(text, party, right):
                continue
            partner = party.code
        elif party.prep in sources and party.code != partner and reporter is None:
            reporter = party.code
    reporter, partner = from_a_source(text, topic, (owners, right), scope, (reporter, partner))
    if OWED.match(text, topic.core):
        lender = partner or (reporter if not owners else None)
        reporter, partner = lender, owners[-1].code if owners else None
        topic = replace(topic, reporter=reporter, partner=partner, owner=False)
        return subject_owned(text, topic, *scope) if reporter is None else topic
    if owners == [] and partner is None and _EARNINGS.match(text, topic.core):
        paying = next((p.code for p in right if p.prep in {"from", "to", "in"}), None)
        reporter, partner = None, paying
    reporter, partner = _arriving(topic, right if owners else [], reporter, partner)
    reporter, partner = _brought_in(topic, right, reporter, partner)
    reporter, partner = _sent_home(text, topic, right, scope[0], ends=(reporter, partner))
    if reporter is not None and partner is None:
        partner = taker(text, topic, right) or share_holder(text, topic, scope)
    topic = replace(topic, reporter=reporter, partner=partner, owner=bool(owners))
    if topic.measure == "balance":
        topic = favoured(text, topic, scope[0])
    if topic.reporter is None:
        topic = subject_owned(text, topic, *scope)
    return topic


_ITS = lazy(r"\b(?:its|their|our)\s+$", re.IGNORECASE)


def _roles(text: str, topic: Topic) -> tuple[frozenset[str], frozenset[str]]:
    """The prepositions of reporter and partner; "its imports to China" are those from it."""
    sources, targets = ROLES[topic.measure]
    if topic.measure == "imports" and _ITS.search(text, max(0, topic.core - 8), topic.core):
        return sources - {"to"}, targets | {"to"}
    return sources, targets


_ONE_OF_ITS = lazy(
    r"(?:'s?)?\s+(?:[\w-]+\s+){0,4}(?:neighbou?r|partner|ally|rival|market|customer|supplier|buyer|trading\s+partner),?\s+(?:the\s+)?"
)


def _only_owns(text: str, party: Party, right: list[Party]) -> bool:
    """ "Exports to Peru's southern neighbour, Chile": the next one is meant."""
    following = next((p for p in right if p.start > party.end), None)
    return (
        party.possessive
        and following is not None
        and _ONE_OF_ITS.fullmatch(text, party.end, following.start) is not None
    )


# "purchases of U.S. corn": a name before what is bought.
_BEFORE_GOODS = lazy(
    r"(?<=[A-Z.])\s+(?!and\b|or\b|in\b|from\b|to\b|by\b|was\b|were\b|rose\b|fell\b)[a-z]"
)


def _no_partner(text: str, party: Party, topic: Topic) -> bool:
    """ "Imports of Peru" name no seller; "the deficit shrank amid a war in Libya"."""
    if topic.measure == "imports":
        short = _SHORT.fullmatch(text, party.start, party.end)
        before_goods = short and _BEFORE_GOODS.match(text, party.end)
        return party.prep == "of" and not party.adjective and not before_goods
    return topic.measure == "balance" and party.prep == "in" and party.lead > topic.end + 3


_WHO_WORK = lazy(
    r"\s+(?:(?:migrant|guest|seasonal|domestic|foreign)\s+)*(?:workers?|migrants?|labou?r(?:ers)?|citizens|nationals|expatriates|emigrants|diaspora|helpers|staff)?\s*(?:working\s+|living\s+|abroad\s+)?$"
)


_WORKING_IN = lazy(
    r"\s+(?:(?:migrant|guest)\s+)?(?:workers\s+|migrants\s+)?(?:(?:working|living|employed|residing)\s+)?(?:in|abroad\s+in)\s+(?:the\s+)?"
)


def _earned_abroad(
    text: str, topic: Topic, parties: Sequence[Party]
) -> tuple[str | None, str | None] | None:
    """ "Egyptians working in Kuwait …, with transfers worth": from where they work."""
    before = [p for p in parties if p.end <= topic.core and topic.core - p.end < 120]
    for who, where in pairwise(before):
        if who.form == "demonym" and _WORKING_IN.fullmatch(text, who.end, where.start):
            return where.code, who.code
    return None


def _sent_home(
    text: str,
    topic: Topic,
    right: list[Party],
    parties: Sequence[Party],
    *,
    ends: tuple[str | None, str | None],
) -> tuple[str | None, str | None]:
    """ "Remittances from Tajik workers in Russia": the money goes from Russia."""
    if topic.measure == "fdi" and text.startswith(" attributable", topic.end):
        return next((p.code for p in right if p.prep == "to"), ends[0]), None
    if topic.measure == "other" and not right:
        return _earned_abroad(text, topic, parties) or ends
    if topic.measure != "other" or len(right) < 2:
        return ends
    who, where = right[0], right[1]
    if who.prep not in {"from", "by", "of"} or where.prep not in {"in", "at", "from"}:
        return ends
    named = who.form == "demonym" and _WHO_WORK.fullmatch(text, who.end, where.lead)
    return (where.code, who.code) if named else ends


def _owning(
    text: str, topic: Topic, owners: list[Party], parties: Sequence[Party]
) -> tuple[str | None, str | None]:
    """What the owners alone say of reporter and partner."""
    if owners and received(text, topic):
        return None, owners[-1].code
    whose = _owner_before(text, topic, owners, parties)
    if whose is not None:
        return whose, owners[-1].code
    if len(owners) > 1 and owners[-1].joined and topic.measure == "balance":
        both = owners[0].form == owners[-1].form == "compound"
        return owners[0].code, owners[-1].code if both else None
    return (owners[-1].code if owners else None), None


_POSSESSED = lazy(r"'s?\s", re.IGNORECASE)


def _owner_before(
    text: str, topic: Topic, owners: list[Party], parties: Sequence[Party]
) -> str | None:
    """ "Japan's French imports", "America's China deficit": the first owns, from the second."""
    if len(owners) != 1 or owners[0].possessive or topic.measure not in {"imports", "balance"}:
        return None
    for party in parties:
        gap = owners[0].start - party.end
        if party.possessive and 0 < gap < 4 and party.code != owners[0].code:
            return party.code if _POSSESSED.fullmatch(text, party.end, owners[0].start) else None
    return None


def _arriving(
    topic: Topic, right: list[Party], reporter: str | None, partner: str | None
) -> tuple[str | None, str | None]:
    """ "Morocco's arrivals from Italy": who owns them is where they go."""
    if topic.measure != "tourists" or reporter is None:
        return reporter, partner
    origin = next((p.code for p in right if p.prep == "from" and p.code != reporter), None)
    return (origin, reporter) if origin is not None else (reporter, partner)


def _brought_in(
    topic: Topic, right: list[Party], reporter: str | None, partner: str | None
) -> tuple[str | None, str | None]:
    """ "Turkish imports to Georgia": who is named after "to" imports them."""
    if topic.measure != "imports" or reporter is None or not right:
        return reporter, partner
    buyer = right[0]
    if buyer.prep not in {"to", "into"} or buyer.code == reporter:
        return reporter, partner
    return buyer.code, reporter


_EARNINGS = lazy(r"export\s+(?:earnings|revenue|receipts|proceeds)", re.IGNORECASE)
