"""Noun phrases without a parser: from a determiner to the last noun, names and *of* included."""

from __future__ import annotations

from collections.abc import Sequence

from accord.events.inflect import is_past
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
_TITLES = frozenset({"Gen", "Dr", "Mr", "Mrs", "Ms", "Sen", "Rep", "Lt", "Col", "Maj", "St", "Gov"})
_HEDGES = frozenset({"about", "around", "over", "nearly", "almost", "some"})
_ACTS = frozenset(
    {"proposal", "plan", "call", "appeal", "comment", "comments", "remarks", "statement", "deal"}
    | {"request", "demand", "offer", "bid", "attempt", "attempts", "effort", "efforts", "move"}
    | {"use", "role", "visit", "trip", "threat", "threats", "ceasefire", "truce", "offensive"}
    | {
        "attack",
        "attacks",
        "raid",
        "war",
        "support",
        "aid",
        "help",
        "package",
        "policy",
        "policies",
    }
    | {"independence", "progress", "handling", "right", "rights", "failure", "refusal", "claim"}
    | {"access", "reform", "reforms", "wake", "fall", "part", "one"}
    | {"claims", "control", "death", "arrest", "release", "resignation", "victory", "approval"}
)
_ACTING = ("tion", "tions", "sion", "sions", "ment", "ments")  # codespell:ignore ment
_DOING = (*_ACTING, "ing", "al", "ism", "ance", "ence")
_SIDES = frozenset(
    {"northern", "southern", "eastern", "western", "central", "north", "south", "east", "west"}
    | {"northeastern", "northwestern", "southeastern", "southwestern", "northeast", "northwest"}
    | {"southeast", "southwest", "capital"}
)
_PLACES = frozenset({"#name", "#capital", "#Name", "#region", "#city"})
_GROUPS = frozenset(
    {"officials", "delegates", "troops", "soldiers", "lawmakers", "men", "refugees", "experts"}
    | {"delegation", "team", "envoys", "diplomats", "monitors", "companies", "migrants", "students"}
    | {"representatives", "teams", "tourists", "doctors", "nurses", "fighters", "leaders"}
)
_PEOPLE = ("ators", "itors", "icers", "ectors", "ionists", "ologists")
_ORIGINS = frozenset({"#name", "#capital", "#bloc", "#institution", "#region", "#Name", "#city"})
_SHORTEST_PAST = 5  # letters
_IN_OFFICE = frozenset({"the", "a", "an", "of", "for", "'s"})
_ACCREDITED = frozenset(
    {"ambassador", "ambassadors", "envoy", "envoys", "representative", "representatives", "loyal"}
    | {"delegate", "delegates", "adviser", "advisor"}
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
    | {"therefore", "thus", "very", "just", "beyond", "throughout", "first", "times", "hours"}
    | {"days", "across", "between", "around", "once", "twice"}
    | {"illegal", "ready", "willing", "such", "according", "responsible", "able", "likely"}
)


def widened(words: Sequence[Word], first: int, stop: int) -> tuple[int, int]:
    """The noun phrase around a run of words: from its determiner to its last noun."""
    while stop > first and (
        (not _noun_like(words, stop - 1) and words[stop - 1].text != ")")
        or _ends_in_verb(words, first, stop - 1)
    ):
        stop -= 1
    while first < stop and words[first].kind in _NEVER_FIRST:
        first += 1
    while first > 0 and words[first].kind not in _DETERMINERS and _leads_noun(words, first - 1):
        first -= 1
    while stop < len(words):
        step = _continues(words, stop)
        if not step:
            break
        stop += step
    return _hedged(words, _head_first(words, first)), stop


def _hedged(words: Sequence[Word], first: int) -> int:
    """``about 200 people``, ``more than 200 people``: the hedge belongs to the number."""
    if first == len(words) or words[first].kind != "#number":
        return first
    before = [w.text.lower() for w in words[max(0, first - 2) : first]]
    if before[-1:] and before[-1] in _HEDGES:
        return first - 1
    return first - 2 if before in (["more", "than"], ["at", "least"]) else first


def _head_first(words: Sequence[Word], first: int) -> int:
    """``the leaders of`` and ``thousands of`` before a phrase head it."""
    if first < 2 or words[first - 1].kind != "of" or not _heads(words, first - 2):
        return first
    first -= 2
    while first > 0 and _leads_noun(words, first - 1):
        first -= 1
    return first


def _heads(words: Sequence[Word], i: int) -> bool:
    """``the home of``, ``envoys of``: a thing or somebody, not an act done to what follows."""
    kind = words[i].kind
    if kind in _HEADS:
        return True
    named = kind.startswith("#") or verb_marks().get(kind) or kind.endswith(_DOING)
    return not named and kind not in _ACTS and _noun_like(words, i)


def _noun_like(words: Sequence[Word], i: int) -> bool:
    kind = words[i].kind
    if kind.startswith("#"):
        return kind != "#day"
    if not kind[0].isalpha() or kind in _FUNCTION or kind.endswith("ly") or _irregular_past(kind):
        return False
    return verb_marks().get(kind, "n") == "n" or kind in role_words()


def _ends_in_verb(words: Sequence[Word], first: int, i: int) -> bool:
    """``Dutch farmers dumped``: a past tense after a noun, though no frame knows the verb."""
    kind = words[i].kind
    if not kind.endswith("ed") or kind.endswith("eed") or len(kind) < _SHORTEST_PAST or i <= first:
        return False
    return words[i - 1].kind not in _DETERMINERS and words[i - 1].kind != "#number"


def _irregular_past(kind: str) -> bool:
    return is_past(kind) and not kind.endswith("ed")


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
    if words[i].inner or _abbreviated(words, i):
        return 1
    if words[i].text == "(" and i + 2 < len(words) and words[i + 2].text == ")":
        return 3 if words[i + 1].text.isupper() else 0
    if kind == "of" and i + 1 < len(words):
        return 1 + _phrase_length(words, i + 1)
    if words[i].text == "," and i + 2 < len(words):
        return _apposition(words, i)
    if kind in {"'s", "’s"} or (kind in {"'", "’"} and previous.text.endswith("s")):
        return _owned(words, i)
    if kind in _TELLING:
        return _TELLING[kind](words, i)
    if words[i].start > previous.end + 1 or kind.endswith(("ing", "ed")):
        return 0
    return int(_follows(words, i))


def _abbreviated(words: Sequence[Word], i: int) -> bool:
    """``Gen. Rossi``, ``John R. Bass``, ``Turki al-Malki``: the name goes on."""
    previous, following = words[i - 1].text, words[i + 1].kind if i + 1 < len(words) else ""
    if words[i].text == ".":
        short = previous in _TITLES or (len(previous) == 1 and previous.isupper())
        return short and following in {"#Name", "#leader"}
    return words[i].text.startswith("al-") and words[i - 1].kind in {"#Name", "#leader"}


def _follows(words: Sequence[Word], i: int) -> bool:
    """Whether the word at ``i`` goes on with the noun phrase of the word before it."""
    kind, previous = words[i].kind, words[i - 1]
    if kind.startswith("#") and previous.kind in {"#name", "#capital"} and kind != "#Name":
        return False
    if previous.kind in {"#Name", "#leader", "#capital"} and kind not in role_words():
        return kind == "#Name" or (kind.startswith("#") and previous.kind == "#Name")
    return _noun_like(words, i) or _plural_noun(words, i)


def _owned(words: Sequence[Word], i: int) -> int:
    """``Iran's parliament`` is an actor, ``Iran's decision`` is an act of Iran."""
    j = i + 1
    while j < len(words) and _noun_like(words, j) and words[j].start <= words[j - 1].end + 1:
        j += 1
    if j == i + 1:
        return 0
    last = words[j - 1].kind
    return 0 if last not in _BODIES and (last in _ACTS or last.endswith(_ACTING)) else j - i


def _located(words: Sequence[Word], i: int) -> int:
    """``an army base in western Mali``: where somebody or something is tells which one.

    A name needs no such thing: *the minister met her in Paris*.
    """
    previous = words[i - 1].kind
    if previous.startswith("#") or previous in _OFFICES or _told_apart(words, i):
        return 0
    j = i + 1
    while j < len(words) and (words[j].kind in {"the"} or words[j].kind in _SIDES):
        j += 1
    if j == len(words) or words[j].kind not in _PLACES:
        return 0
    while j < len(words) and words[j].kind in _PLACES:
        j += 1
    return j - i


def _told_apart(words: Sequence[Word], i: int) -> bool:
    """``Kenyan importers in Lima``: a demonym tells who they are, the place where they were."""
    for word in reversed(words[max(0, i - 4) : i]):
        if word.kind == "#demonym":
            return True
        if word.kind in LINKS or word.kind in _DETERMINERS:
            return False
    return False


def _accredited(words: Sequence[Word], i: int) -> int:
    """``the ambassador to Chile``, ``forces loyal to the president``."""
    if words[i - 1].kind not in _ACCREDITED:
        return 0
    length = _phrase_length(words, i + 1)
    return 1 + length if length > 0 else 0


def _hailing(words: Sequence[Word], i: int) -> int:
    """``negotiators from Chile``, ``a delegation from the bloc``: people and whose they are."""
    previous = words[i - 1].kind
    people = previous in _GROUPS or previous in _OFFICES or previous.endswith(_PEOPLE)
    if not people or i + 1 == len(words):
        return 0
    j = i + 1 + (words[i + 1].kind == "the")
    if j == len(words) or words[j].kind not in _ORIGINS:
        return 0
    length = _phrase_length(words, i + 1)
    return 1 + length if length > 0 else 0


_TELLING = {"from": _hailing, "in": _located, "to": _accredited}


def _plural_noun(words: Sequence[Word], i: int) -> bool:
    """``Cypriot ships``, ``refugee camps``: a verb's form that closes a noun phrase."""
    if verb_marks().get(words[i].kind) != "f" or words[i - 1].kind not in _ADJECTIVAL:
        return False
    following = words[i + 1].kind if i + 1 < len(words) else "."
    return following in LINKS or not (following[0].isalpha() or following[0] == "#")


def with_second(words: Sequence[Word], tags: Sequence[str], stop: int, letter: str) -> int:
    """``India and Pakistan``, ``A, B and C``: joined to an actor and no actor itself."""
    ends = [stop]
    while ends[-1] + 1 < len(words) and words[ends[-1]].text in {",", "and"}:
        at = ends[-1]
        last = words[at].kind == "and" or words[at + 1].kind == "and"
        begin = at + 1 + (words[at + 1].kind == "and")
        length = _phrase_length(words, begin)
        if length <= 0 or any(tag[-1] not in {"O", letter} for tag in tags[begin : begin + length]):
            return stop
        if not last and not words[begin + length - 1].kind.startswith("#"):
            return stop
        ends.append(begin + length)
        if last:
            return ends[-1] if _joins(words, tags, begin, ends[-1], letter) else stop
    return stop


def _joins(words: Sequence[Word], tags: Sequence[str], begin: int, end: int, letter: str) -> bool:
    """Whether ``and`` leads to another actor, not to another clause."""
    if tags[begin][-1] == letter:
        return True
    named = any(w.kind.startswith("#") for w in words[begin:end])
    acts = end < len(words) and verb_marks().get(words[end].kind) in {"f", "x", "b", "p"}
    return named if letter == "T" and not acts else letter == "S" and acts


def _apposition(words: Sequence[Word], i: int) -> int:
    """``the president, Ana Rossi,``: the name belongs to the office."""
    j = i + 1
    while j < len(words) and words[j].kind in {"#Name", "#leader"}:
        j += 1
    closed = j < len(words) and words[j].text in {",", "."}
    if j - i >= 3 and closed and _names_office(words, i):
        return j - i
    return _told_office(words, i) if words[i - 1].kind in {"#Name", "#leader"} else 0


def _names_office(words: Sequence[Word], i: int) -> bool:
    """Whether the phrase that ends before ``i`` is headed by an office."""
    for word in reversed(words[max(0, i - 8) : i]):
        if word.kind in _OFFICES:
            return True
        if not (word.kind.startswith("#") or word.kind in {"of", "the", "for", "and"}):
            return False
    return False


def _told_office(words: Sequence[Word], i: int) -> int:
    """``Ana Rossi, the minister of health,``: the office belongs to the name."""
    j = i + 1
    while j < len(words) and (words[j].kind in _IN_OFFICE or _noun_like(words, j)):
        j += 1
    office = any(w.kind in _OFFICES or w.kind in role_words() for w in words[i + 1 : j])
    closed = j < len(words) and words[j].text == ","
    return j - i if office and closed and j - i >= 3 else 0


def _phrase_length(words: Sequence[Word], i: int) -> int:
    j = i
    while j < len(words) and (words[j].kind in _DETERMINERS or _noun_like(words, j)):
        if words[j].kind.endswith(("ing", "ed")):
            break
        j += 1
    return j - i if j > i else -1
