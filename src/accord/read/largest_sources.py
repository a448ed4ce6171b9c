"""Where most come from: "the second-highest number of tourists arrived from Peru".

A superlative stands before what is counted, not before a noun for the country; the host
is named in the sentence or was told before.
"""

from __future__ import annotations

from collections.abc import Iterator

from accord.model.statement import Measure, Statement
from accord.read.patterns import lazy
from accord.read.places import ORDINAL, ListNoun, rank_of, ranking_statement
from accord.read.resolution import resolve_topic
from accord.read.scene import Memory, Scene, Setting
from accord.read.topic import Topic

__all__ = ["largest_sources"]

_MOST_FROM = lazy(
    rf"\b(?:the\s+|its\s+)?(?:(?P<ordinal>{ORDINAL})[\s-]+)?(?:highest|largest|biggest|greatest|most)\s+"
    r"(?:(?:number|volume|amount|share|part|flow|inflow)\s+of\s+)?(?P<what>(?:foreign\s+)?(?:tourists?|visitors?|arrivals|travell?ers)|remittances?|(?:foreign\s+)?(?:students|workers|migrants|immigrants|refugees))"
    r"(?:\s+(?:arrivals|inflows?))?(?:\s+(?:was|were|is|are|has|have|had|again|also|continued\s+to))*\s+(?:arriv\w+|c[ao]m\w+|receiv\w+|sent|originat\w+|recorded)\s+(?:in\s+)?(?:from\s+)(?:the\s+)?",
)
_TOURISTS = lazy(r"tourist|visitor|arrival|travel")


def largest_sources(scene: Scene, memory: Memory, setting: Setting) -> Iterator[Statement]:
    """The rankings of where most of those who come, or of what is sent, come from."""
    for match in _MOST_FROM.finditer(scene.text, scene.start, scene.end):
        party = next((p for p in scene.parties if p.start == match.end()), None)
        if party is None or party.prep != "from":
            continue
        measure = "tourists" if _TOURISTS.search(match.group("what")) else "other"
        spot = match.start("what")
        bare = Topic(spot, spot, match.end("what"), measure, "noun", reporter=party.code)
        topic = resolve_topic(bare, scene, memory, setting)
        if topic is None:
            continue
        noun = ListNoun(Measure(measure), of_owner=False)
        place = rank_of(match.group("ordinal"))
        content = (noun, party.code, topic.partner, place)
        found = ranking_statement(scene, memory, (match.start(), party.end), content)
        if found is not None:
            yield found
