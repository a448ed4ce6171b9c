"""Flows that stand for a list of partners: "third in Kenya's foreign trade".

Whoever is named beside the flow has the list, and the list is seen from there: first "in
exports to Iraq" is first among the sources of Iraq's imports.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from accord.model.statement import Measure
from accord.read.parties import Party
from accord.read.patterns import lazy
from accord.read.places import GIVEN_MEASURES, ListNoun
from accord.read.scene import Memory, Scene, Setting

__all__ = ["FlowList", "find_flow_list", "known_owner"]


@dataclass(frozen=True, slots=True)
class FlowList:
    """What a list is of, whose it is (if said), and where its words end."""

    noun: ListNoun
    owner: str | None
    end: int


_FLOW = lazy(
    r"\b(?:(?P<balance>(?:trade\s+)?(?:deficits?|surplus(?:es)?))|(?P<total_trade>(?:trade|turnover|commerce|circulation)(?!-))"
    r"|(?P<imports>import(?:s|ers?|ing)?|purchas(?:es|ing)|buying)"
    r"|(?P<exports>export(?:s|ers?|ing)?|sales|selling|shipments?|deliver(?:y|ies)|supplies|supplying)"
    r"|(?P<fdi_stock>invest(?:ments?|ing|ed)|FDI)|(?P<tourists>(?:tourist|visitor)\s+arrivals|(?:tourist|visitor|holiday[\s-]?maker|travell?er|arrival)s?)"
    r"|(?P<aid>aid|ODA|assistance|donations)|(?P<loan>loans|lending))"
    r"(?![\w']|[\s-]+(?:and\s+\w+\s+)?(?:trad(?:e|ing)|destinations?|source|(?:\w+\s+)?partners?|markets?|relations|agreement|policy|zone|missions?|fair|ties|war|growth|increase|rise|fall|decline)\b)"
    r"(?:\s+(?:structure|turnover|volumes?|values?|operations|list|ranking|revenues?|flows?|numbers?|balance\s+sheet|exchange))?",
    re.IGNORECASE,
)
_BESIDE = lazy(r"\s*(?:[a-z-]+\s+){0,3}?")
_OWNED = lazy(r"(?:'s?)?\s+(?:[\w-]+\s+){0,4}?")
_GIVEN = GIVEN_MEASURES | {Measure.TOURISTS}
_HOSTING = frozenset({"in", "to", "into", "for", "within"})


def find_flow_list(scene: Scene, low: int, high: int) -> FlowList | None:
    """The first flow between two offsets, with the party beside it."""
    for match in _FLOW.finditer(scene.text, low, high):
        measure = Measure(match.lastgroup or "total_trade")
        left = [p for p in scene.parties if low - 2 <= p.start and p.end <= match.start()]
        right = [p for p in scene.parties if match.end() <= p.start < high]
        after = right[0] if right and _beside(match, right[0], scene) else None
        before = left[-1] if left and _owns(match, left[-1], scene) else None
        if before is not None and after is not None and scene.is_region(before.code):
            before = None  # "Arab investments in Egypt": only among whom
        elif before is not None:
            after = None
        return _seen_from(measure, before, after, match.end())
    return None


def _beside(match: re.Match[str], party: Party, scene: Scene) -> bool:
    """ "exports of tea to Iraq": the party that a preposition ties to the flow."""
    if party.prep not in {"to", "from", "in", "into", "with", "of", "by", "for"}:
        return (
            party.adjective
            and _OF_GOODS.fullmatch(scene.text, match.end(), party.start) is not None
        )
    return _BESIDE.fullmatch(scene.text, match.end(), party.lead) is not None


_RUNS = lazy(r"\s+(?:has|had|have|runs|ran)\s+(?:an?\s+|the\s+)?(?:\w+\s+)?")
_OF_GOODS = lazy(r"\s+(?:of\s+)?(?:the\s+)?")  # "importing Azerbaijani goods"


def _owns(match: re.Match[str], party: Party, scene: Scene) -> bool:
    if party.bare and _RUNS.fullmatch(scene.text, party.end, match.start()):
        return True  # "the countries with which India has a deficit"
    near = party.possessive or party.adjective
    return near and _OWNED.fullmatch(scene.text, party.end, match.start()) is not None


def _seen_from(
    measure: Measure, before: Party | None, after: Party | None, end: int
) -> FlowList | None:
    """The list from the side of whoever is named."""
    party = before or after
    if party is None:
        return FlowList(ListNoun(measure, measure not in _GIVEN), None, end)
    prep = "of" if before is not None else party.prep or "from"
    end = max(end, party.end)
    if measure in _GIVEN:
        return FlowList(ListNoun(measure, prep not in _HOSTING), party.code, end)
    if measure is Measure.EXPORTS and prep in {"to", "into", "in"}:
        measure = Measure.IMPORTS
    elif measure is Measure.IMPORTS and prep == "from":
        measure = Measure.EXPORTS
    elif measure is Measure.BALANCE and before is None:
        return None  # "the largest surplus with Peru": whose list is not said
    return FlowList(ListNoun(measure, of_owner=True), party.code, end)


_LISTS = frozenset({Measure.TOTAL_TRADE, Measure.EXPORTS, Measure.IMPORTS, Measure.BALANCE})


def known_owner(
    holder: str | None, memory: Memory, setting: Setting, told: Sequence[str] = ()
) -> str | None:
    """Whose list it is, where that is not said: of the list told before, of one spoken of."""
    last = memory.ranking
    owned = [last.reporter] if last is not None and last.measure in _LISTS else []
    known = [*told, *owned, *(memory.pair or ()), *setting.pair]
    return next((c for c in known if c and c != holder), None)
