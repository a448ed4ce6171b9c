"""Who of two gives, where they only "signed a loan agreement"."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise

from accord.read.lexicons import read_table
from accord.read.patterns import lazy
from accord.read.scene import Scene
from accord.read.topic import Topic

__all__ = ["from_the_giver"]


_SIGNED = lazy(r"\b(?:sign(?:s|ed)?|conclud(?:es?|ed)|agree[sd]?|seal(?:s|ed)|inks?|inked)\b")


@cache
def _place(code: str | None) -> int:
    order = str(read_table("givers")["order"]).split()
    return order.index(code) if code in order else len(order)


def from_the_giver(topic: Topic, scene: Scene) -> Topic:
    """ "Peru and Japan signed a loan agreement": the money is that of who usually gives."""
    if topic.measure not in {"aid", "loan"} or not _side_by_side(topic, scene):
        return topic
    if _place(topic.partner) < _place(topic.reporter):
        return replace(topic, reporter=topic.partner, partner=topic.reporter)
    return topic


def _side_by_side(topic: Topic, scene: Scene) -> bool:
    """Whether the two are one subject, stand after "between", or one signed with the other."""
    pair = {topic.reporter, topic.partner}
    signed = _SIGNED.search(scene.text, scene.start, scene.end) is not None
    return any(
        {left.code, right.code} == pair
        and (
            (right.joined and left.prep in {"", "between"})
            or (signed and right.prep == "with" and left.subject)
        )
        for left, right in pairwise(scene.parties)
    )
