"""Topics told by a verb: who sold, bought, lent or went, and to or from whom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from accord.read.commodities import plain_goods
from accord.read.parties import Party
from accord.read.patterns import lazy
from accord.read.topic import Topic, clause_end, clause_start, distinct
from accord.read.topic_nouns import for_goods

__all__ = ["GAVE_IT", "GOING", "verb_topic"]

GOING = lazy(r"went|reached|flowed|arrived|entered|came|crossed|poured|moved\s+into", re.IGNORECASE)


def verb_topic(
    text: str, topic: Topic, parties: Sequence[Party], bounds: tuple[int, int, int]
) -> Topic:
    """The topic of a verb with the parties of its clause as seller and buyer."""
    _floor, limit, start = bounds
    clause = clause_start(text, start, topic.core)
    right_end = clause_end(text, topic.end, limit)
    right = [p for p in parties if topic.end <= p.start < right_end]
    subjects = _subjects_of(text, topic, parties, (clause, start))
    if text[topic.core : topic.end].lower().startswith(("thank", "grateful")):
        thanked = next((p for p in right if p.bare or p.prep == "to"), None)
        giver = thanked.code if thanked else None
        by = subjects[-1].code if subjects else None
        return replace(topic, reporter=giver, partner=by, owner=True)
    turned = _turned_verb(text, topic, parties, (clause, start), (subjects, right))
    if turned is not None:
        return turned
    subject = _relative(text, topic, parties, clause) or (subjects[-1] if subjects else None)
    partner = _object_of(text, topic, right, subject) or _to_which(text, subject, parties, clause)
    word = text[topic.core : topic.end].lower()
    bought = next(
        (p for p in right if p.prep in {"on", "for"} and (p.adjective or p.possessive)), None
    )
    if word.startswith(("spent", "spend", "paid", "pays")):
        if bought is not None:
            topic, partner = replace(topic, measure="imports"), bought.code  # "on Libyan oil"
        elif (paid := _paid_for(text, topic, right)) is not None:
            topic, partner = paid, paid.partner
    debtor = next((p.code for p in right if p.prep == "by"), None)
    if word == "owed" and debtor is not None:
        lender = next((p.code for p in right if p.prep == "to"), None)
        return replace(
            topic, reporter=lender or (subject.code if subject else None), partner=debtor
        )
    if word.startswith(("ow", "borrow", "repa", "paid back")):
        return _debt(topic, subject, partner)
    if topic.measure in {"tourists", "other"} and subject is not None:
        return _people_verb(text, topic, subject, (partner, right))
    if topic.measure == "tourists":
        return _tourist_verb(text, topic, subject, (partner, right))
    return replace(
        topic,
        start=subject.start if subject and topic.core - subject.end < 60 else topic.core,
        reporter=subject.code if subject else None,
        partner=partner,
        owner=subject is not None,
        subject=subject is not None,
    )


def _subjects_of(
    text: str, topic: Topic, parties: Sequence[Party], bounds: tuple[int, int]
) -> list[Party]:
    """The subjects of a verb, from the clause before where its own has none."""
    clause, start = bounds
    own = [p for p in parties if clause <= p.start and p.end <= topic.core and p.subject]
    apart = next((p for p in parties if p.prep == "for" and p.end <= topic.core), None)
    meant = not own or own[-1].form == "definite"
    if meant and apart is not None and _AS_FOR_IT.match(text, apart.lead, topic.core):
        return [apart]
    if own or not _RUNS_ON.fullmatch(text, clause, topic.core):
        return own
    return [p for p in parties if start <= p.start and p.end <= clause and p.subject][:1]


# "As for China, it had granted …"
_AS_FOR_IT = lazy(r"for\s+(?:the\s+)?[\w .'-]{2,30},\s+(?:it|they)\s")

# "but gave it 410 million": the subject is that of the clause before
_RUNS_ON = lazy(
    r"\s*(?:(?:also|then|now|later|still|has|have|had|will|would|did|even|\w+ly|in\s+\d{4})\s+)*"
)

GAVE_IT = lazy(r"\s+(?:it|them)\s+(?=[A-Z$€£\d]|an?\s|some\s|about\s|another\s)")

_WHICH = lazy(
    r"(?:'s)?,?\s+(?:which|who|that)\s+(?:(?:has|have|had|also|now|still|alone|for\s+(?:her|its|their)\s+part|in\s+turn|already|last\s+year|this\s+year|recently|in\s+\d{4}|since\s+\d{4})\s+)*"
)

_DOING = lazy(r"\s+(?:\w+ly\s+)?(?:export|import|sell|buy|supply|ship|purchas)ing\b")

_TO_WHICH = lazy(r",?\s+(?:to|from|with|of)\s+(?:which|whom)\s+(?:the\s+)?")


def _relative(text: str, topic: Topic, parties: Sequence[Party], clause: int) -> Party | None:
    """ "… to Britain, which gives us five million", "with Kenya exporting …": who does it."""
    if text[topic.core : topic.end].endswith("ing"):
        with_whom = [p for p in parties if clause <= p.start and p.end <= topic.core]
        return next((p for p in with_whom if p.prep == "with" and _DOING.match(text, p.end)), None)
    last = next((p for p in reversed(parties) if clause <= p.start and p.end <= topic.core), None)
    if last is None or last.adjective or not _WHICH.fullmatch(text, last.end, topic.core):
        return None
    return last


def _turned_verb(
    text: str,
    topic: Topic,
    parties: Sequence[Party],
    bounds: tuple[int, int],
    ends: tuple[list[Party], list[Party]],
) -> Topic | None:
    """Verbs whose subject is not the giver: "the two traded", "wine went to", "was sold by"."""
    clause, start = bounds
    subjects, right = ends
    passive = re.search(
        r"\b(?:was|were|been|being|be|is|are)\s+(?:\w+ly\s+)?$",
        text[max(start, topic.core - 24) : topic.core],
    ) or (topic.measure in {"aid", "loan"} and _BY.match(text, topic.end))
    if topic.measure == "total_trade":
        ahead = [p for p in parties if clause <= p.start and p.end <= topic.core]
        fronted = next((p for p in ahead if p.prep == "with"), None)
        if fronted is not None and len(subjects) == 1:
            right = [fronted]
        return _mutual_verb(topic, subjects, right)
    if topic.measure != "fdi" and GOING.match(text, topic.core):
        return _going_verb(topic, [p for p in parties if clause <= p.start < topic.core], right)
    if passive:
        return _passive_verb(topic, subjects, right)
    return None


_BY = lazy(r"\s+by\s")  # "assistance extended by Spain"


def _people_verb(
    text: str, topic: Topic, subject: Party, ends: tuple[str | None, list[Party]]
) -> Topic:
    """ "Basotho send home 280 million": from where they are; "Poles visited Iceland"."""
    partner, right = ends
    if topic.measure == "tourists":
        return _tourist_verb(text, topic, subject, (partner, right))
    where = next((p.code for p in right if p.prep in {"from", "in"}), None)
    if subject.form == "demonym":
        return replace(topic, start=subject.start, partner=subject.code, reporter=where)
    return replace(topic, start=subject.start, reporter=subject.code, partner=partner, owner=True)


def _to_which(
    text: str, subject: Party | None, parties: Sequence[Party], clause: int
) -> str | None:
    """ "the Soviet Union, to which we owe": the object that a relative clause begins with."""
    if subject is None:
        return None
    for party in parties:
        near = clause <= party.start and party.end <= subject.start
        if near and _TO_WHICH.fullmatch(text, party.end, subject.start):
            return party.code
    return None


_FOR_GOODS = lazy(
    r"\b(?:on|for)\s+(?P<goods>(?:[a-z][\w-]*\s+){1,4}?)(?:purchased\s+|bought\s+|imported\s+|coming\s+)?$"
)


def _paid_for(text: str, topic: Topic, right: list[Party]) -> Topic | None:
    """ "Paid $3 billion for crude from Russia": imports, of what was paid for."""
    for party in right:
        match = _FOR_GOODS.search(text, topic.end, party.lead) if party.prep == "from" else None
        if match is not None and party.lead - topic.end < 90:
            goods = plain_goods(match.group("goods"))
            return replace(topic, measure="imports", partner=party.code, commodity=goods)
    paid = next((p for p in right if p.bare and p.start - topic.end < 8), None)
    if paid is not None and for_goods().match(text, topic.end):
        return replace(topic, measure="imports", partner=paid.code)
    return None


def _going_verb(topic: Topic, before: list[Party], right: list[Party]) -> Topic:
    """ "Chilean wine … went to China": whose goods, and where."""
    whose = [p for p in before if p.adjective or p.possessive or p.prep in {"of", "from"}]
    to = next((p for p in right if p.prep in {"to", "in", "into"} or p.bare), None)
    return replace(
        topic,
        start=whose[-1].start if whose else topic.core,
        reporter=whose[-1].code if whose else None,
        partner=to.code if to else None,
        owner=bool(whose),
    )


def _debt(topic: Topic, subject: Party | None, partner: str | None) -> Topic:
    """ "Belarus owes Russia": the lender is the reporter."""
    debtor = subject.code if subject else None
    return replace(topic, reporter=partner, partner=debtor, owner=partner is not None)


def _mutual_verb(topic: Topic, subjects: list[Party], right: list[Party]) -> Topic:
    codes = distinct([p.code for p in subjects[-2:]])
    codes = distinct(
        [*codes, *(p.code for p in right if p.prep in {"with", "between", "and", "among"})]
    )
    start = subjects[0].start if subjects else topic.core
    return replace(
        topic,
        start=start,
        reporter=codes[0] if codes else None,
        partner=codes[1] if len(codes) > 1 else None,
    )


def _passive_verb(topic: Topic, subjects: list[Party], right: list[Party]) -> Topic:
    """ "was sold to B by A", "were bought from A"."""
    by = next((p.code for p in right if p.prep == "by"), None)
    to = next((p.code for p in right if p.prep in {"to", "in", "into"}), None)
    source = next((p.code for p in right if p.prep == "from"), None)
    if topic.measure == "imports":
        return replace(topic, reporter=by or to, partner=source)
    return replace(topic, reporter=by or source, partner=to)


_NEXT_ITEM = lazy(r"\d[^,;]*[,;]\s")  # "took 2.2 bcm, Bulgaria 3.1"


_OF_MAKE = lazy(r"\s+(?!and\b|or\b|in\b|by\b|over\b|from\b)[a-z]")


def _object_of(text: str, topic: Topic, right: list[Party], subject: Party | None) -> str | None:
    wanted = {
        "imports": {"from", "of"},
        "exports": {"to", "into", "in"},
        "fdi": {"in", "into"},
    }.get(topic.measure, {"to", "for", "in", "into"})
    for party in right:
        if subject is not None and party.code == subject.code:
            continue
        gap = text[topic.end : party.start]
        goods = (
            topic.measure == "imports" and party.prep == "in" and _OF_MAKE.match(text, party.end)
        )
        if goods and (party.adjective or text[party.end - 1] in ".S"):
            return party.code  # "purchase $3 billion in U.S. energy"
        near = len(gap) < 30 and " and " not in gap and not _NEXT_ITEM.search(gap)
        if party.prep in wanted or (party.bare and near):
            return party.code
        if topic.measure == "loan" and party.prep == "from":
            return party.code
    if topic.measure in {"aid", "loan"}:  # "to the reconstruction of Iraq"
        return next((p.code for p in right if p.prep == "of" and not p.adjective), None)
    return None


def _tourist_verb(
    text: str, topic: Topic, subject: Party | None, ends: tuple[str | None, list[Party]]
) -> Topic:
    partner, right = ends
    code = subject.code if subject else None
    origin = next((p.code for p in right if p.prep == "from" and p.code != partner), None)
    if code is None and origin is not None and partner is not None:
        return replace(topic, reporter=origin, partner=partner)  # "visited Georgia from Poland"
    hosting = ("receiv", "welcom", "host", "attract", "drew")
    if text[topic.core : topic.end].lower().startswith(hosting):
        return replace(topic, reporter=None, partner=code, subject=True)
    return replace(topic, reporter=code, partner=partner, owner=code is not None)
