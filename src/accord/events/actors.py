"""Who acts and who is acted upon: spans of source and target, found without being given.

A linear tagger over words gives each word the chance to begin or continue a source or
a target; the best consistent sequence wins. Names are never learnt by heart: a polity's
name counts as a name, a demonym as a demonym (``accord.read.polities`` knows them), any
other capitalised word by its shape. Trained on the same composed sentences as the
classifier.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from accord.events.features import stem
from accord.events.frames import load_frames
from accord.events.inflect import verb_forms
from accord.events.linear import Array, load_model

__all__ = [
    "TAGS",
    "ActorSpan",
    "Word",
    "find_actors",
    "gold_tags",
    "principal_pair",
    "split_words",
    "word_features",
]

TAGS = ("O", "B-S", "I-S", "B-T", "I-T")
_WORD = re.compile(
    r"[^\W\d_]+(?:\.[^\W\d_]+)+\.?|[A-Z]['’][A-Z]\w+|\d+(?:[-–][^\W\d_]+)+|\d[\d.,]*\d|\d"
    r"|[^\W\d_]+(?:[-–][^\W_]+)*|['’]s\b|[^\w\s]"
)
_DATELINE = re.compile(
    r"[A-Z][A-Z .,'’]{3,40}(?:,? [A-Z][\w., ]{0,30})?(?: ?\([^)]{2,20}\))? ?(?:--?|–|—|:|\") ?"
)
_ENDS = frozenset('.!?"”')
_SECOND_LOOKS = (1.0, 2.0, 3.0, 5.0)  # log odds
_MAX_WORDS = 400
_IMPOSSIBLE = -1e9
_TAG_INDEX = {tag: i for i, tag in enumerate(TAGS)}


@dataclass(frozen=True, slots=True)
class Word:
    """One word with its place and what the tagger sees in it."""

    text: str
    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class ActorSpan:
    """A span of text in a role (``source`` or ``target``), with the mean chance of its words."""

    start: int
    end: int
    role: str
    confidence: float


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
    return found


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


def split_words(text: str) -> list[Word]:
    """Words and marks of a text, each with its kind."""
    polity = _polity_forms(text)
    words: list[Word] = []
    for match in _WORD.finditer(text):
        token = match.group()
        kind = polity.get(match.start()) or _kind(token, first=not words)
        words.append(Word(token, match.start(), match.end(), kind))
    return words


def _polity_forms(text: str) -> dict[int, str]:
    """Start of each word within a polity's mention → the form of the mention."""
    from accord.read.polities import find_mentions

    forms: dict[int, str] = {}
    for mention in find_mentions(text):
        form = {"metonym": "capital", "city": "capital"}.get(mention.form, mention.form)
        for match in _WORD.finditer(text, mention.start, mention.end):
            forms[match.start()] = f"#{form}"
    return forms


def _kind(token: str, *, first: bool) -> str:
    lower = token.lower()
    if token[0].isdigit():
        return "#number"
    if token in _CALENDAR:
        return "#day"
    if not token[0].isupper() or lower in _role_words():
        return lower
    if first and (lower in _known_words()):
        return lower
    return "#CAPS" if token.isupper() and len(token) > 1 else "#Name"


@lru_cache(maxsize=1)
def _role_words() -> frozenset[str]:
    """Words of offices and bodies that newswire capitalises."""
    frames = load_frames()
    listed = " ".join(_without_slots(p) for patterns in frames.actors.values() for p in patterns)
    skip = {"al", "boko", "haram", "shabab", "qaeda", "the", "of", "in"}
    return frozenset(w.lower() for w in re.findall(r"[A-Za-z]+", listed)) - skip


@lru_cache(maxsize=1)
def _known_words() -> frozenset[str]:
    frames = load_frames()
    texts = [p for groups in frames.roots.values() for g in groups for p in _frame_texts(g)]
    texts += [*frames.slots["lead"], *frames.syntax["lead_beside"], "the a an"]
    return frozenset(w.lower() for t in texts for w in re.findall(r"[A-Za-z]+", t))


def _frame_texts(group: dict[str, list[str]]) -> Iterator[str]:
    for kind in ("do", "act", "nom", "say"):
        yield from group.get(kind, [])


def _without_slots(pattern: str) -> str:
    return re.sub(r"<[^>]*>", " ", pattern)


@lru_cache(maxsize=1)
def _verbs() -> dict[str, str]:
    """Form → f (finite), p (participle or past), g (gerund), b (base) of the frames' verbs."""
    table: dict[str, str] = {}
    for groups in load_frames().roots.values():
        for group in groups:
            for phrase in (*group.get("do", []), *group.get("act", [])):
                forms = verb_forms(phrase.split(" ", 1)[0])
                table.setdefault(forms.base, "b")
                table.setdefault(forms.third, "f")
                table.setdefault(forms.gerund, "g")
                table.setdefault(forms.participle, "p")
                table.setdefault(forms.past, "p")
    for form, kind in list(table.items()):
        if "is" in form[3:]:  # British spellings in the frames, American ones in the news
            table.setdefault(form.replace("ise", "ize").replace("isi", "izi"), kind)
    table.update(dict.fromkeys(("is", "was", "were", "are", "has", "have", "had", "will"), "x"))
    return table


def word_features(words: Sequence[Word]) -> list[list[str]]:
    """The feature strings of every word."""
    verbs = _verbs()
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
        elif k in _LINKS:
            last_link = k
    return rows


_LINKS = frozenset(
    [
        "to",
        "on",
        "of",
        "in",
        "with",
        "from",
        "against",
        "by",
        "for",
        "at",
        "over",
        "between",
        "and",
        "into",
        "that",
        "as",
        "about",
        "near",
        "along",
        "toward",
        "towards",
        "outside",
        "after",
        ",",
        ";",
        ":",
    ]
)


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
        if letter == "T":
            right = _with_second(words, path, right)
        if right <= left or right <= free:
            continue
        sure = float(np.mean([chances[k, path[k]] for k in range(first, stop)]))
        role = "source" if letter == "S" else "target"
        if found and left < free:
            continue
        found.append(ActorSpan(words[left].start, words[right - 1].end, role, round(sure, 4)))
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


def widened(words: Sequence[Word], first: int, stop: int) -> tuple[int, int]:
    """The noun phrase around a run of words: from its determiner to its last noun."""
    while stop > first and not _noun_like(words, stop - 1) and words[stop - 1].text != ")":
        stop -= 1
    while first < stop and words[first].kind in _NEVER_FIRST:
        first += 1
    while first > 0 and _leads_noun(words, first - 1):
        first -= 1
    while stop < len(words):
        step = _continues(words, stop)
        if not step:
            break
        stop += step
    return first, stop


def _noun_like(words: Sequence[Word], i: int) -> bool:
    kind = words[i].kind
    if kind.startswith("#"):
        return kind != "#day"
    if not kind[0].isalpha() or kind in _FUNCTION or kind.endswith("ly"):
        return False
    return _verbs().get(kind, "n") == "n" or kind in _role_words()


def _leads_noun(words: Sequence[Word], i: int) -> bool:
    """Determiners, numbers, adjectives and names before a noun."""
    kind = words[i].kind
    if kind in _DETERMINERS:
        return True
    if kind.startswith("#"):
        return kind != "#day"
    if kind.endswith(("ed", "ing")) or _verbs().get(kind):
        return False
    return _noun_like(words, i) and i > 0


def _continues(words: Sequence[Word], i: int) -> int:
    """How many words from ``i`` on belong to the noun phrase before them."""
    kind, previous = words[i].kind, words[i - 1]
    if words[i].text == "(" and i + 2 < len(words) and words[i + 2].text == ")":
        return 3 if words[i + 1].text.isupper() else 0
    if kind == "of" and i + 1 < len(words):
        return 1 + _phrase_length(words, i + 1)
    if words[i].text == "," and i + 2 < len(words):
        return _apposition(words, i)
    if words[i].start > previous.end + 1 or kind.endswith(("ing", "ed")):
        return 0
    if kind.startswith("#") and previous.kind in {"#name", "#capital"} and kind != "#Name":
        return 0
    return 1 if _noun_like(words, i) else 0


def _with_second(words: Sequence[Word], path: Sequence[int], stop: int) -> int:
    """``India and Pakistan``: what is joined to a target belongs to it."""
    if stop + 1 >= len(words) or words[stop].kind != "and":
        return stop
    tag = TAGS[path[stop + 1]]
    length = _phrase_length(words, stop + 1)
    named = words[stop + length].kind.startswith("#") or tag.endswith("T")
    return stop + 1 + length if length > 0 and tag[-1] != "S" and named else stop


def _apposition(words: Sequence[Word], i: int) -> int:
    """``the president, Ana Rossi,``: the name belongs to the office."""
    j = i + 1
    while j < len(words) and words[j].kind in {"#Name", "#leader"}:
        j += 1
    office = words[i - 1].kind in _OFFICES
    closed = j < len(words) and words[j].text in {",", "."}
    return j - i if office and j - i >= 3 and closed else 0


def _phrase_length(words: Sequence[Word], i: int) -> int:
    j = i
    while j < len(words) and (words[j].kind in _DETERMINERS or _noun_like(words, j)):
        if words[j].kind.endswith(("ing", "ed")):
            break
        j += 1
    return j - i if j > i else -1


def principal_pair(spans: Sequence[ActorSpan]) -> tuple[ActorSpan, ActorSpan] | None:
    """The one source and the one target of a sentence that the tagger is surest of.

    Of two equally sure ones the earlier wins: newswire puts what counts first.
    """
    ranked = [(s.confidence - FADING * k, s) for k, s in enumerate(spans)]
    sources = [pair for pair in ranked if pair[1].role == "source"]
    targets = [pair for pair in ranked if pair[1].role == "target"]
    if not sources or not targets:
        ordered = sorted(ranked, key=lambda pair: -pair[0])[:2]
        if len(ordered) < 2:
            return None
        first, second = sorted((span for _, span in ordered), key=lambda span: span.start)
        return first, second
    return max(sources, key=_rank)[1], max(targets, key=_rank)[1]


def _rank(pair: tuple[float, ActorSpan]) -> float:
    return pair[0]


_OFFICES = frozenset(
    {"president", "minister", "premier", "leader", "chancellor", "counterpart", "ambassador"}
    | {"chief", "secretary", "king", "envoy", "spokesman", "spokeswoman", "general", "governor"}
)
FADING = 0.3  # of confidence, for each actor that stands before
_DETERMINERS = frozenset({"the", "a", "an", "its", "his", "her", "their", "all", "several", "some"})
_NEVER_FIRST = frozenset({"of", "in", "on", "and", "to", "for", "if", "by", "from", "with", "'s"})
_CALENDAR = frozenset(
    {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "January"}
    | {"February", "March", "April", "May", "June", "July", "August", "September", "October"}
    | {"November", "December", "Feb", "Jan", "Aug", "Sept", "Oct", "Nov", "Dec"}
)
_FUNCTION = _LINKS | frozenset(
    {"the", "a", "an", "its", "his", "her", "their", "this", "that", "these", "those", "which"}
    | {"who", "whose", "whom", "he", "she", "it", "they", "we", "you", "i", "not", "no", "nor"}
    | {"is", "was", "are", "were", "be", "been", "being", "has", "have", "had", "will", "would"}
    | {"can", "could", "may", "might", "must", "should", "do", "does", "did", "said", "says"}
    | {"and", "or", "but", "if", "when", "while", "because", "since", "until", "unless", "amid"}
    | {"before", "during", "under", "through", "than", "then", "there", "here", "also", "only"}
    | {"last", "next", "week", "month", "year", "yesterday", "today", "tomorrow", "earlier", "late"}
    | {
        "later",
        "early",
        "again",
        "still",
        "already",
        "despite",
        "following",
        "including",
        "without",
    }
    | {"where", "how", "why", "what", "so", "such", "both", "more", "most", "due", "back", "up"}
    | {"out", "off", "down", "away", "via", "upon", "within", "ahead", "together", "however"}
    | {"illegal", "ready", "willing", "such", "according", "responsible", "able", "likely"}
)
