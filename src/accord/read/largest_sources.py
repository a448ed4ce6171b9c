"""Where most come from or go: "the second-highest number of tourists arrived from Peru".

A superlative stands before what is counted, not before a noun for the country; the other
end of the flow is named in the sentence or was told before.
"""

# ruff: noqa: E501  (a pattern is easier to check on one line)
from __future__ import annotations

import re
from collections.abc import Iterator

from accord.model.statement import Measure, Statement
from accord.read.parties import Party
from accord.read.patterns import lazy
from accord.read.places import GIVEN_MEASURES, ORDINAL, ListNoun, rank_of, ranking_statement
from accord.read.resolution import resolve_topic
from accord.read.scene import Memory, Scene, Setting
from accord.read.topic import Topic

__all__ = ["largest_sources"]

_AMOUNT = r"(?:(?:number|volume|amount|share|part|flow|inflow|value|quantity|quantities|percentage|proportion)s?\s+of\s+)"
_MOST_FROM = lazy(
    rf"\b(?:(?P<ordinal>{ORDINAL})[\s-]+)?(?:highest|largest|biggest|greatest|most|(?:major|main)(?=\s+(?:import|export|source)\b))\s+{_AMOUNT}?(?:(?:the\s+)?[A-Z][\w.-]+(?:\s[A-Z]\w+)?(?:'s?)?\s+|its\s+|their\s+|the\s+)?(?:(?:foreign|international|overseas|direct|total|crude|goods|oil|apparel)\s+)*"
    r"(?P<what>(?P<tourists>tourists?|visitors?|arrivals|travell?ers)|(?P<other>remittances?|students|workers|migrants|immigrants|refugees)|(?P<balance>(?:trade\s+)?(?:surplus|deficit))|(?P<total_trade>(?:foreign\s+|external\s+)?trade(?:\s+turnover)?|turnover)|(?P<imports>imports?|purchases)|(?P<exports>exports?|sales|shipments)|(?P<fdi_stock>investments?|FDI)|(?P<loan>loans)|(?P<aid>aid|assistance|grants|donations))"
    r"(?!\s+(?:surplus|deficit|gap|imbalance|partner|market|destination|source|suppl|customer|item|product|commodit))(?:\s+(?:arrivals|inflows?))?(?P<between>\s[^.;,]{0,50}?)??(?:\s+(?:was|were|is|are|has|have|had|again|also|continued\s+to))*"
    r"\s+(?:arriv\w+|c[ao]m(?:e|es|ing)|receiv\w+|sent|originat\w+|recorded|seen|made|going|g(?:oes|o)|went|was|were|is|are)\s+(?:in\s+)?(?P<prep>from|to|by|with)\s+(?:the\s+)?"
)
_SUPERLATIVE = lazy(r"(?:high|larg|bigg|great)est|\b(?:most|major|main)\b")
_GIVEN = GIVEN_MEASURES | {Measure.TOURISTS, Measure.OTHER}


def largest_sources(scene: Scene, memory: Memory, setting: Setting) -> Iterator[Statement]:
    """The rankings of where most of those who come, or of what is sent, come from."""
    if not _SUPERLATIVE.search(scene.text, scene.start, scene.end):
        return
    for match in _MOST_FROM.finditer(scene.text, scene.start, scene.end):
        party = next((p for p in scene.parties if p.start == match.end()), None)
        if party is None:
            continue
        kind = next(k for k in _KINDS if match.group(k))
        measure = Measure(kind)
        from_it = match.group("prep") != "to"
        if not _leads(measure, match.group("prep")):
            continue
        owner = _other_end(match, party, scene, (memory, setting), kind)
        of_owner = measure not in _GIVEN or not from_it
        content = (ListNoun(measure, of_owner), party.code, owner, rank_of(match.group("ordinal")))
        found = ranking_statement(scene, memory, (match.start(), party.end), content)
        if found is not None:
            yield found


def _leads(measure: Measure, prep: str) -> bool:
    """Whether a flow can come, go or be held with somebody by that preposition."""
    if measure in {Measure.TOTAL_TRADE, Measure.BALANCE}:
        return prep == "with"
    if measure is Measure.EXPORTS:
        return prep == "to"
    return prep in {"from", "by"} or (prep == "to" and measure is not Measure.IMPORTS)


_KINDS = (
    "tourists",
    "other",
    "total_trade",
    "balance",
    "imports",
    "exports",
    "fdi_stock",
    "loan",
    "aid",
)


def _other_end(
    match: re.Match[str],
    party: Party,
    scene: Scene,
    known: tuple[Memory, Setting],
    kind: str,
) -> str | None:
    """Whose imports, exports or guests they are: named between, before, or told earlier."""
    between = [p for p in scene.parties if match.end("what") <= p.start < match.start("prep")]
    if between:
        return between[-1].code
    before = [p for p in scene.parties if p.end <= match.start("what")]
    owners = [p for p in before if p.possessive or p.adjective or p.prep in {"of", "in", "for"}]
    if owners and owners[-1].code != party.code:
        return owners[-1].code
    spot = match.start("what")
    measure = {"fdi_stock": "fdi"}.get(kind, kind)
    giving = (
        measure not in {"imports", "exports", "total_trade", "balance"}
        and match.group("prep") != "to"
    )
    bare = (
        Topic(spot, spot, match.end("what"), measure, "noun", reporter=party.code)
        if giving
        else Topic(spot, spot, match.end("what"), measure, "noun", partner=party.code)
    )
    topic = resolve_topic(bare, scene, *known)
    if topic is None:
        return None
    return topic.partner if giving else topic.reporter
