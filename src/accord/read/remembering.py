"""What a sentence leaves behind for the ones after it."""

from __future__ import annotations

from dataclasses import replace

from accord.model.statement import Kind, Statement
from accord.read.patterns import lazy
from accord.read.quantities import Sort
from accord.read.rankings import ranking_topics
from accord.read.scene import Memory, Scene, Setting

__all__ = ["list_owner", "notice", "take_up", "take_up_acts"]


def take_up_acts(statements: list[Statement], scene: Scene, memory: Memory) -> None:
    """Let the next sentences say who "did so" too."""
    done = [s for s in statements if s.kind in {Kind.EVENT, Kind.MEMBERSHIP} and s.partner]
    if done:
        memory.did, memory.did_at = max(done, key=lambda s: s.start), scene.number


def take_up(rankings: list[Statement], scene: Scene, memory: Memory) -> None:
    """Let the figures of the sentence, and of the next, follow its rankings."""
    apposed = [r for r in rankings if _names_partner(r, scene)]
    topics = ranking_topics([r for r in rankings if r not in apposed])
    if not topics:
        return
    scene.topics[:] = sorted([*scene.topics, *topics], key=lambda t: (t.core, t.end))
    memory.remember(topics[0], scene.number)
    dated = next((s for s in rankings if s.period), None)
    if dated is not None:
        memory.period, memory.period_open = dated.period, False


_TO_ITS = lazy(
    r"\s+(?:to|from|with)\s+(?:the\s+|its\s+|their\s+|our\s+)?(?:(?:country|bloc|kingdom|nation)'s\s+|[A-Z][\w.]+(?:\s[A-Z]\w+)?'s?\s+)?"
)


_WHICH_IS = lazy(r",\s+(?:which|who|long|now|still|its|their|the)\b[^;]{0,60}$")


def _names_partner(ranking: Statement, scene: Scene) -> bool:
    """ "Exports to Japan's largest trading partner, China, fell": in place, whom they go to."""
    value = next((t for t in ranking.traces if t.name == "value"), None)
    if value is None or not (ranking.reporter and ranking.partner):
        return False
    for place, topic in enumerate(scene.topics):
        flow = topic.form == "noun" and topic.measure in {"exports", "imports", "balance"}
        beside = [p for p in scene.parties if p.code == topic.partner and p.start >= topic.end]
        if (
            flow
            and beside
            and topic.partner == ranking.partner
            and _WHICH_IS.match(scene.text, beside[0].end, value.start)
        ):
            return True
        if flow and _TO_ITS.fullmatch(scene.text, topic.end, max(topic.end, value.start)):
            scene.topics[place] = replace(topic, reporter=ranking.reporter, partner=ranking.partner)
            return True
    return False


_PARTNER_OF = lazy(
    r"\b(?:partner|market|destination|supplier|customer|buyer|importer|exporter)\s+(?:of|for)\s+(?:the\s+)?$"
)


def _partner_last(codes: tuple[str, ...], scene: Scene) -> tuple[str, ...]:
    """The two named first; who is called a partner of the other comes after it."""
    if len(codes) == 2 and len(scene.parties) == 2:
        second = scene.parties[1]
        low = max(scene.start, second.start - 24)
        if _PARTNER_OF.search(scene.text, low, second.start):
            return codes[1], codes[0]
    return codes[:2]


def notice(memory: Memory, scene: Scene) -> None:
    """Keep whom, what and when a sentence spoke of."""
    subject = next((p.code for p in scene.parties if p.subject), None)
    counted = next((p.code for p in scene.sources), None) if not scene.parties else None
    memory.subject = subject or counted or memory.subject
    codes = tuple(dict.fromkeys(p.code for p in scene.parties))
    if 2 <= len(codes) <= 4:
        memory.named, memory.crowd = _partner_last(codes, scene), len(codes) > 2
    for quantity in scene.quantities:
        memory.unit = quantity.unit if quantity.sort is Sort.MONEY else memory.unit
        if quantity.sort in {Sort.MONEY, Sort.COUNT}:
            memory.counted = quantity.unit if quantity.sort is Sort.COUNT else None
    for period in scene.periods:
        if period.period is not None:
            memory.anchor = period.period
            memory.periods.append(period.period)
    for party in scene.parties:
        if party.code in memory.seen:
            memory.seen.remove(party.code)
        memory.seen.append(party.code)


def list_owner(memory: Memory, setting: Setting, number: int) -> str | None:
    """Whose partners a sentence may list without saying so."""
    if memory.lister is not None and number - memory.lister_at <= 4:
        return memory.lister.reporter
    if setting.titled and len(setting.ends) == 1 and not setting.aimed:
        return setting.ends[0]
    last = memory.topic
    recent = last is not None and number - memory.sentence <= 2
    flow = last is not None and last.measure in {"exports", "imports", "total_trade"}
    return last.reporter if last is not None and recent and flow else None
