"""Positions, trends and links: what is asserted without a number.

Opinions, intentions and demands are ``position`` with their speaker. "Growing contrary
to the general trend" is growth of each thing listed. That two blocs or initiatives are
linked is an ``agreement``. "The first country to send …" is a ranking.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from accord.model.polity import PolityKind, get_polity
from accord.model.statement import Approximation, Change, Kind, Measure, Statement, Trace
from accord.read.lexicons import read_table
from accord.read.parties import PAIR_WORDS
from accord.read.patterns import lazy
from accord.read.scene import Memory, Scene, Setting

__all__ = ["read_firsts", "read_links", "read_positions", "read_trends"]

_PART = lazy(r"[;:]\s|,\s(?:and|but|yet|while|which|though|although)\s|\.\s")
_TREND = lazy(
    r"(?P<what>[^.;:]{3,160}?)\s+(?:is|are|was|were|has\s+been|have\s+been|continue[sd]?\s+to\s+be|kept|keeps?)?\s*(?:steadily\s+|rapidly\s+)?(?P<verb>growing|grew|rising|rose|increasing|increased|expanding|expanded|grown|falling|fell|declining|declined|shrinking|shrank|grow|rise|fall)\s+(?:\w+ly\s+)?(?P<cue>contrary\s+to\s+(?:the\s+)?(?:general|overall|common|broader|wider)?\s*trend|against\s+(?:the\s+)?(?:general\s+|overall\s+|broader\s+|wider\s+)?trend|counter\s+to\s+(?:the\s+)?(?:general\s+|overall\s+)?trend|despite\s+(?:the\s+)?(?:general|overall)\s+(?:decline|downturn|trend|slump)|bucking\s+the\s+trend)",
    re.IGNORECASE,
)
_TREND_WORD = lazy(r"trend|despite", re.IGNORECASE)
_STEADY = lazy(
    r"\b(?:and\s+)?(?:(?:is|are|has\s+been|have\s+been|keeps?|kept|continues?\s+to\s+be)\s+)?(?:steadily|rapidly|constantly|continuously|consistently|sharply|quickly)\s+(?P<verb>growing|increasing|rising|expanding|declining|falling|shrinking|grown|increased|risen|declined|fallen)\b(?!\s+(?:\w+\s+)?(?:market|economy|economies|middle))|\band\s+(?:is\s+|are\s+)?(?P<turned>growing|increasing|rising|expanding|declining|falling|shrinking)\s+(?:steadily|rapidly|constantly|fast|sharply|every\s+year|year\s+by\s+year)\b",
    re.IGNORECASE,
)
_LINK = lazy(
    r"\b(?:link(?:s|ed|ing)?|dock(?:s|ed|ing)?|join(?:s|ed|ing)?\s+up|align(?:s|ed|ing)?|conjugat(?:e|es|ed|ing|ion)|connect(?:s|ed|ing)?|integrat(?:e|es|ed|ing)|coupl(?:e|ed|ing)|synerg\w+|coordinat(?:e|es|ed|ing|ion)|harmoni[sz](?:e|es|ed|ing)|alignment)\b",
    re.IGNORECASE,
)
_FIRST = lazy(
    r"\b(?:was|were|is|became|becomes|am|are)\s+the\s+(?P<rank>first|only|last)\s+(?:[\w-]+\s+){0,6}?to\s+(?!which\b|whom\b|visit\b|tour\b|travel\b|set\s+foot\b)(?P<what>[^,.;]{4,120})",
    re.IGNORECASE,
)
_DOWN = lazy(r"fall|fell|declin|shr[aiu]nk", re.IGNORECASE)


def read_trends(scene: Scene, memory: Memory, setting: Setting) -> list[Statement]:
    """Growth without a rate, one statement for each thing that is listed."""
    found: list[Statement] = []
    if not _TREND_WORD.search(scene.text, scene.start, scene.end):
        return _steady(scene, memory)
    for match in _TREND.finditer(scene.text, scene.start, scene.end):
        found.extend(_listed(match, scene, memory, setting))
    if not found:
        found.extend(_steady(scene, memory))
    return found


def _spoken_of(memory: Memory) -> tuple[str, ...]:
    """The parties of the last statement, in its order."""
    last = memory.topic
    if last is not None and last.reporter and last.partner:
        return last.reporter, last.partner
    return memory.pair or ()


def _listed(
    match: re.Match[str], scene: Scene, memory: Memory, setting: Setting
) -> list[Statement]:
    codes = [p.code for p in scene.parties]
    pair = (
        tuple(dict.fromkeys(codes))[:2]
        if len(set(codes)) >= 2
        else _spoken_of(memory) or setting.pair or memory.named
    )
    if len(pair) < 2:
        return []
    found = []
    for item in re.finditer(r"(?:(?!,|\band\b|(?<=an)d\s|(?<=\sa)nd\s).)+", match.group("what")):
        words = item.group().strip(" \"'")
        if len(words) < 3:
            continue
        start = match.start("what") + item.start() + len(item.group()) - len(item.group().lstrip())
        lower = words.lower()
        measure = Measure.SERVICES_TRADE if "service" in lower else Measure.TOTAL_TRADE
        plain = measure is Measure.SERVICES_TRADE or re.fullmatch(r"(?:bilateral\s+)?trade", lower)
        found.append(
            Statement(
                id="",
                quote=scene.text[start : match.end()],
                start=start,
                end=match.end(),
                kind=Kind.GROWTH,
                measure=measure,
                reporter=pair[0],
                partner=pair[1],
                commodity="services"
                if measure is Measure.SERVICES_TRADE
                else None
                if plain
                else words,
                change=Change(None, None, "down" if _DOWN.match(match.group("verb")) else "up"),
                sentence_start=scene.start,
                sentence_end=scene.end,
                text_cue="counter_trend",
                parties=tuple(pair),
                parties_from_context=len(set(codes)) < 2,
                traces=(
                    Trace("change", match.start("verb"), match.end("cue"), "against the trend"),
                ),
            )
        )
    return found


def _steady(scene: Scene, memory: Memory) -> list[Statement]:
    topic = memory.topic
    if (
        topic is None
        or memory.sentence != scene.number
        or not topic.reporter
        or not topic.partner
        or topic.measure == "fdi"
    ):
        return []
    match = _STEADY.search(scene.text, scene.start, scene.end)
    if match is None:
        return []
    start = max(
        scene.start,
        min(match.start(), topic.start if topic.start >= scene.start else match.start()),
    )
    return [
        Statement(
            id="",
            quote=scene.text[start : match.end()],
            start=start,
            end=match.end(),
            kind=Kind.GROWTH,
            measure=Measure(topic.measure),
            reporter=topic.reporter,
            partner=topic.partner,
            change=Change(
                None,
                None,
                "down" if _DOWN.match(match.group("verb") or match.group("turned")) else "up",
            ),
            period=memory.period,
            sentence_start=scene.start,
            sentence_end=scene.end,
            text_cue="steady",
            traces=(Trace("change", match.start(), match.end(), "steady growth"),),
        )
    ]


def read_links(scene: Scene, memory: Memory, setting: Setting) -> list[Statement]:
    """ "link the EAEU and the Belt and Road": an agreement between what is linked."""
    groups = [p for p in scene.parties if _is_group(p.code)]
    codes = list(dict.fromkeys(p.code for p in groups))
    if len(codes) < 2:
        return []
    match = _LINK.search(scene.text, scene.start, scene.end)
    if match is None:
        return []
    start = min(match.start(), groups[0].start)
    subject = re.match(
        r"\W*(?:The\s+parties|The\s+two\s+\w+|[A-Z]\w+)\b", scene.text[scene.start : match.start()]
    )
    start = scene.start if subject and match.start() - scene.start < 60 else start
    end = max(match.end(), *(p.end for p in groups))
    statement = Statement(
        id="",
        quote=scene.text[start:end],
        start=start,
        end=end,
        kind=Kind.AGREEMENT,
        reporter=codes[0],
        partner=codes[1],
        sentence_start=scene.start,
        sentence_end=scene.end,
        text_cue="linked",
        name=" and ".join(scene.text[p.start : p.end] for p in groups[:2]),
        parties=tuple(codes),
        hedged=re.search(r"\b(?:will|would|should|could|want|plan)\b", scene.text[start:end])
        is not None,
        traces=(Trace("kind", match.start(), match.end(), "initiatives linked"),),
    )
    return [statement]


def _is_group(code: str) -> bool:
    polity = get_polity(code)
    return polity is not None and polity.kind in {PolityKind.BLOC, PolityKind.INITIATIVE}


_RECOGNISED = lazy(r"\brecogni[sz]|\bestablish\w*\s+(?:diplomatic|formal|full|official)")


def read_firsts(scene: Scene, memory: Memory, setting: Setting) -> list[Statement]:
    """ "Russia was the first country to send experts to China"."""
    found = []
    for match in _FIRST.finditer(scene.text, scene.start, scene.end):
        before = [p for p in scene.parties if p.end <= match.start() and p.subject]
        inside = [p for p in scene.parties if match.start() <= p.start < match.end() + 1]
        subject = (
            before[-1].code
            if before
            else setting.home
            if re.search(r"\b(?:I|we)\b", scene.text[scene.start : match.start() + 3])
            else None
        )
        target = next((p.code for p in reversed(inside) if p.code != subject), None)
        if subject is None or target is None:
            continue
        if _RECOGNISED.search(match.group()):
            subject, target = target, subject  # who recognised it: a place in its list
        start = before[-1].start if before else scene.start
        end = max(p.end for p in inside if p.code in {target, subject})
        found.append(
            Statement(
                id="",
                quote=scene.text[start:end],
                start=start,
                end=end,
                kind=Kind.RANKING,
                measure=Measure.OTHER,
                reporter=subject,
                partner=target,
                value=1.0,
                unit="rank",
                approx=Approximation.EXACT,
                of=match.group("what"),
                sentence_start=scene.start,
                sentence_end=scene.end,
                text_cue=match.group("rank").lower(),
                parties=(subject, target),
                traces=(Trace("value", match.start(), match.end(), "superlative of order"),),
            )
        )
    return found


@cache
def _stances() -> tuple[re.Pattern[str], re.Pattern[str]]:
    table = read_table("positions")
    return re.compile(table["intention"], re.IGNORECASE), re.compile(
        table["opinion"], re.IGNORECASE
    )


def read_positions(
    scene: Scene, memory: Memory, setting: Setting, *, others: list[Statement]
) -> list[Statement]:
    """The sentence as a position, if it takes one and asserts nothing else checkable."""
    intention, opinion = _stances()
    meant = intention.search(scene.text, scene.start, scene.end)
    match = meant or opinion.search(scene.text, scene.start, scene.end)
    if match is None:
        return []
    start, end = _free(match, scene, others)
    codes = _holders(scene, memory, setting)
    if end <= start or len(codes) < 2:
        return []
    statement = Statement(
        id="",
        quote=scene.text[start:end],
        start=start,
        end=end,
        kind=Kind.POSITION,
        reporter=codes[0],
        partner=codes[1] if len(codes) > 1 else None,
        sentence_start=scene.start,
        sentence_end=scene.end,
        text_cue="intention" if meant else "opinion",
        negated=re.search(r"\bnot\b", match.group()) is not None,
        parties=tuple(codes[:2]),
        traces=(Trace("kind", match.start(), match.end(), "words of a stance"),),
    )
    return [_trimmed(statement, scene)]


def _free(match: re.Match[str], scene: Scene, others: list[Statement]) -> tuple[int, int]:
    """The sentence, or the clause of the stance if something else is told beside it."""
    if not others:
        return scene.start, scene.end
    start, end = scene.start, scene.end
    for part in _PART.finditer(scene.text, scene.start, match.start()):
        start = part.end()
    after = _PART.search(scene.text, match.end(), scene.end)
    end = after.start() if after else end
    if any(s.start < end and start < s.end for s in others) or end - start < 12:
        return start, start
    return start, end


def _holders(scene: Scene, memory: Memory, setting: Setting) -> list[str]:
    """Whose position it is, and towards whom."""
    words = scene.text[scene.start : scene.end]
    codes = list(dict.fromkeys(p.code for p in [*scene.parties, *scene.sources]))
    ours = re.search(r"\b(?:we|our|us|my|I)\b", words) is not None
    spoken = re.match(r"\W*(?:We|Our|The\s+(?:States|parties|sides|leaders))\b", words)
    if not codes and not (PAIR_WORDS.search(words) or spoken or re.search(r"\"[^\"]{8,}\"", words)):
        return []
    if len(codes) == 1 and ours and setting.home and setting.home not in codes:
        return [setting.home, codes[0]]
    if len(codes) < 2:
        codes = list(dict.fromkeys([*codes, *(memory.pair or memory.named or setting.pair)]))
    return codes


def _trimmed(statement: Statement, scene: Scene) -> Statement:
    """Without the attribution that frames it."""
    for source in scene.attributions:
        if source.start <= statement.start + 2 and source.end < statement.end - 20:
            start = source.end
            tail = re.match(r"(?:\s+(?:that|on\s+\w+day|,))*\s+", scene.text[start : statement.end])
            start += tail.end() if tail else 0
            return replace(statement, start=start, quote=scene.text[start : statement.end])
        if source.end >= statement.end - 2 and source.start > statement.start + 20:
            return replace(
                statement, end=source.start, quote=scene.text[statement.start : source.start]
            )
    return statement
