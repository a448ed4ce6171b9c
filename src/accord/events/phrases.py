"""Noun phrases without a parser: from a determiner to the last noun, names and *of* included."""

from __future__ import annotations

from collections.abc import Sequence

from accord.events.words import LINKS, Word, role_words, verb_marks

__all__ = ["widened", "with_second"]

_OFFICES = frozenset(
    {"president", "minister", "premier", "leader", "chancellor", "counterpart", "ambassador"}
    | {"chief", "secretary", "king", "envoy", "spokesman", "spokeswoman", "general", "governor"}
)
_DETERMINERS = frozenset({"the", "a", "an", "its", "his", "her", "their", "all", "several", "some"})
_ADJECTIVAL = frozenset({"#demonym", "refugee", "rebel", "militant", "military", "government"})
_BODIES = frozenset(
    {"government", "office", "parliament", "administration", "army", "party", "forces", "troops"}
    | {"military", "police", "court", "ministry", "president", "minister", "cabinet", "navy"}
    | {"embassy", "authorities", "officials", "opposition", "leader", "leaders", "supporters"}
)
_HEADS = _OFFICES | frozenset(
    {"members", "leaders", "sons", "son", "lawyers", "representatives", "thousands", "dozens"}
    | {"hundreds", "tens", "scores", "group", "residents", "chairman", "head", "member", "army"}
    | {"citizens", "supporters", "relatives", "families", "government", "employees", "ministers"}
)
_NEVER_FIRST = frozenset({"of", "in", "on", "and", "to", "for", "if", "by", "from", "with", "'s"})
_FUNCTION = LINKS | frozenset(
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
    return _head_first(words, first), stop


def _head_first(words: Sequence[Word], first: int) -> int:
    """``the leaders of`` and ``thousands of`` before a phrase head it."""
    if first < 2 or words[first - 1].kind != "of" or words[first - 2].kind not in _HEADS:
        return first
    first -= 2
    while first > 0 and _leads_noun(words, first - 1):
        first -= 1
    return first


def _noun_like(words: Sequence[Word], i: int) -> bool:
    kind = words[i].kind
    if kind.startswith("#"):
        return kind != "#day"
    if not kind[0].isalpha() or kind in _FUNCTION or kind.endswith("ly"):
        return False
    return verb_marks().get(kind, "n") == "n" or kind in role_words()


def _leads_noun(words: Sequence[Word], i: int) -> bool:
    """Determiners, numbers, adjectives and names before a noun."""
    kind = words[i].kind
    if kind in _DETERMINERS:
        return True
    if kind.startswith("#"):
        return kind != "#day"
    if kind.endswith(("ed", "ing")) or verb_marks().get(kind):
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
    if kind in {"'s", "’s"}:
        return _owned(words, i)
    if words[i].start > previous.end + 1 or kind.endswith(("ing", "ed")):
        return 0
    return int(_follows(words, i))


def _follows(words: Sequence[Word], i: int) -> bool:
    """Whether the word at ``i`` goes on with the noun phrase of the word before it."""
    kind, previous = words[i].kind, words[i - 1]
    if kind.startswith("#") and previous.kind in {"#name", "#capital"} and kind != "#Name":
        return False
    if previous.kind in {"#Name", "#leader", "#capital"} and kind not in role_words():
        return kind == "#Name" or (kind.startswith("#") and previous.kind == "#Name")
    return _noun_like(words, i) or _plural_noun(words, i)


def _owned(words: Sequence[Word], i: int) -> int:
    """``Iran's parliament``: the body belongs to the phrase, ``Iran's decision`` does not."""
    j = i + 1
    while j < len(words) and _noun_like(words, j) and words[j].start <= words[j - 1].end + 1:
        j += 1
    return j - i if j > i + 1 and words[j - 1].kind in _BODIES else 0


def _plural_noun(words: Sequence[Word], i: int) -> bool:
    """``Cypriot ships``, ``refugee camps``: a verb's form that closes a noun phrase."""
    if verb_marks().get(words[i].kind) != "f" or words[i - 1].kind not in _ADJECTIVAL:
        return False
    following = words[i + 1].kind if i + 1 < len(words) else "."
    return following in LINKS or not following[0].isalpha()


def with_second(words: Sequence[Word], tags: Sequence[str], stop: int, letter: str) -> int:
    """``India and Pakistan``: what is joined to an actor and no actor itself belongs to it."""
    if stop + 1 >= len(words) or words[stop].kind != "and":
        return stop
    tag = tags[stop + 1]
    length = _phrase_length(words, stop + 1)
    named = tag[-1] == letter or (letter == "T" and words[stop + length].kind.startswith("#"))
    other = tag[-1] not in {"O", letter}
    return stop + 1 + length if length > 0 and named and not other else stop


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
