"""Between whom an agreement is: the parties of its clause, in their order."""

from __future__ import annotations

from accord.read.frames import (
    Span,
    Trigger,
    codes_of,
    is_pact,
    is_region,
    without_places,
)
from accord.read.parties import Party
from accord.read.patterns import lazy
from accord.read.scene import Scene

__all__ = ["about", "parties_of", "signers"]


def parties_of(trigger: Trigger, clause: Span, scene: Scene) -> list[str]:
    """The parties of the clause; of the sentence, where the clause names fewer than two."""
    inside = [p for p in scene.parties if clause[0] <= p.start < clause[1]]
    codes = signers(inside, scene)
    if len(codes) < 2 and not _inherent(codes):
        alone = next((p for p in inside if p.prep == "with" and not _beside(p, scene)), None)
        codes = signers(_segment(trigger, scene), scene)
        if alone is not None and len(codes) > 2:
            codes = [next(c for c in codes if c != alone.code), alone.code]
    return codes


def _segment(trigger: Trigger, scene: Scene) -> list[Party]:
    """The parties of the sentence between the semicolons around the trigger."""
    low = scene.text.rfind(";", scene.start, trigger.start)
    high = scene.text.find(";", trigger.end, scene.end)
    high = high if high >= 0 else scene.end
    return [p for p in scene.parties if low < p.start < high]


_ALONG = lazy(r"\b(?:along|together|in\s+common)\s+$")


def _beside(party: Party, scene: Scene) -> bool:
    """ "along with Armenia": who signs too, not with whom it is signed."""
    return _ALONG.search(scene.text, max(scene.start, party.lead - 12), party.lead) is not None


def signers(parties: list[Party], scene: Scene) -> list[str]:
    """The codes of those who may sign; after the first, with whom."""
    codes = codes_of(without_places([p for p in parties if not is_region(p.code)] or parties))
    if len(codes) > 2:
        codes = [c for c in codes if not is_pact(c)] or codes
    partner = next(
        (
            p.code
            for p in parties
            if p.prep == "with" and not p.joined and p.code in codes and not _beside(p, scene)
        ),
        None,
    )
    if partner and len(codes) > 2 and partner != codes[0]:
        codes = [codes[0], partner, *(c for c in codes[1:] if c != partner)]
    return codes


def about(codes: list[str], parties: list[Party], nouns: list[Span]) -> list[str]:
    """Of more than two: the subject, and whoever stands right before the agreement."""
    tied = any(p.prep in {"with", "between"} or p.joined for p in parties)
    if len(codes) <= 2 or tied or not nouns:
        return codes
    before = [p for p in parties if p.end <= nouns[0][0] and nouns[0][0] - p.end < 50]
    if not before or before[-1].code == codes[0]:
        return codes
    near = before[-1].code
    return [codes[0], near, *(c for c in codes[1:] if c != near)]


def _inherent(codes: list[str]) -> bool:
    """Whether a treaty is named whose parties need not be ("RCEP is in force")."""
    return len(codes) == 1 and is_pact(codes[0])
