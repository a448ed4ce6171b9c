"""Who acts and who is acted upon: spans of source and target, found without being given.

A linear tagger over words gives each word the chance to begin or continue a source or
a target; the best consistent sequence wins. Names are never learnt by heart: a polity's
name counts as a name, a demonym as a demonym (``accord.read.polities`` knows them), any
other capitalised word by its shape. Trained on the same composed sentences as the
classifier.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from accord.events.features import stem
from accord.events.linear import Array, load_model
from accord.events.phrases import widened, with_second
from accord.events.words import LINKS, Word, split_words, verb_marks

__all__ = [
    "TAGS",
    "ActorSpan",
    "find_actors",
    "gold_tags",
    "principal_pair",
    "word_features",
]

TAGS = ("O", "B-S", "I-S", "B-T", "I-T")
_DATELINE = re.compile(
    r"[A-Z][A-Z .,'’]{3,40}(?:,? [A-Z][\w., ]{0,30})?(?: ?\([^)]{2,20}\))? ?(?:--?|–|—|:|\") ?"
)
_ENDS = frozenset('.!?"”')
_SECOND_LOOKS = (1.0, 2.0, 3.0, 5.0)  # log odds
_MAX_WORDS = 400
NAMED = frozenset({"#name", "#demonym", "#capital", "#bloc", "#institution", "#region", "#leader"})
NAMED_COUNTS = 0.3  # of confidence: acts between polities are looked for
GOES_TO = 0.9  # confidence in a polity that the tagger left aside
_POLITIES = frozenset({"#name", "#region"})
_TOWARDS = frozenset({"to", "in", "into", "for", "with", "against", "from", "on", "over"})
JOINED_COUNTS = 0.5  # how far the certainty of the act decides which two it joins
_LIKELIEST = 3  # of either role
FADING = 0.3  # of confidence, for each actor that stands before
_IMPOSSIBLE = -1e9
_TAG_INDEX = {tag: i for i, tag in enumerate(TAGS)}


@dataclass(frozen=True, slots=True)
class ActorSpan:
    """A span of text in a role (``source`` or ``target``), with the mean chance of its words.

    ``named``: a polity or another name stands in it.
    """

    start: int
    end: int
    role: str
    confidence: float
    named: bool = False


def find_actors(text: str) -> list[ActorSpan]:
    """Sources and targets of a sentence, in order of appearance."""
    words = split_words(text)[:_MAX_WORDS]
    if not words:
        return []
    model = load_model("actors")
    scores = np.stack([model.scores(f) for f in word_features(words)])
    order = [model.roots.index(tag) for tag in TAGS]
    chances = _log_softmax(scores[:, order])
    chances[: _dateline(text, words), 1:] = _IMPOSSIBLE
    found = _spans(words, _best_path(chances), np.exp(chances))
    for role in ("source", "target"):
        if all(span.role != role for span in found):
            found = _with_role(words, chances, role) or found
    return _with_polity(words, found)


def _with_polity(words: Sequence[Word], found: list[ActorSpan]) -> list[ActorSpan]:
    """Where no target has a name, the polity that the act goes to (*to Chad*, *in Mali*)."""
    sources = [span for span in found if span.role == "source"]
    if not sources or any(span.named for span in found if span.role == "target"):
        return found
    for i in range(1, len(words)):
        free = all(words[i].start >= s.end or words[i].end <= s.start for s in found)
        place = words[i].kind in _POLITIES and not words[i].inner
        if not (free and place and words[i].start > sources[0].end and _goes_to(words, i)):
            continue
        left, right = widened(words, i, i + 1)
        span = ActorSpan(words[left].start, words[right - 1].end, "target", GOES_TO, named=True)
        if any(span.start < s.end and s.start < span.end for s in found):
            return found
        return sorted((*found, span), key=_start)
    return found


def _goes_to(words: Sequence[Word], i: int) -> bool:
    return next((w.kind for w in reversed(words[:i]) if w.kind != "the"), "") in _TOWARDS


def _start(span: ActorSpan) -> int:
    return span.start


def _with_role(words: Sequence[Word], chances: Array, role: str) -> list[ActorSpan]:
    """A second look with the odds raised for the role that was not found."""
    for odds in _SECOND_LOOKS:
        raised = chances.copy()
        raised[:, _TAG_INDEX[f"B-{role[0].upper()}"]] += odds
        raised[:, _TAG_INDEX[f"I-{role[0].upper()}"]] += odds
        found = _spans(words, _best_path(raised), np.exp(chances))
        if {span.role for span in found} == {"source", "target"}:
            return found
    return []


def _dateline(text: str, words: Sequence[Word]) -> int:
    """How many words belong to a dateline (``GENEVA (Wire) -``)."""
    match = _DATELINE.match(text)
    return sum(word.start < match.end() for word in words) if match else 0


def word_features(words: Sequence[Word]) -> list[list[str]]:
    """The feature strings of every word."""
    verbs = verb_marks()
    ending = [">1", ">2"] if words and words[-1].text in _ENDS else [".", ">1"]
    kinds = ["<2", "<1", *(w.kind for w in words), *ending]
    marks = [verbs.get(k, "-") for k in kinds]
    rows: list[list[str]] = []
    last_verb, last_link, seen = "-", "-", 0
    for i, word in enumerate(words):
        at = i + 2
        k = kinds[at]
        row = [
            "bias", f"0:{k}", f"-1:{kinds[at - 1]}", f"-2:{kinds[at - 2]}",
            f"+1:{kinds[at + 1]}", f"+2:{kinds[at + 2]}",
            f"-10:{kinds[at - 1]}_{k}", f"01:{k}_{kinds[at + 1]}",
            f"-21:{kinds[at - 2]}_{kinds[at - 1]}", f"12:{kinds[at + 1]}_{kinds[at + 2]}",
            f"-101:{kinds[at - 1]}_{k}_{kinds[at + 1]}", f"v+1:{marks[at + 1]}_{marks[at + 2]}",
            f"v0:{marks[at]}", f"lv:{last_verb}", f"ll:{last_link}_{last_verb}", f"ll:{last_link}",
            f"seen:{min(seen, 2)}_{last_link}", f"place:{min(i, 4)}", f"seen:{min(seen, 2)}",
            f"s:{k[-3:]}", f"sk:{min(seen, 2)}_{k if k.startswith('#') else marks[at]}",
        ]  # fmt: skip
        rows.append(row)
        if marks[at] != "-":
            last_verb, seen, last_link = stem(word.text.lower()), seen + (marks[at] != "x"), "-"
        elif k in LINKS:
            last_link = k
    return rows


def gold_tags(words: Sequence[Word], source: tuple[int, int], target: tuple[int, int]) -> list[str]:
    """The tags that the tagger should find, for training."""
    tags = []
    for word in words:
        tag = "O"
        for (start, end), letter in ((source, "S"), (target, "T")):
            if start <= word.start < end:
                tag = f"{'B' if word.start == start else 'I'}-{letter}"
        tags.append(tag)
    return tags


def _log_softmax(scores: Array) -> Array:
    shifted = scores - scores.max(axis=1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True)))


@lru_cache(maxsize=1)
def _transitions() -> Array:
    table = np.zeros((5, 5), dtype=np.float32)
    for letter in "ST":
        inside = _TAG_INDEX[f"I-{letter}"]
        for before in range(5):
            if TAGS[before] not in {f"B-{letter}", f"I-{letter}"}:
                table[before, inside] = _IMPOSSIBLE
    return table


def _best_path(chances: Array) -> list[int]:
    """Viterbi over the tags: inside only after a beginning of the same role."""
    moves = _transitions()
    total = chances[0].copy()
    total[[_TAG_INDEX["I-S"], _TAG_INDEX["I-T"]]] = _IMPOSSIBLE
    back = []
    for row in chances[1:]:
        options = total[:, None] + moves
        back.append(options.argmax(axis=0))
        total = options.max(axis=0) + row
    path = [int(total.argmax())]
    for pointers in reversed(back):
        path.append(int(pointers[path[-1]]))
    return path[::-1]


def _spans(words: Sequence[Word], path: Sequence[int], chances: Array) -> list[ActorSpan]:
    """Tagged runs, each widened to the noun phrase that it stands in."""
    found: list[ActorSpan] = []
    free = 0
    for first, stop, letter in _runs(path):
        left, right = widened(words, max(first, free), stop)
        right = with_second(words, [TAGS[k] for k in path], right, letter)
        if right <= left or right <= free:
            continue
        sure = float(np.mean([chances[k, path[k]] for k in range(first, stop)]))
        role = "source" if letter == "S" else "target"
        if found and left < free:
            continue
        named = any(w.kind in NAMED for w in words[left:right])
        start, end = words[left].start, words[right - 1].end
        found.append(ActorSpan(start, end, role, round(sure, 4), named))
        free = right
    return found


def _runs(path: Sequence[int]) -> Iterator[tuple[int, int, str]]:
    i = 0
    while i < len(path):
        tag = TAGS[path[i]]
        j = i + 1
        if tag[0] == "B":
            while j < len(path) and TAGS[path[j]] == f"I-{tag[2]}":
                j += 1
            yield i, j, tag[2]
        i = j


def principal_pair(
    spans: Sequence[ActorSpan], sure: Callable[[ActorSpan, ActorSpan], float] | None = None
) -> tuple[ActorSpan, ActorSpan] | None:
    """The one source and the one target of a sentence that the tagger is surest of.

    Of two equally sure ones the earlier wins: newswire puts what counts first. ``sure``
    tells how surely a source and a target are joined by one act; it decides among the
    likeliest pairs.
    """
    ranked = [(s.confidence - FADING * k + NAMED_COUNTS * s.named, s) for k, s in enumerate(spans)]
    sources = sorted((p for p in ranked if p[1].role == "source"), key=_rank, reverse=True)
    targets = sorted((p for p in ranked if p[1].role == "target"), key=_rank, reverse=True)
    if not sources or not targets:
        ordered = sorted(ranked, key=_rank, reverse=True)[:2]
        if len(ordered) < 2:
            return None
        first, second = sorted((span for _, span in ordered), key=_start)
        return first, second
    pairs = [(s, t) for s in sources[:_LIKELIEST] for t in targets[:_LIKELIEST]]
    if sure is None or len(pairs) == 1:
        return sources[0][1], targets[0][1]
    joined = [s[0] + t[0] + JOINED_COUNTS * sure(s[1], t[1]) for s, t in pairs]
    source, target = pairs[joined.index(max(joined))]
    return source[1], target[1]


def _rank(pair: tuple[float, ActorSpan]) -> float:
    return pair[0]
