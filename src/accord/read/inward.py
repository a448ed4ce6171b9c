"""Investment from anybody: "FDI inflows into Peru", which are from no one country."""

from __future__ import annotations

import re
from dataclasses import replace

from accord.read.patterns import lazy
from accord.read.scene import Memory, Scene, Setting
from accord.read.topic import Topic

__all__ = ["from_anybody", "turned_inward"]

_INFLOW = lazy(
    r"\b(?:FDI|foreign\s+(?:direct\s+)?investments?|foreign\s+capital)\b|inflows?", re.IGNORECASE
)


def _words(topic: Topic, scene: Scene) -> str:
    """A flow's noun with the two words before it."""
    low = max(scene.start, topic.core - 40)
    lead = re.search(r"(?:[\w-]+\s+){0,2}$", scene.text[low : topic.core])
    return (lead.group() if lead else "") + scene.text[topic.core : topic.end]


def turned_inward(topic: Topic, scene: Scene) -> Topic:
    """ "The Philippines' FDI inflows" go into them: who owns them is the host."""
    if topic.measure != "fdi" or not topic.reporter or topic.partner:
        return topic
    inward = "inflow" in _words(topic, scene).lower()
    return replace(topic, reporter=None, partner=topic.reporter) if inward else topic


def from_anybody(topic: Topic, scene: Scene, memory: Memory, setting: Setting) -> bool:
    """ "FDI in Peru came to $3 billion", where Peru and one other are not what is spoken of."""
    if topic.measure != "fdi" or topic.form != "noun" or topic.reporter:
        return False
    if _INFLOW.search(_words(topic, scene)) is None:
        return False
    titled = setting.pair if setting.titled and len(setting.pair) == 2 else ()
    host = topic.partner
    return not any(host in pair if host else pair for pair in (memory.pair or (), titled))
