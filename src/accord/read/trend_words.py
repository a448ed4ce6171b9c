"""Words of trends: where a sentence says that a flow rose or fell, with no number needed.

By a verb ("trade collapsed"), by a state ("is on the rise"), by a noun that is shown ("saw
steady growth", "there was a fall in …"), or by a verb whose object the flow is ("cut its
imports").
"""

# ruff: noqa: E501  (a pattern is easier to check on one line)
from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from accord.read.lexicons import read_table
from accord.read.patterns import lazy
from accord.read.scene import Scene
from accord.read.topic import Topic

__all__ = ["after_pair", "changes_of", "verb_behind", "way_of"]

_ASPECT = r"(?:goes|go|went|keeps?|kept)\s+on|(?:continue[sd]?|beg[au]n|started)\s+to|continu(?:es|ed)|keeps?|kept"
# What may stand between a flow and its verb: an aside, where tourists go, adverbs.
_AUXILIARY = (
    r"(?:\s?(?:--|\u2014|\s-\s)[^\u2014;.\d]{1,90}?(?:--|\u2014|\s-\s)|,\s(?!and\b|but\b|while\b)[^,;.\d]{1,70},)?"
    r"(?:\s+(?:(?:countries|nations|states|members|economies|region)\b|visiting|entering|travell?ing\s+to|going\s+to|coming\s+(?:to|from)))?"
    r"(?:\s|,|\b(?:and|the|has|have|had|also|too|then|since|still|now|again|all\s+but|more\s+than|nevertheless|which|that|however"
    rf"|it|\w+ly|all|both|been|as\s+well|{_ASPECT})\b)*"
)
_NOT_YET = lazy(
    r"\b(?:will|would|could|may|might|should|shall|if|expect\w*|plan\w*|hope\w*|aim\w*|want\w*|to|unless|whether|not|never|can|must|likely|forecast\w*)\b"
    r"(?<!according\sto)(?<!continue\sto)(?<!continues\sto)(?<!continued\sto)(?<!began\sto)(?<!begun\sto)(?<!started\sto)[^.;]{0,40}$",
    re.IGNORECASE,
)
_TRANSITIVE = lazy(
    r"\b(?:(?P<up>raised|increased|boosted|expanded|stepped\s+up|ramped\s+up|lifted)|(?P<down>cut|cut\s+back(?:\s+on)?|slashed|reduced|trimmed|curbed|curtailed|scaled\s+back|halted|stopped|suspended))\s+"
    r"(?:its|their|his|her|the|all|most\s+of\s+its)?\s*(?:[\w-]+\s+){0,2}?$"
)


@cache
def _verb() -> re.Pattern[str]:
    verbs = read_table("changes")["verbs"]
    return re.compile(
        rf"{_AUXILIARY}(?:(?P<up>{verbs['up']})|(?P<down>{verbs['down']}|ceased|vanished|came\s+to\s+a\s+halt|ground\s+to\s+a\s+halt|stopped))(?![\w-])",
        re.IGNORECASE,
    )


def changes_of(scene: Scene, topic: Topic) -> Iterator[tuple[int, int, str]]:
    """The start, end and direction of what is told of a flow."""
    for behind in (_verb(), _shown(), _STATE):
        for low in _edges(scene, topic):
            match = behind.match(scene.masked, low, scene.end)
            if match is None or (behind is _verb() and not _finite(match)):
                continue
            if not _NOT_YET.search(scene.masked, scene.start, match.end()):
                yield topic.start, match.end(), way_of(match)
                return
    for before in (_nominal(), _unled(), _TRANSITIVE):
        text = scene.masked if before is _TRANSITIVE else scene.text
        match = before.search(text, max(scene.start, topic.core - 110), topic.core)
        if match is None or (before is _unled() and not _asserted(match, scene, topic)):
            continue
        if not _NOT_YET.search(text, scene.start, match.start()):
            yield match.start(), after_pair(scene, topic), way_of(match)
            return


def _asserted(match: re.Match[str], scene: Scene, topic: Topic) -> bool:
    """Whether a change told by a noun is told for itself: "there was a fall in …"."""
    return match.group("noted") is not None or any(
        _NOTED.match(scene.masked, low, scene.end) for low in _edges(scene, topic)
    )


_NOTED = lazy(
    r"[\s,]+(?:(?:is|are|was|were|has\s+been|have\s+been|had\s+been)\s+(?:also\s+)?(?:seen|observed|recorded|noted|registered|reported|witnessed)|(?:has\s+|have\s+|had\s+)?(?:also\s+)?(?:occurred|happened|t(?:ook|aken)\s+place|continued|set\s+in))\b"
)


def way_of(match: re.Match[str]) -> str:
    """The direction of a matched change."""
    return "up" if match.group("up") else "down"


def _edges(scene: Scene, topic: Topic) -> list[int]:
    """Where the verb of a flow may begin: behind its noun, or behind the parties after it."""
    end = after_pair(scene, topic)
    ends = [p.end for p in scene.parties if 0 < p.start - topic.end < 60 and p.prep]
    told = [q.end for q in scene.quantities if 0 < q.start - topic.end < 60]
    return [end, *ends, *(m.end() for low in told if (m := _GOES_ON.match(scene.masked, low)))]


_GOES_ON = lazy(r"\s*,?\s+(?:which|that|and)(?=\s)")  # "$2 billion in 2019 and has since fallen"


@cache
def _named() -> str:
    """A change as a noun, with what describes it: "a sharp fall", "an upward trend"."""
    table = read_table("changes")
    up, down = (f"{table['trends'][way]}|{table['nouns'][way]}" for way in ("up", "down"))
    word = (
        r"(?!(?:in|of|to|with|due|for|by|from|on|at|and|no|or)\b)[\w'-]+(?:,|\s+(?:and|but|yet))?"
    )
    return rf"(?:an?\s+|the\s+)?(?:{word}\s+){{0,4}}?(?:(?P<up>{up})|(?P<down>{down}))(?![\w-])"


@cache
def _shown() -> re.Pattern[str]:
    """ "Trade with Peru saw steady growth", "… is showing an upward trend"."""
    shown = read_table("changes")["trends"]["shown"]
    also = r"(?:is|are|was|were|be|has|have|had|to)\b"
    return re.compile(
        rf"{_AUXILIARY}(?:{also}\s+)*(?:\w+ly\s+)?(?:{shown})\s+{_named()}", re.IGNORECASE
    )


@cache
def _nominal() -> re.Pattern[str]:
    """ "There was a fall in exports", "Oman saw a rise in imports"."""
    shown = read_table("changes")["trends"]["shown"]
    lead = rf"there\s+(?:is|are|was|were|has\s+been|have\s+been|had\s+been)|{shown}"
    return re.compile(rf"\b(?:{lead})\s+(?:also\s+)?{_named()}\s+{_IN_FLOW}", re.IGNORECASE)


@cache
def _unled() -> re.Pattern[str]:
    """ "Growth is observed in trade", "a decline in exports (was recorded)"."""
    passive = (
        r"\s+(?P<noted>(?:is|are|was|were|has\s+been|have\s+been|being)\s+(?:also\s+)?"
        r"(?:seen|observed|recorded|noted|registered|reported|achieved|witnessed)\s+)?"
    )
    return re.compile(rf"\b{_named()}{passive}{_IN_FLOW}", re.IGNORECASE)


_IN_FLOW = (
    r"in\s+(?:(?:the|its|their|our|both|two-way|mutual|bilateral|overall|total)\s+)*"
    r"(?:(?:number|volume|value|amount|level)s?\s+of\s+)?(?:(?:the|its|their)\s+)?(?:[A-Z][\w.'-]+\s+){0,3}$"
)


_STATE = lazy(
    r"[\s,]+(?:is|are|was|were|has\s+been|have\s+been|had\s+been|remains?|continues\s+to\s+be)\s+(?:\w+ly\s+|now\s+|still\s+|again\s+|also\s+)*"
    r"(?:(?P<up>on\s+the\s+(?:rise|increase|up)|growing|rising|increasing|expanding|climbing|soaring|surging)|(?P<down>(?:in|on\s+the)\s+decline|on\s+the\s+wane|declining|falling|shrinking|dwindling|dropping|decreasing))\b"
)


def _finite(match: re.Match[str]) -> bool:
    """Whether a form is told as done: not "falling", not the noun "rise"."""
    words = match.group()
    verb = (match.group("up") or match.group("down")).lower()
    if re.search(_ASPECT, words):
        return True
    if verb.endswith((" up", " higher", " down", " lower")):
        return True  # "were both down", "picked up"
    last = verb.rsplit(maxsplit=1)[-1]
    return (
        last.endswith(
            (
                "ed",
                "ew",
                "ell",
                "ose",
                "ank",
                "unk",
                "lid",
                "ent",
                "ung",
                "wn",
                "up",
                "isen",
                "llen",
                "oared",
                "off",
                "pt",
                "halt",
                "me",
            )
        )
        and last != "up"
    )


_BETWEEN = lazy(
    r"\s+(?:between|of)\s+(?:the\s+|these\s+)?(?:our|two|both)\s+(?:two\s+)?(?:countries|nations|states|sides|neighbou?rs|peoples|economies)"
)


def after_pair(scene: Scene, topic: Topic) -> int:
    """Where the words end that say between whom a flow is, if they name nobody."""
    between = _BETWEEN.match(scene.text, topic.end, scene.end)
    return between.end() if between else topic.end


def verb_behind(scene: Scene, at: int) -> re.Match[str] | None:
    """The verb of change right behind ``at``, told as done."""
    match = _verb().match(scene.masked, at, scene.end)
    return match if match is not None and _finite(match) else None
