"""Targets, forecasts and hedges: levels that are wanted or expected, not reached."""

from __future__ import annotations

import re

from accord.read.attachment import clause_end
from accord.read.patterns import lazy
from accord.read.quantities import Quantity
from accord.read.scene import Scene

__all__ = ["held_by_a_pact", "is_denied_number", "is_hedged", "target_cue"]

_CUE = lazy(
    r"\b(?:targets?|targeted|targeting|goals?|objective(?=\s+(?:is|was|remains|of|to|for|set)\b)|aim(?:s|ed|ing)?|plan(?:s|ned|ning)?\s+to|plan(?:s|ned)?\s+for|expect(?:s|ed|ing|ation)?|forecast(?:s|ed|ing)?|project(?:ed|ing)|projections?|intend(?:s|ed)?|hop(?:e|es|ed|ing)|eyes?|eyeing|vow(?:s|ed)?"
    r"|pledg(?:e|es|ed|ing)|promis(?:e|es|ed)|commitments?|commit(?:s|ted)?\s+to|could|may|might|would|will|shall|want(?:s|ed)?|seek(?:s|ing)?|sought\s+to|ambition|envisag(?:e|es|ed)|likely\s+to|(?:agreed|agreement)\s+to\s+(?:raise|increase|boost|double|bring|expand|lift|take|triple)"
    r"|set\s+to|can\s+(?:(?:well|easily|also|even|now)\s+)?(?:reach|hit|exceed|surpass|grow|rise|double|triple|increase)|(?:is|are)\s+(?:also\s+|now\s+|due\s+)?to\s+(?!date\b)\w+|(?:is|are)\s+seen\s+(?:at|\w+ing)|should|poised\s+to|on\s+(?:track|course)\s+to|predict(?:s|ed)?|potential|to\s+(?:raise|increase|boost|bring|expand|lift|double|triple|take|push|grow)\s+(?:[\w'-]+\s+){0,9}(?:(?:up\s+)?to|past|beyond|above)|estimates?\s+that\s+\w+\s+will|anticipat(?:e|es|ed)|consider(?:s|ing)|mull(?:s|ing)|weigh(?:s|ing)|negotiat(?:es|ing)|look(?:s|ing)?\s+to"
    r"|(?:agree(?:s|d)?|agreements?|deals?|contracts?|memorand\w+|MoUs?|pacts?|orders?|ordered|deci(?:sions?|ded)|undert(?:akes?|aken|ook|akings?)|intentions?|intent|letters?)\s+(?:[\w'’$€£,.-]+\s+){0,8}?to\s+(?:buy|purchase|invest|acquire|import|procure|build|supply|sell|export|deliver|spend|order)"
    r"|need(?:s|ed)?\s+to|announced\s+to|going\s+to|ready\s+to|ways\s+to|can\s+be\s+\w+ed)\b",
    re.IGNORECASE,
)
_AFTER = lazy(
    r"\s*(?:-|\s)?(?:\w+\s+){0,2}(?:targets?|goals?|(?:purchase|investment|buying|spending)\s+(?:commitments?|pledges?|plans?)|by\s+(?:the\s+)?end\s+of\s+the\s+decade)\b|\s+in\s+(?:(?:new|total|financial|investment|purchase|fresh|additional)\s+)*(?:commitments?|pledges?)\b",
    re.IGNORECASE,
)
_TO_BE = lazy(
    r"(?:(?!\b(?:and(?!\s+\w+\s+(?:is|are|will)\b)|which|that|but|when)\b)[^.;:,\d]){0,70}\s(?:(?:is|are)\s+(?:\w+ly\s+)?(?:expected|projected|planned|due|set|forecast|forecasted|slated|scheduled|anticipated)\s+to|will)\s+(?:be\s+(?:\w+ly\s+)?(?:\w+ed|bought|sold|sent|spent|lent|given|built)|take\s+place|flow|come|follow|materiali[sz]e|arrive)\b",
    re.IGNORECASE,
)
_HEDGE = lazy(
    r"\b(?:estimated|estimates?|expected|expects?|likely|probably|reportedly|apparently|could|may|might|perhaps|believed|thought\s+to|I\s+think|if\s+I'm\s+not\s+mistaken|forecasts?|projected|hopes?|allegedly|predicted|it\s+was\s+what|claims?|claimed|would|said\s+to|supposedly|seems?|appear)\b",
    re.IGNORECASE,
)
_PLEDGED = lazy(r"commits?|committed", re.IGNORECASE)
_FIRM = lazy(r"\b(?:will\s+provide|would\s+provide|despite|as\s+promised)\b", re.IGNORECASE)


_INFINITIVE = lazy(
    r"^\s+(?:\w+ly\s+)?hit\b|\b(?:was|were|is|are)\s+to\s+(?!date\b)"
)  # "would hit": not yet done


# "to $20 billion from its current value of $15 billion"
_AT_PRESENT = lazy(
    r"\b(?:from|against|compared\s+(?:to|with))\s+(?:(?:the|its|their|a)\s+)?(?:current|present|existing|today's|actual)\b[\w\s]{0,30}$|\bcompared\s+(?:to|with)\s+[^.;,]{0,90}$"
)


def target_cue(scene: Scene, quantity: Quantity, *, floor: int, change: bool = False) -> bool:
    """Whether the words since ``floor`` make a level (or change) one still to come."""
    if _AT_PRESENT.search(scene.text, max(floor, quantity.start - 50), quantity.start):
        return False
    upto = scene.text.startswith("up to", quantity.start)
    lead = scene.text[max(floor, quantity.start - 160) : quantity.start + 6 * upto]
    cues = list(_CUE.finditer(lead))
    match = cues[-1] if cues else None
    if match is not None and not _FIRM.search(lead):
        if re.search(r"[;]|(?<!\b[A-Z])\.\s|,\s+and\s|:\s+[A-Z]|\bbecause\b", lead[match.end() :]):
            return False
        if match.group().lower() in {"may"} and lead[match.start()] == "M":
            return False
        if (
            _PLEDGED.match(match.group())
            and not change
            and re.match(
                r"\w+\s+(?:[$€£]|\d|an?\s|some|over|more)",
                lead[match.start() :] + scene.text[quantity.start : quantity.end],
            )
        ):
            return False
        return not _past_after(_INFINITIVE.sub("", lead[match.end() :]))
    if change:
        return False
    stop = clause_end(scene.text, quantity.end, scene.end)
    return (
        _AFTER.match(scene.text, quantity.end, stop) or _TO_BE.match(scene.text, quantity.end, stop)
    ) is not None


_PACT_HOLDS = lazy(
    r"\b(?:deals?|agreements?|pacts?|packages?|terms|frameworks?|accords?)\b[^.;]{0,90}?\b(?:includ|involv|call(?:s|ed)?\s+for|provid(?:es?|ed)\s+for|cover|see\b|sees\b|envisag)",
    re.IGNORECASE,
)
_BOUGHT_LATER = lazy(r"\b(?:purchas(?:es?|ing)|buying|sales?|orders?)\b", re.IGNORECASE)


# "committed $550 billion in investments", "announced $20 billion of projects"
_TO_INVEST = lazy(
    r"\b(?:commit(?:s|ted|ting)?|announc(?:es?|ed|ing)|pledg(?:es?|ed|ing)|unveil(?:s|ed)?|promis(?:es?|ed))\s+(?:(?:an?|some|another|about|over|nearly|almost|around|further|additional|more|than|record|up|to|at|least|total|of|new)\s+)*(?:(?:new\s+)?investments?\s+(?:worth|totall?ing|valued\s+at|amounting\s+to)\s+(?:\w+\s+){0,2})?$",
    re.IGNORECASE,
)


def held_by_a_pact(scene: Scene, quantity: Quantity, measure: str) -> bool:
    """ "The deal includes $4.5 billion in purchases of crops": agreed, not yet bought."""
    if measure == "fdi":
        low = max(scene.start, quantity.start - 50)
        return _TO_INVEST.search(scene.text, low, quantity.start) is not None
    if measure not in {"imports", "exports"}:
        return False
    holds = _PACT_HOLDS.search(scene.text, scene.start, quantity.start)
    if holds is None:
        return False
    return _BOUGHT_LATER.search(scene.text, holds.end(), quantity.end + 60) is not None


def _past_after(words: str) -> bool:
    """ "as expected, reached": what followed is told as done."""
    return (
        re.search(
            r"\b(?:reached|was|were|rose|fell|totall?ed|amounted|stands?|stood|came\s+to|hit|had\s+\w+ed|grew|exceeded)\b",
            words,
        )
        is not None
    )


def is_hedged(scene: Scene, quantity: Quantity, *, target: bool) -> bool:
    """Whether the words before a quantity hold it at a distance."""
    lead = scene.text[max(scene.start, quantity.start - 90) : quantity.start + 30]
    match = _HEDGE.search(lead)
    if match is None:
        return False
    return match.group() != "May"


_DENIED = lazy(
    r"(?:\b(?:did|does|do|has|have|had|was|were|is|are)(?:\s+not|n't)\b(?!\s+(?:only|just|merely|least|until|yet|even))"
    r"|\bnever\b(?!\s+(?:before|again|since|so|as|been|more|less))|(?<!if\s)\bnot(?=\s*$|\s+(?:by|at|to|of)\s*$)|\brather\s+than(?=\s*(?:by|to)?\s*$))[^.;:,]*$",
    re.IGNORECASE,
)


def is_denied_number(scene: Scene, quantity: Quantity) -> bool:
    """ "Did not grow by 2.9%", "not $76 billion": the text says that the number is wrong."""
    before = max((q.end for q in scene.quantities if q.end <= quantity.start), default=scene.start)
    lead = scene.text[max(before, quantity.start - 90) : quantity.start]
    return _DENIED.search(lead) is not None
