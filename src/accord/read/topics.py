"""Topics: what a quantity can be a quantity of, with the parties its words give it.

"Chinese sales to the U.S.", "trade between China and ASEAN", "Uzbekistan sold China
goods", "with Thailand" (after "trade with Vietnam") are topics. Slots that the words
leave open are filled later from what was said before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from accord.read.commodities import commodity_of, object_goods
from accord.read.lexicons import read_table
from accord.read.parties import OPENED, WHO_ACT, Party
from accord.read.patterns import lazy, one_of
from accord.read.topic import Topic
from accord.read.topic_nouns import noun_topic
from accord.read.topic_verbs import GAVE_IT, GOING, verb_topic

__all__ = ["find_topics", "of_a_company", "topic_words"]

# How every noun and verb of the lexicon begins (a test holds the two together).
_STEM = (
    r"(?:acq|cur|swa|trad|repa|tha|gra|set\s|ear|put|sto|subs|subv|sha|dev|prop|proj|clai|offi|sove|bila|flew|floc|hea|stre|vac|hole|gulf|chas|coal|grain|elec|pow|crud|outf|desp|inta|offt|arre|inde|liab|unp|iou|def|surp|sum\s|tot|wor|mer|goo|in\s+the\s|ahe|beh|bro|bri|came|pour|ent|short|gap|imb|bal|pos|neg|adv|fav|unf|red\s|serv|exch|dir|inv|fdi|cap|loan|bail|fin|resc|line|cred|lend|buy|debt|"
    r"aid|ass|help|gran|oda|don|bud|hum|mil|eco|rel|fun|work|rem|mon|tour|vis|hol|arr|exp|ship|del|outb|cons|carg|re-e|sal|sup|imp|purc|inb|oil|gas|ene|fue|"
    r"vol|val|flow|turn|comm|non-|e-c|not|bus|the\s+eco|frei|sold|sell|send|pump|sent|bou|proc|get|got|sour|obt|now|mov|chan|pas|cros|did|ord|ear|wen|rea|flo|arr|new|fre|for|dra|dre|con|cha|inj|han|mad|all|com|ext|gif|foo|tec|med|eme|sec|dis|dro|flo|fam|mer|goo|pay|vis|mig|emi|wor|arr|ind|bor|sta|ove|mor|por|deal|bil|two|mut|proc|off|int|hol|vac|sig|gue|tri|took|take|abso|put|pour|plou|plow|sunk|"
    r"gav|giv|prov|cont|ple|allo|has|disb|appr|ear|spen|spe|paid|pay|ext|off|prom|rele|lent|park|depo|cash|forg|canc|wrot|writ|owe|bor|tra|rec|wel|host)"
)

_STEMS = one_of(_STEM.removeprefix("(?:").removesuffix(")"))


# "Trade and investment agreements" are no trade.
_AND_PACTS = (
    r"(?!\s+and\s+\w+\s+(?:agreements?|deals?|pacts?|accords?|contracts?|talks|ministers?"
    r"|policy|policies|commission|forum)\b)"
)


@cache
def topic_words() -> re.Pattern[str]:
    """Any noun or verb that names a flow, as one pattern with a group an entry."""
    table = read_table("measures")
    nouns = [f"(?P<n{i}>{entry['pattern']})" for i, entry in enumerate(table["nouns"])]
    tail = rf"(?![\w]){_AND_PACTS}(?!\s*[-/]?\s?{table['not_followed_by']}\b)(?!-\w)"
    verbs = [f"(?P<v{i}>{entry['pattern']})(?![\\w-])" for i, entry in enumerate(table["verbs"])]
    return re.compile(
        rf"(?<![\w-])(?={_STEM})(?:(?:{'|'.join(nouns)}){tail}|{'|'.join(verbs)})", re.IGNORECASE
    )


# "for May shipment": when goods are to be sent, not a flow.
_FOR_LATER = lazy(r"\bfor\s+(?:[\w/-]+\s+){0,2}(?:shipment|delivery|export)$", re.IGNORECASE)


def _is_flow(text: str, match: re.Match[str], start: int, end: int) -> bool:
    """Whether the words mean a flow here: not a shipment to come, a debt, a company's sales."""
    return not (
        _FOR_LATER.search(text, max(start, match.end() - 48), match.end())
        or text.startswith(" owed ", match.end())
        or (match.group() == "sourced" and _SENT_HOME.search(text, start, match.start()))
        or _LENT.search(text, max(start, match.start() - 20), match.end())
        or (_SALES.fullmatch(match.group()) and of_a_company(text, start, end))
    )


def _with_travellers(text: str, last: list[Topic], told: Topic | None) -> list[Topic]:
    """ "45,000 tourists visited Georgia from Poland": the noun with the parties of its verb."""
    if told is None or not last or not (told.reporter and told.partner):
        return last
    noun = last[0]
    same = noun.form == "noun" and noun.measure == told.measure == "tourists"
    if not same or noun.reporter or noun.partner or text[noun.end : told.core].strip():
        return last
    return [replace(noun, reporter=told.reporter, partner=told.partner)]


def _is_told_of(text: str, noun: re.Match[str], verb: re.Match[str]) -> bool:
    """Whether a participle goes on with a noun: "a line extended by", "aid given to"."""
    if not (verb.lastgroup or "").startswith("v") or text[noun.end() : verb.start()].strip():
        return False
    return text.startswith((" by ", " to ", " from "), verb.end())


def find_topics(text: str, parties: Sequence[Party], *, start: int, end: int) -> list[Topic]:
    """The topics in one sentence, with the parties that their own words give."""
    table = read_table("measures")
    if not _STEMS.search(text, start, end):
        return []
    matches = [m for m in topic_words().finditer(text, start, end) if _is_flow(text, m, start, end)]
    topics: list[Topic] = []
    for place, match in enumerate(matches):
        kind = match.lastgroup or ""
        entry = table["nouns" if kind[0] == "n" else "verbs"][int(kind[1:])]
        ahead = matches[place + 1 :]
        if ahead and entry["measure"] == "tourists" and GOING.match(text, ahead[0].start()):
            ahead = ahead[1:]  # "tourists arrived in Thailand from Russia"
        elif ahead and kind[0] == "n" and _is_told_of(text, match, ahead[0]):
            ahead = ahead[1:]  # "a loan extended by India to Nepal"
        limit = ahead[0].start() if ahead else end
        floor = matches[place - 1].end() if place else start
        bare = Topic(
            match.start(),
            match.start(),
            match.end(),
            "loan" if _is_lent(text, match, entry["measure"]) else entry["measure"],
            "noun" if kind[0] == "n" else "verb",
            sign=entry.get("sign", 0),
            commodity=_goods(text, match, parties, entry["measure"], floor),
        )
        if bare.form == "noun":
            topics.append(noun_topic(text, bare, parties, (floor, limit, start)))
        else:
            objects = {t.partner for t in topics if t.form == "verb" and t.partner}
            free = [
                p
                for p in parties
                if p.start >= bare.end
                or p.code not in objects
                or (p.adjective and WHO_ACT.match(text, p.end))
            ]
            told = _by_verb(text, bare, (parties, free), (floor, limit, start), end)
            topics[-1:] = _with_travellers(text, topics[-1:], told)
            topics.extend([told] if told else [])
    return topics


_PART_OF = lazy(
    r"(?:%|per\s?cent|percent|pct|half|third|quarter|fifth|tenth)\s+of\s+(?:(?:all|the|its|total|overall)\s+)*$"
)


def without_wholes(text: str, topics: list[Topic]) -> list[Topic]:
    """ "Trade between A and B made up 45% of Gulf trade and came to 2 billion": of A and B."""
    kept: list[Topic] = []
    for topic in topics:
        last = kept[-1] if kept else None
        part = (
            last is not None
            and last.form == topic.form == "noun"
            and last.measure == topic.measure
            and last.reporter
            and last.partner
            and _PART_OF.search(text, max(last.end, topic.start - 40), topic.start)
        )
        if not part:
            kept.append(topic)
    return kept


def _by_verb(
    text: str,
    bare: Topic,
    parties: tuple[Sequence[Party], list[Party]],
    bounds: tuple[int, int, int],
    end: int,
) -> Topic | None:
    """The topic of a verb, with the parties its words give: all named, and those free to be."""
    (named, free), start = parties, bounds[2]
    topic = verb_topic(text, bare, free, bounds)
    if topic.partner is None and topic.reporter and GAVE_IT.match(text, topic.end):
        spoken = [p.code for p in named if p.end <= topic.core]
        other = next((c for c in reversed(spoken) if c != topic.reporter), None)
        topic = replace(topic, partner=other)
    topic = _set_before(text, topic, named, start)
    come = _came_from(text, bare, named, start)
    went = bare.measure != "fdi" and GOING.match(text, bare.core)
    if come is None and went and not _gone(text, topic, start):
        return None  # somebody went, not goods
    topic = come or topic
    if topic.reporter is None and _EARNED.match(text, bare.core):
        return None
    if topic.measure == "aid" and (into := _TO_INVEST_IN.match(text, topic.end)):
        host = next((p.code for p in named if p.start == into.end()), None)
        topic = replace(topic, measure="fdi", partner=host or topic.partner)
    if topic.measure == "fdi" and _AID_BODY.search(text, start, topic.core):
        topic = replace(topic, measure="aid")
    if topic.measure == "aid" and _WIRED.search(text, start, end):
        topic = replace(topic, measure="other", commodity="remittances")
    if topic.measure != "aid" or topic.partner or _AID_WORDS.search(text, topic.end, end):
        return topic
    if topic.reporter and _GIFT.match(text, topic.core) and _FOR_WHAT.match(text, topic.end):
        return replace(topic, form="bare verb")  # to whom, the context says
    return None


def _set_before(text: str, topic: Topic, parties: Sequence[Party], start: int) -> Topic:
    """ "For Tonga, Fiji pledged $1 million": who gets it opens the sentence."""
    first = next((p for p in parties if p.start >= start), None)
    if topic.partner or first is None or first.prep not in {"for", "to"}:
        return topic
    fronted = OPENED.fullmatch(text, start, first.lead) and text.startswith(",", first.end)
    gives = topic.measure in {"aid", "loan", "exports"} and topic.reporter != first.code
    return replace(topic, partner=first.code) if fronted and gives else topic


# "Official Development Assistance (ODA) loan": a loan, whatever it is called.
_LENT = lazy(
    r"(?:sistance|ODA|aid)\s*(?:\([A-Z]{2,5}\)\s*)?(?:concessional\s+|soft\s+)?loans?$",
    re.IGNORECASE,
)
_LOAN = lazy(r"\s*(?:\([A-Z]{2,5}\)\s*)?(?:concessional\s+|soft\s+)?loans?\b", re.IGNORECASE)

_SALES = lazy(r"sales|sold|sells?|selling|b(?:ought|uys?|uying)", re.IGNORECASE)
_COMPANY = lazy(
    r"\b(?:(?:net|operating|pre-?tax|quarterly|annual|first-quarter|second-quarter|third-quarter|fourth-quarter)\s+(?:profits?|loss(?:es)?|income|earnings|results|sales|revenues?)|profits?\s+(?:fell|rose|up|down|slump\w*|warning)|(?:retail|same-store|like-for-like|vehicle|car|passenger\s+vehicle|unit|smartphone)\s+sales|carmakers?|auto-?makers?|retailers?|drugmakers?|chipmakers?|shareholders?|(?:its|the)\s+(?:firm|company|group|brand)|(?:stock|shares)\s+(?:rose|fell|closed)|revenues?\s+from|two\s+biggest\s+markets|another\s+major\s+market|(?-i:Motors?|Inc|Corp|Ltd|PLC|AG|Group|Holdings))\b",
    re.IGNORECASE,
)


def of_a_company(text: str, start: int, end: int) -> bool:
    """Whether "net sales fell 6 percent" stands beside a profit, a carmaker, shares."""
    return _COMPANY.search(text, start, end) is not None


def _is_lent(text: str, match: re.Match[str], measure: str) -> bool:
    """Whether a gift in words is a loan: "assistance loans", "credit granted by China"."""
    if measure != "aid":
        return False
    lent = _LENDING.search(text, max(0, match.start() - 24), match.start())
    return lent is not None or _LOAN.match(text, match.end()) is not None


_LENDING = lazy(
    r"\b(?:loans?|credits?|lines?\s+of\s+credit|lending|financing)\s+(?:(?:was|were|is|are|been|that|which|has|have)\s+)*$",
    re.IGNORECASE,
)


_AID_WORDS = lazy(
    r"\b(?:aid|assistance|grants?|us|our|my\s+country|ODA|relief|fight|support|donations?)\b",
    re.IGNORECASE,
)

_GIFT = lazy(
    r"g[ai]v|donat|grant|provid|contribut|pledg|allocat|disburs|commit|sent|approv|extend|offer|promis|releas",
    re.IGNORECASE,
)

# "pledged $5 million": the gift follows the verb, and is not for the giver's own.
_FOR_WHAT = lazy(
    r"\s+(?:(?:a|an|about|some|over|around|nearly|almost|another|more\s+than|up\s+to|at\s+least|further|additional|record|total|of)\s+)*(?:[$€£¥]|US\$|[A-Z]{1,3}\$|[A-Z]{3}\s|Rs\.?\s|\d)(?![^;.]{0,60}\b(?:its|their|his|her)\s+own\b)",
)

_WIRED = lazy(r"\bmoney\s+transfers?\b|\bremitted\b", re.IGNORECASE)

# "committed $9 million to investments in Peru"
_TO_INVEST_IN = lazy(
    r"\s+[^;.]{0,30}?\b(?:to|for)\s+(?:new\s+|further\s+)?investments?\s+in\s+(?:the\s+)?"
)

_SENT_HOME = lazy(r"\b(?:[Rr]emittances?|[Tt]ransfers|[Ii]nflows)\b")

# "Through USAID, the American people invest …": what an agency of aid spends.
_AID_BODY = lazy(
    r"\b(?:USAID|[Cc]ompact|MCC|Millennium\s+Challenge|PEPFAR|(?:American|British|Australian)\s+people|taxpayers?|AusAID|JICA|KOICA|GIZ|DFID)\b"
)

_EARNED = lazy(r"earn", re.IGNORECASE)


_COUNTED_NEXT = lazy(
    r"\s+(?:(?:goods|shipments|products|another|some|about|only|just|for|worth|a\s+further)\s+){0,4}(?:[$€£¥]|US\$|[A-Z]{2,3}\$?\s?(?=\d)|\d)"
)

_OPENS_CLAUSE = lazy(r"(?:^|[.;,:]\s*(?:and\s+|while\s+)?|\band\s+)$")


def _came_from(text: str, topic: Topic, parties: Sequence[Party], start: int) -> Topic | None:
    """ "From Uzbekistan came goods for $133 million": imports, the verb before its subject."""
    party = next((p for p in reversed(parties) if p.end <= topic.core), None)
    if party is None or party.prep != "from" or text[party.end : topic.core].strip():
        return None
    lead = text[max(start, party.lead - 8) : party.lead]
    if not _OPENS_CLAUSE.search(lead) or not _COUNTED_NEXT.match(text, topic.end):
        return None
    return replace(topic, start=party.lead, measure="imports", partner=party.code, reporter=None)


def _gone(text: str, topic: Topic, start: int) -> bool:
    """Whether it is goods that went: "wine worth $2 million went to"."""
    said = text[max(start, topic.core - 60) : topic.core]
    return "worth" in said and topic.reporter is not None and topic.partner is not None


def _goods(
    text: str, match: re.Match[str], parties: Sequence[Party], measure: str, floor: int
) -> str | None:
    if "commerce" in match.group().lower() and "e-" in match.group().lower():
        return "e-commerce"
    if measure == "services_trade":
        return "services"
    if measure == "other":
        return "remittances"
    if measure not in {"exports", "imports", "total_trade", "balance"}:
        return None
    goods = commodity_of(text, match.span(), parties, floor=floor)
    if goods is None and (match.lastgroup or "").startswith("v"):
        goods = object_goods(text, match.end())
    return goods
