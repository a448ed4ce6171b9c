"""Between whom trade is that names nobody: "bilateral trade", "trade between the two"."""

from __future__ import annotations

from accord.read.everywhere import is_ours, names_pair
from accord.read.parties import Party
from accord.read.partners import opposite, other_party
from accord.read.patterns import lazy
from accord.read.scene import Memory, Scene, Setting
from accord.read.topic import Topic

__all__ = ["pair_for"]


def pair_for(
    topic: Topic, scene: Scene, memory: Memory, setting: Setting
) -> tuple[str, str] | None:
    """The two that "bilateral trade" is between."""
    here = list(dict.fromkeys(p.code for p in scene.parties if not _with_number(p, topic, scene)))
    apart = {"after", "behind", "among"}
    told = [p.code for p in scene.parties if p.end <= topic.core and p.prep not in apart]
    before = list(dict.fromkeys(told))
    if setting.titled and len(setting.ends) == 2 and set(setting.ends) <= set(before):
        return setting.ends[0], setting.ends[1]
    if len(before) >= 2:
        owner = _list_owner(scene, before) or before[-2]
        return _ranked_pair(scene, before) or (owner, before[-1])
    told_of = _told_of_before(scene, memory) if not before and names_pair(scene, topic) else None
    if told_of is not None:
        return told_of
    if len(here) >= 2 and memory.pair is None:
        return here[0], here[1]
    if is_ours(scene, topic) and setting.home:
        other = next((c for c in here if c != setting.home), None) or opposite(
            setting.ends, setting.home
        )
        if other:
            return setting.home, other
    if here and memory.pair and here[0] in memory.pair:
        return memory.pair
    if len(here) == 1:
        other = other_party(here[0], topic, scene, memory, setting)
        if other:
            return here[0], other
    meant = names_pair(scene, topic) or is_ours(scene, topic)
    return memory.pair or _setting_pair(setting.pair if meant else setting.ends, setting, memory)


def _told_of_before(scene: Scene, memory: Memory) -> tuple[str, str] | None:
    """Who "the two countries" are: those told of last, but not the last of a list."""
    if memory.listed and memory.before:
        return memory.before
    if len(memory.named) != 2:
        return None
    recent = scene.number - memory.sentence <= 1 or memory.crowd
    return (memory.pair if recent else None) or (memory.named[0], memory.named[1])


_ITS_NUMBER = lazy(r"\s*\(\s*(?:US)?[$€£]?\s?\d|:\s+(?:US)?[$€£]?\s?\d")


def _with_number(party: Party, topic: Topic, scene: Scene) -> bool:
    """ "Trade totalled 4 billion, such as with A (2 billion)": one of a list with its own."""
    return party.start >= topic.end and _ITS_NUMBER.match(scene.text, party.end) is not None


def _ranked_pair(scene: Scene, before: list[str]) -> tuple[str, str] | None:
    """ "China overtook Japan as Peru's main market, and bilateral trade …": not who was passed."""
    told = {
        (t.reporter, t.partner)
        for t in scene.topics
        if t.form == "ranking" and t.reporter and t.partner
    }
    pair = next(iter(told)) if len(told) == 1 else None
    return pair if pair and set(pair) < set(before) else None


def _list_owner(scene: Scene, before: list[str]) -> str | None:
    """ "A and B came second and third, with trade of …": with the one whose partners they are."""
    ranked = [t for t in scene.topics if t.form == "ranking" and t.measure == "total_trade"]
    owners = {t.reporter for t in ranked}
    if len(owners) != 1 or not set(before) <= {t.partner for t in ranked}:
        return None
    return owners.pop()


def _setting_pair(
    known: tuple[str, ...], setting: Setting, memory: Memory
) -> tuple[str, str] | None:
    if len(known) >= 2:
        return known[0], known[1]
    codes = list(dict.fromkeys([*memory.seen, *setting.fallback]))
    if len(codes) >= 2:
        return codes[0], codes[1]
    return None
