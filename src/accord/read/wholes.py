"""Wholes: "gets all its gas from Russia" is a share of 100 percent without a number."""

from __future__ import annotations

from accord.model.statement import QUANTITATIVE, Approximation, Kind, Measure, Statement, Trace
from accord.read.parties import Party
from accord.read.patterns import lazy
from accord.read.scene import Scene

__all__ = ["read_wholes"]

_ALL_FROM = lazy(
    r"(?:\s+(?:now|still|also|too|already|thus))*\s+(?P<verb>gets?|got|buys?|bought|imports?|imported|takes?|took|receives?|received|obtains?|obtained|sources?|sourced|draws?|drew)\s+"
    r"(?P<whole>(?:almost\s+|nearly\s+|virtually\s+)?(?:all|the\s+whole)\s+(?:of\s+)?(?:(?:its|their)\s+(?P<goods>[\w\s,-]{2,40}?)|theirs))(?:,[^,]{2,40},)?\s+from\s+(?:the\s+)?$"
)
_ALL_TO = lazy(
    r"(?:\s+(?:now|still|also|too))*\s+(?P<verb>sells?|sold|sends?|sent|exports?|exported|ships?|shipped)\s+"
    r"(?P<whole>(?:almost\s+|nearly\s+|virtually\s+)?(?:all|the\s+whole)\s+(?:of\s+)?(?:(?:its|their)\s+(?P<goods>[\w\s,-]{2,40}?)|theirs))(?:,[^,]{2,40},)?\s+to\s+(?:the\s+)?$"
)


def read_wholes(scene: Scene, *, others: list[Statement]) -> list[Statement]:
    """The shares of all of something, of each of the subjects that are named in a row."""
    if (
        " all " not in scene.text[scene.start : scene.end]
        and " whole " not in scene.text[scene.start : scene.end]
    ):
        return []
    found: list[Statement] = []
    for place, end in enumerate(scene.parties):
        for subject in scene.parties[:place]:
            for measure, pattern in ((Measure.IMPORTS, _ALL_FROM), (Measure.EXPORTS, _ALL_TO)):
                match = pattern.fullmatch(scene.text, subject.end, end.start)
                if match is None or subject.code == end.code:
                    continue
                span = match.span("whole")
                for one in _row(scene, subject):
                    found.append(_share(scene, (one, end), measure, span))
    spans = [(s.start, s.end) for s in others if s.kind in QUANTITATIVE and s.kind is Kind.SHARE]
    return [s for s in found if not any(a < s.end and s.start < b for a, b in spans)]


def _row(scene: Scene, last: Party) -> list[Party]:
    """The subject with those joined before it."""
    row = [last]
    for party in reversed([p for p in scene.parties if p.end <= last.start]):
        if not row[0].joined:
            break
        row.insert(0, party)
    return row


def _share(
    scene: Scene, ends: tuple[Party, Party], measure: Measure, span: tuple[int, int]
) -> Statement:
    owner, other = ends
    nearly = scene.text[span[0] : span[1]].lower().startswith(("almost", "nearly", "virtually"))
    dated = next((p.period for p in scene.periods if p.period), None)
    return Statement(
        id="",
        quote=scene.text[owner.start : other.end],
        start=owner.start,
        end=other.end,
        kind=Kind.SHARE,
        measure=measure,
        reporter=owner.code,
        partner=other.code,
        value=100.0,
        unit="percent",
        approx=Approximation.NEARLY if nearly else Approximation.EXACT,
        period=dated,
        sentence_start=scene.start,
        sentence_end=scene.end,
        traces=(Trace("value", span[0], span[1], "all of it"),),
    )
