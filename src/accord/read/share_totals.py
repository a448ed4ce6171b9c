"""Whose total a share is of: the owner of imports, needs, a fund, who is given to."""

# ruff: noqa: E501  (a pattern is easier to check on one line)

from __future__ import annotations

import re
from dataclasses import replace

from accord.read.parties import Party
from accord.read.partners import opposite
from accord.read.patterns import lazy
from accord.read.quantities import Quantity
from accord.read.scene import Memory, Scene
from accord.read.topic import SENT, Topic

__all__ = ["whose_total"]


_GOES = lazy(
    r"\b(?:go(?:es)?|went|(?:is|are|was|were)\s+(?:destined|sent|shipped|sold|bound)|heads?|headed|come(?:s)?|came|originat\w+)\b",
    re.IGNORECASE,
)


_SHARE_OF = lazy(
    r"'s?\s+(?:\w+\s+){0,2}share\s+(?:of|in)\s+(?:(?:the|all|its|total|overall|foreign|external|that)\s+)*$"
)


def _part_owned(topic: Topic, scene: Scene, memory: Memory) -> Topic | None:
    """ "India's share of foreign trade", of the country spoken of: the part is India's."""
    for party in scene.parties:
        near = party.possessive and party.end < topic.core < party.end + 60
        if not near or not _SHARE_OF.fullmatch(scene.text, party.end, topic.core):
            continue
        pair = [c for c in memory.pair or () if c != party.code]
        others = [c for c in (topic.reporter, topic.partner) if c and c != party.code]
        whole = next(iter([*others, *pair, memory.subject or ""]), "")
        if whole and whole != party.code:
            return replace(topic, reporter=whole, partner=party.code)
    return None


_FALLS_ON = lazy(
    r"\b(?:fall(?:s|en)?\s+(?:on|to)|fell\s+(?:on|to)|(?:is|are|was|were)\s+(?:accounted\s+for|taken(?:\s+up)?|made\s+up|contributed|provided|supplied|held|owned)\s+by|(?:comes?|came|originat\w+|stem\w*)\s+from|belong(?:s|ed)?\s+to)\s+(?:the\s+)?"
)


def _falling_on(quantity: Quantity, topic: Topic, scene: Scene, memory: Memory) -> Topic | None:
    """ "57% of the country's trade falls on Chile": a part of what another trades."""
    limit = min(scene.end, quantity.end + 140)
    match = _FALLS_ON.search(scene.text, quantity.end, limit)
    part = next((p.code for p in scene.parties if match and p.start == match.end()), None)
    if match is None or part is None:
        return None
    inside = [p for p in scene.parties if quantity.end <= p.start < match.start()]
    owners = [p.code for p in inside if p.possessive or p.adjective or p.prep == "of"]
    known = [*owners, topic.reporter, memory.subject, *(memory.pair or ())]
    whole = next((c for c in known if c and c != part), None)
    if whole and topic.measure in SENT:
        return replace(topic, reporter=part, partner=whole)
    return replace(topic, reporter=whole, partner=part) if whole else None


# "ASEAN held 26.7 percent while China …", "16.4 percent and the EU, 10.8": others' parts.
_NEXT_ONE = lazy(
    r"[^.;]{0,60}?\b(?:while|whereas)\s|(?:\s+of\s+(?:the\s+)?total\s+\w+)?[\s)]*,?\s*and\s+(?:the\s+)?$"
)


def whose_total(quantity: Quantity, topic: Topic, scene: Scene, memory: Memory) -> Topic:
    """The topic from the side of whoever has the whole."""
    owned = (
        _of_what(quantity, topic, scene, memory)
        or _of_needs(quantity, topic, scene, memory)
        or _part_owned(topic, scene, memory)
        or _falling_on(quantity, topic, scene, memory)
        or _of_own(quantity, topic, scene)
    )
    if owned is not None:
        return owned
    after = [p for p in scene.parties if p.start >= quantity.end]
    before = [p for p in scene.parties if p.end <= quantity.start]
    subject = _subject(before)
    words = scene.text[quantity.end : min(scene.end, quantity.end + 60)].lower()
    after = [
        p for p in after if not (p.bare and _NEXT_ONE.match(scene.text, quantity.end, p.start))
    ]
    stop = re.search(r"[;]|,\s", scene.text[quantity.end : scene.end])
    if stop:
        break_ = scene.text.find(";", quantity.end, scene.end)
        after = [p for p in after if p.start < quantity.end + stop.start()] or [
            p for p in after if p.prep in {"of", "for"} and (break_ < 0 or p.start < break_)
        ]
    supplied = _SUPPLY.search(scene.text, scene.start, quantity.start)
    bought = _verb_of_buying(quantity, scene)
    if (
        (supplied or bought)
        and (subject := _doer(supplied, before) or subject) is not None
        and topic.measure not in SENT
    ):
        return _supplied(
            topic,
            subject,
            after,
            memory,
            from_seller=bought is None,
            words=scene.text[quantity.end : quantity.end + 60],
            given=_given_object(subject, before, scene.text),
        )
    if re.match(
        r"\s*(?:share\s+)?(?:of|in)\s+(?:its|their|(?:the\s+)?(?:total|country's|bloc's|island's|kingdom's)|all\s+its|his|her)\b",
        words,
    ):
        after = []
    owner = next(
        (
            p
            for p in after
            if p.start - quantity.end < 80
            and (p.possessive or p.adjective or p.prep == "of" or p.bare)
        ),
        None,
    )
    if topic.measure in SENT:
        return _given_to(topic, subject, after, memory)
    if owner is None:
        return _owner_from_words(words, topic, subject, memory, _flow_before(quantity, scene))
    goes = _GOES.search(scene.text, owner.end, scene.end)
    if goes:
        to = next((p for p in after if p.start > goes.start() and p.code != owner.code), None)
        return replace(topic, reporter=owner.code, partner=to.code if to else topic.partner)
    partner = _part_of(subject, topic, owner, memory)
    theirs = topic.reporter in {None, owner.code} and topic.partner not in {None, owner.code}
    if theirs and topic.core < quantity.start:
        partner = topic.partner  # "trade with Bolivia is 2% of Paraguay's"
    if topic.measure == "total_trade" and partner is None and topic.partner and topic.reporter:
        return topic
    return replace(topic, reporter=owner.code, partner=partner or topic.partner)


_ITS_OWN = lazy(
    r"\s*of\s+(?:all\s+)?(?:(?:it|them|this|that)\b|(?:its|their|his|her|our)\s+)(?:[\w-]+\s+){0,4}?(?P<flow>exports?|imports?|sales|purchases|trade|shipments)?"
)


_SENDS = lazy(
    r"\b(?:takes?|took|gets?|got|buys?|bought|imports?|imported|draws?|obtains?|sends?|sent|sells?|sold|ships?|shipped|exports?|exported|directs?|directed|does|did|conducts?|conducted|makes?|made|has|had)\b[^,;]{0,24}$",
    re.IGNORECASE,
)


_NEEDS = lazy(
    r"\s*of\s+(?P<who>its|their|our|her|his|(?:the\s+)?(?:country|nation|island|kingdom)'s|(?:the\s+)?[A-Z][\w.]+(?:\s[A-Z]\w+)*'?s?)\s+(?:(?:total|overall|annual|domestic|own|[a-z-]+)\s+){0,2}?(?:needs|demand|consumption|requirements|intake)\b"
)


_USED = lazy(
    r"\s*of\s+(?:all\s+)?(?:the\s+)?[\w ]{3,30}?\s+(?:consumed|used|needed|burned|burnt|sold|eaten|imported)\s+(?:in|by)\s+(?:the\s+)?"
)


def _used_in(quantity: Quantity, topic: Topic, scene: Scene) -> Topic | None:
    """ "provides 40% of the oil consumed in Chile": imports of the one that consumes."""
    match = _USED.match(scene.text, quantity.end, scene.end)
    user = next((p.code for p in scene.parties if match and p.start == match.end()), None)
    before = [p for p in scene.parties if p.end <= quantity.start and p.code != user]
    seller = next(
        (p.code for p in reversed(before) if p.bare or p.adjective or p.prep == "from"), None
    )
    if user is None or seller is None:
        return None
    return replace(topic, measure="imports", reporter=user, partner=seller)


def _of_needs(quantity: Quantity, topic: Topic, scene: Scene, memory: Memory) -> Topic | None:
    """ "10,000 barrels a day, equal to 7% of its needs": imports of the one that needs."""
    used = _used_in(quantity, topic, scene)
    match = _NEEDS.match(scene.text, quantity.end, scene.end)
    if match is None or used is not None:
        return used
    low, high = match.span("who")
    whose = next((p.code for p in scene.parties if low <= p.start < high), None)
    pair = [c for c in (topic.reporter, topic.partner) if c] or list(memory.pair or ())
    if whose is None and topic.measure == "imports":
        whose = topic.reporter
    if whose is None and topic.measure in {"exports", "aid", "loan"}:
        whose = topic.partner
    before = [p.code for p in scene.parties if p.end <= quantity.start]
    other = next((c for c in [*pair, *reversed(before)] if c != whose), None)
    return (
        replace(topic, measure="imports", reporter=whose, partner=other)
        if whose and other
        else None
    )


_WHAT = lazy(
    r"\s*of\s+(?:(?:all|everything|the\s+little)\s+)*(?:(?:what|that|which)\s+)?(?:the\s+[\w ]{3,24}?\s+(?:that|which)\s+)?"
    r"(?P<who>we|they|it|I|(?:the\s+)?[A-Z][\w']+(?:\s+[A-Z]\w+)*|(?:my|our|the)\s+(?:country|nation|people|island|kingdom))(?<!'s)(?<!s')\s+"
    r"(?:(?P<uses>use|need|eat|consume|buy|import|wear|burn|drink|purchase|require)|(?P<makes>make|produce|sell|export|grow|mine|catch|manufacture|ship))(?:s|es)?\b"
)


def _of_what(quantity: Quantity, topic: Topic, scene: Scene, memory: Memory) -> Topic | None:
    """ "90 per cent of what we use": imports; "70 per cent of what we make": exports."""
    match = _WHAT.match(scene.text, quantity.end, scene.end)
    if match is None:
        return None
    low, high = match.span("who")
    whose = next((p.code for p in scene.parties if low <= p.start < high), None)
    before = [p for p in scene.parties if p.end <= quantity.start and p.code != whose]
    after = [p for p in scene.parties if p.start >= match.end() and p.prep in {"from", "to", "by"}]
    bare = [p for p in before if p.bare and not p.possessive]
    pair = memory.pair or ()
    near = [*(p.code for p in after[:1]), *(p.code for p in [*bare, *before][:1])]
    if whose is None and match.group("who").lower() in {"it", "they"} and pair:
        whose = next((c for c in pair if c not in near), None)
    other = next((c for c in [*near, *pair] if c != whose), None)
    measure = "imports" if match.group("uses") else "exports"
    return (
        replace(topic, measure=measure, reporter=whose, partner=other) if whose and other else None
    )


def _of_own(quantity: Quantity, topic: Topic, scene: Scene) -> Topic | None:
    """ "Fiji sends 29 percent of its exports to America": both are named, in order."""
    match = _ITS_OWN.match(scene.text, quantity.end, scene.end)
    subject = _subject([p for p in scene.parties if p.end <= quantity.start])
    if subject is None or topic.measure not in {"exports", "imports", "total_trade"}:
        return None
    if match is None or not _SENDS.search(scene.text, subject.end, quantity.start):
        return None
    stop = re.search(r";|,\s+(?:and|but|while)\s", scene.text[quantity.end : scene.end])
    limit = quantity.end + stop.start() if stop else scene.end
    wanted = {"to": "exports", "with": "total_trade", "from": "imports"}
    for party in scene.parties:
        if quantity.end <= party.start < limit and party.prep in wanted:
            if party.code == subject.code:
                continue
            return replace(
                topic, measure=wanted[party.prep], reporter=subject.code, partner=party.code
            )
    return None


_SUPPLY = lazy(
    r"\b(?:suppl(?:y|ies|ied|ying)|deliver(?:s|ed|ing)?|provid(?:es?|ed|ing)|me(?:t|ets?)|cover(?:s|ed)?)\b[^,;]{0,30}$",
    re.IGNORECASE,
)


_BUYS = lazy(
    r"\b(?:gets?|got|buys?|bought|imports?|imported|receives?|received|takes?|took|sources?|obtains?)\b[^,;]{0,24}$",
    re.IGNORECASE,
)


def _verb_of_buying(quantity: Quantity, scene: Scene) -> re.Match[str] | None:
    """A verb, not the noun of "the share of imports from Peru"."""
    match = _BUYS.search(scene.text, scene.start, quantity.start)
    if match is None:
        return None
    noun = any(t.form == "noun" and t.core <= match.start() < t.end for t in scene.topics)
    return None if noun else match


def _doer(verb: re.Match[str] | None, before: list[Party]) -> Party | None:
    """The subject of the verb of supply, not who is supplied."""
    if verb is None:
        return None
    return next((p for p in reversed(before) if p.end <= verb.start() and p.subject), None)


_HANDED = lazy(r"'?\s+(?:\w+\s+){0,2}(?:suppl|provid|deliver)\w*\s+(?:the\s+)?")


def _given_object(subject: Party, before: list[Party], text: str) -> str | None:
    """ "Germany supplied Colombia with 14 per cent": who was supplied."""
    given = (p for p in before if p.start > subject.end and p.bare and p.code != subject.code)
    return next((p.code for p in given if _HANDED.fullmatch(text, subject.end, p.start)), None)


def _supplied(
    topic: Topic,
    subject: Party,
    after: list[Party],
    memory: Memory,
    *,
    from_seller: bool,
    words: str,
    given: str | None,
) -> Topic:
    """ "supplied 43% of the gas consumed in Spain", "buys 60% of what Bulgaria exports"."""
    pair = memory.pair or memory.named
    near = [p for p in after if p.code != subject.code]
    other = near[0].code if near else opposite(pair, subject.code)
    other = given if given and from_seller and not (near and near[0].possessive) else other
    if from_seller:
        return replace(topic, measure="imports", reporter=other, partner=subject.code)
    ours = re.match(r"\s+of\s+(?:its|their|the|all|\w+\s+from)\b", words)
    if near and near[0].prep == "from" and ours and not _SOLD.search(words):
        return replace(topic, measure="imports", reporter=subject.code, partner=near[0].code)
    return replace(topic, measure="exports", reporter=other, partner=subject.code)


_SOLD = lazy(r"\b(?:exports?|exported|shipments|output|production|sales|produced)\b")


def _part_of(subject: Party | None, topic: Topic, owner: Party, memory: Memory) -> str | None:
    if subject is not None and subject.code != owner.code:
        return subject.code
    if memory.pair and owner.code in memory.pair:
        return opposite(memory.pair, owner.code)
    if memory.pair:
        return memory.pair[0]
    return None


def _flow_before(quantity: Quantity, scene: Scene) -> Topic | None:
    """The last flow of goods before a share that names both its ends."""
    told = [t for t in scene.topics if t.end <= quantity.start and t.reporter and t.partner]
    return told[-1] if told and told[-1].measure in {"exports", "imports", "total_trade"} else None


def _owner_from_words(
    words: str, topic: Topic, subject: Party | None, memory: Memory, flow: Topic | None
) -> Topic:
    """ "of the total", "of its cut flowers", "of the bloc's trade"."""
    pair = memory.pair
    if (
        pair is None
        and len(memory.named) == 2
        and subject is not None
        and subject.code in memory.named
    ):
        pair = (memory.named[0], memory.named[1])
    if pair is None and topic.reporter is None and topic.partner is None and flow is not None:
        turned = {flow.measure, topic.measure} == {"imports", "exports"}
        ends = (flow.partner, flow.reporter) if turned else (flow.reporter, flow.partner)
        return replace(topic, reporter=ends[0], partner=ends[1])
    if pair is None:
        if subject is not None and topic.reporter and subject.code != topic.reporter:
            return replace(topic, partner=subject.code)
        return topic
    if subject is not None and subject.code not in {*pair, topic.reporter, topic.partner}:
        return replace(topic, reporter=topic.reporter or pair[0], partner=subject.code)
    if topic.reporter and topic.partner and topic.form not in {"carried", "ranking"}:
        return topic
    if subject is not None and subject.code in pair:
        other = opposite(pair, subject.code)
        return replace(topic, reporter=other, partner=subject.code)
    if topic.form == "noun" and topic.partner in pair:
        return replace(topic, reporter=next((c for c in pair if c != topic.partner), pair[0]))
    return replace(topic, reporter=pair[0], partner=pair[1])


def _subject(before: list[Party]) -> Party | None:
    bare = [p for p in before if p.subject]
    return bare[-1] if bare else None


def _given_to(topic: Topic, subject: Party | None, after: list[Party], memory: Memory) -> Topic:
    giver = next((p for p in after if p.prep in {"by", "from"} and not p.possessive), None)
    owner = next((p for p in after if p.possessive or p.adjective or p.prep == "of"), None)
    if giver is not None and owner is not None and owner.start < giver.start and subject is None:
        return replace(topic, reporter=giver.code, partner=owner.code)
    if subject is not None and topic.partner and subject.code != topic.partner:
        return replace(topic, reporter=subject.code)
    if topic.reporter and topic.partner:
        return topic
    if memory.pair and (topic.reporter or topic.partner):
        known = topic.reporter or topic.partner
        other = opposite(memory.pair, known)
        return replace(topic, reporter=topic.reporter or other, partner=topic.partner or other)
    if memory.pair and topic.measure != "loan" and subject and subject.code == memory.pair[1]:
        return replace(topic, reporter=memory.pair[1], partner=memory.pair[0])
    if memory.pair:
        return replace(topic, reporter=memory.pair[0], partner=memory.pair[1])
    return topic
