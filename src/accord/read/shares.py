"""Shares: percentages of somebody's total, and whose total it is."""

from __future__ import annotations

import re
from dataclasses import replace

from accord.read.changes import ends_with_change
from accord.read.patterns import lazy
from accord.read.quantities import Quantity, Sort
from accord.read.scene import Memory, Scene
from accord.read.share_totals import whose_total
from accord.read.topic import Topic

__all__ = ["read_share"]

_LEAD = lazy(
    r"\b(?:account(?:s|ed|ing)?\s+for|mak(?:es?|ing)\s+up|made\s+up|represent(?:s|ed|ing)?|constitut(?:es?|ed|ing)|h(?:olds|eld|olding)|compris(?:es?|ed|ing)|stood\s+for|stands?\s+for|t(?:akes?|ook|aking)|absorb(?:s|ed|ing)?"
    r"|receiv(?:es?|ed|ing)|buys?|bought|bought\s+up|suppl(?:ies|ied|y|ying)|provid(?:es?|ed|ing)|contribut(?:es?|ed)|(?:share|part|portion|slice|proportion|weight)\s+(?:\w+\s+){0,8}(?:of|was|is|at|to|reached|from|by)|conducts?|does|did)"
    r"(?:\s+(?:for|only|just|an?|the|as|much|well|some|nearly|its|to|from|with))*\s*$",
    re.IGNORECASE,
)
_TAIL = lazy(
    r"\s*(?:\([^)]{0,40}\)\s*)?(?:(?:market\s+)?share\b(?:\s+(?:of|in))?|of|in)(?:\s+|(?=[.,;]))(?:(?:turnover|imports|exports|trade|sales|shipments|purchases|all|what|everything|the|its|their|her|his|our|total|that|both|overall|foreign|Mercosur|a|whole|entire|global)\b|\s|[A-Z.,;]|$)",
)
_RATIO = lazy(r"\s(?:in|of)\s|^every", re.IGNORECASE)  # "one in five tourists"
_LEVEL = lazy(r"\b(?:to|from|at)\s+(?:\w+\s+)?$")  # "fell from 40% of Cuba's total"
_TOTAL = lazy(r"\s*of\s+(?:[\w']+\s+){0,4}?(?:total|whole|exports|imports|trade|sales|purchases)\b")
_CHANGE_TAIL = lazy(
    r"\s*(?:more|less|higher|lower|up|down|above|below|increase|rise|growth|drop|fall|decline)\b",
    re.IGNORECASE,
)
_MOVED_BY = lazy(
    r"\bshares?\b.{0,60}\b(?:rose|ris(?:en|es|ing)|gr[eo]w\w*|f[ae]ll(?:en|s)?|dropped|increased|declined|decreased|shrank|shrunk|widened|dipped|jumped|climbed)\s+by\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_FOR_PARTY = lazy(r"\s*(?:\([^)]{0,40}\)\s*)?for\s+$")


# "exports consist mainly of medicines (34%)": a part of the flow between the two
_COMPOSED = lazy(
    r"\b(?:dominated|led|headed|composed|consist(?:s|ed|ing)?|compris(?:es|ed|ing)|made\s+up|includ(?:es|ed|ing))\b[^.;:]*\($"
)


def read_share(
    quantity: Quantity, topic: Topic, scene: Scene, memory: Memory, *, floor: int
) -> tuple[bool, Topic]:
    """Whether a rate is a share, and the topic with the parties that a share has.

    ``reporter`` of a share is the party whose total it is, ``partner`` whose part.
    """
    if quantity.sort not in {Sort.PERCENT, Sort.FRACTION}:
        return False, topic
    if _of_the_ranked(quantity, topic, scene) or _is_component(quantity, topic, scene):
        return True, topic
    topic = _named_whole(quantity, topic, scene)
    gone = _part_gone(quantity, topic, scene, memory) or _part_of_it(quantity, topic, scene)
    if gone is not None:
        return True, gone
    lead = scene.masked[max(floor, quantity.start - 90) : quantity.start]
    after = scene.undated[quantity.end : min(scene.end, quantity.end + 90)]
    ratio = _RATIO.search(scene.text, quantity.core, quantity.end)
    tail = _TAIL.match(after) is not None or ratio is not None
    led = _LEAD.search(lead) is not None
    if _to_share(scene, quantity, lead):
        return True, whose_total(quantity, topic, scene, memory)
    if (
        _CHANGE_TAIL.match(after)
        or _MOVED_BY.search(lead)
        or (not tail and not led and not _set_against(quantity, scene, floor))
    ):
        return False, topic
    level = _LEVEL.search(lead) is not None and _TOTAL.match(after) is not None
    if tail and not led and not level and (_changed(lead) or ends_with_change(lead)):
        return False, topic
    return True, whose_total(quantity, topic, scene, memory)


_WITH = lazy(
    r"\s*(?:\(|,?\s+with\s+|,?\s+at\s+)(?:(?:(?:an?\s+)?(?:specific\s+weight|share|part|portion|proportion)\s+of\s+|a|an|about|some|nearly|over|around|just)\s+)*",
    re.IGNORECASE,
)
_ENDS = lazy(r"\s*(?:[.,;)]|$|followed\b|share\b|and\b|ahead\b|in\s+\d{4})")


def _of_the_ranked(quantity: Quantity, topic: Topic, scene: Scene) -> bool:
    """ "Chile was Peru's largest partner with 23 percent": its part of the whole."""
    if topic.form != "ranking" or topic.measure in {"balance", "other"}:
        return False
    with_it = _WITH.fullmatch(scene.text, topic.end, quantity.start) is not None
    return with_it and _ENDS.match(scene.text, quantity.end, scene.end) is not None


def _is_component(quantity: Quantity, topic: Topic, scene: Scene) -> bool:
    if topic.measure not in {"exports", "imports"} or not scene.start <= topic.end < quantity.start:
        return False
    if scene.text[quantity.end : quantity.end + 1] != ")":
        return False
    return _COMPOSED.search(scene.text, topic.end, quantity.start) is not None


_WHOLE = lazy(
    r"\s*of\s+(?:(?:all|the|its|their|our|total|overall|foreign|goods|merchandise|[A-Z][\w.]*(?:'s)?|[A-Z][\w.]*s')\s+){0,4}(?P<flow>exports|imports|trade)\b"
)


def _named_whole(quantity: Quantity, topic: Topic, scene: Scene) -> Topic:
    """ "bought goods for €1.4 billion (8.7% of imports)": the whole is named beside the share."""
    match = _WHOLE.match(scene.text, quantity.end, scene.end)
    if match is None or topic.measure not in {"exports", "imports"}:
        return topic
    flow = match.group("flow")
    if flow == "trade" or topic.core > quantity.end or flow == topic.measure:
        return topic
    return replace(topic, measure=flow)


_WENT_TO = lazy(
    r"\s*(?:of\s+(?:it|them|which|this|that)\s+)?(?:,\s*)?(?:"
    r"(?P<exports>(?:goes|go|went|heads?|headed|(?:is|are|was|were)\s+(?:now\s+|still\s+)?(?:sold|shipped|sent|exported|destined|bound))\s+(?:to|for)|ends?\s+up\s+in)"
    r"|(?P<imports>(?:comes?|came|originates?|originated|(?:is|are|was|were)\s+(?:now\s+|still\s+)?(?:bought|imported|supplied|sourced|shipped|sent))\s+(?:from|by))"
    r"|(?P<total_trade>(?:is|are|was|were)\s+(?:conducted\s+|carried\s+on\s+|done\s+)?with)"
    r"|(?P<loan>(?:is|are|was|were)\s+(?:now\s+|still\s+)?(?:held\s+by|owed\s+to|due\s+to|owned\s+by|in\s+the\s+hands\s+of)))\s+(?:the\s+)?",
)


def _part_gone(quantity: Quantity, topic: Topic, scene: Scene, memory: Memory) -> Topic | None:
    """ "96 per cent went to Spain", "57 per cent is owed to China": where a part of a flow goes."""
    match = _WENT_TO.match(scene.text, quantity.end, scene.end)
    if match is None:
        return None
    party = next((p for p in scene.parties if p.start == match.end()), None)
    kind = match.lastgroup or ""
    if party is None or (kind == "loan") != (topic.measure in {"loan", "fdi"}):
        return None
    whose = next((c for c in (topic.reporter, topic.partner) if c and c != party.code), None)
    if kind == "loan":
        return replace(topic, reporter=party.code, partner=topic.partner or whose)
    if topic.measure not in {"exports", "imports", "total_trade"}:
        return None
    whose = topic.reporter if topic.reporter != party.code else whose
    whose = whose or next((c for c in memory.pair or () if c != party.code), None)
    return replace(topic, measure=kind, reporter=whose, partner=party.code) if whose else None


_OF_IT = lazy(r"\s+of\s+(?:it|them|these|those)\b(?:\s+(?:is|are|was|were|going|bound|being))?\s*")


def _part_of_it(quantity: Quantity, topic: Topic, scene: Scene) -> Topic | None:
    """ "four fifths of it in China", "80 per cent of them cars": a part of the flow told before."""
    match = _OF_IT.match(scene.text, quantity.end, scene.end)
    if match is None or topic.measure == "balance" or not (topic.reporter and topic.partner):
        return None
    if _LEAD.search(scene.masked[max(scene.start, quantity.start - 90) : quantity.start]):
        return None  # "Senegal supplied 61 per cent of it"
    party = next((p for p in scene.parties if p.lead == match.end()), None)
    if party is not None and party.prep in {"to", "in", "for"} and party.code != topic.reporter:
        return replace(topic, partner=party.code)
    return topic


def _to_share(scene: Scene, quantity: Quantity, lead: str) -> bool:
    """ "share … rose by 3.2 points to 33.5%"."""
    if not re.search(r"\b(?:to|from|at|of|was|is|reached)\s+(?:\w+\s+)?$", lead, re.IGNORECASE):
        return False
    return (
        re.search(
            r"\b(?:shares?|portion|proportion|slice)\b",
            scene.text[scene.start : quantity.start],
            re.IGNORECASE,
        )
        is not None
    )


def _changed(lead: str) -> bool:
    return (
        re.search(
            r"\b(?:rose|grew|fell|dropped|increased|declined|up|down|by)\s+(?:by\s+)?(?:\w+ly\s+)?$"
            r"|\b(?:growth|increase|rise|gain|jump|decline|decrease|fall|drop)\s+of\s+$|\band\s+of\s+$",
            lead,
            re.IGNORECASE,
        )
        is not None
    )


def _set_against(quantity: Quantity, scene: Scene, floor: int) -> bool:
    """ "against 18.6% ($18.9bn) for Russia", after another share."""
    lead = scene.text[max(floor, quantity.start - 20) : quantity.start]
    for party in scene.parties:
        if party.start >= quantity.end and party.prep == "for":
            return (
                re.search(r"\b(?:against|and|compared\s+with|versus|to)\s*$", lead) is not None
                and _FOR_PARTY.fullmatch(scene.text[quantity.end : party.start].replace("the ", ""))
                is not None
            )
    return False
