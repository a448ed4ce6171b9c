"""What the fast tier sees of a sentence: words placed relative to source and target.

Both actors are masked, names of others collapse into one mark, and every word is
known by its zone: between the two, after the later, before the earlier. Features are
strings; a model is a table from them to weights.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from accord.events.inflect import stem_table

__all__ = [
    "Marked",
    "extract_features",
    "mark",
    "operator_words",
    "order_of",
    "says_something",
    "stem",
]

SOURCE, TARGET, NAME, NUMBER = "ssrc", "ttgt", "xname", "0"
_TOKEN = re.compile(
    r"\d[\d.,]*\d|\d|[A-Za-z]+(?:[.][A-Za-z]+[.]?)*(?:['’](?=[a-z]))?|['’]s\b|n['’]t|[,;:\"“”]"
)
# function words and the verbs of reporting, passed over in the search for the verb that counts
_EMPTY = frozenset(
    {"a", "an", "the", "on", "in", "at", "of", "to", "by", "for", "with", "from", "and", "or"}
    | {"it", "its", "he", "his", "she", "her", "they", "their", "that", "which", "who", "whose"}
    | {"has", "have", "had", "is", "are", "was", "were", "be", "been", "being", "do", "does", "did"}
    | {"said", "says", "say", "also", "again", "late", "early", "already", "now", "last", "this"}
    | {"week", "month", "year", "day", "yesterday", "today", "earlier", "later", "as", "will"}
    | {"would", "formally", "announced", "against", "over", "after", "into", "ssrc", "ttgt"}
)
_WINDOW_BETWEEN, _WINDOW_AFTER, _WINDOW_BEFORE = 14, 12, 12


@lru_cache(maxsize=1)
def operator_words() -> dict[str, frozenset[str]]:
    """Words that announce (F), refuse (N) or ask for (R) an act."""
    import yaml

    path = resources.files("accord.events") / "codebook" / "operators.yaml"
    data = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    letters = {"F": "future", "N": "negative", "R": "asking"}
    return {letter: frozenset(data[name].split()) for letter, name in letters.items()}


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence as marked tokens, with the words inside both spans kept aside."""

    tokens: tuple[str, ...]
    source_at: int | None
    target_at: int | None
    source_words: tuple[str, ...]
    target_words: tuple[str, ...]


def mark(text: str, source: Sequence[tuple[int, int]], target: Sequence[tuple[int, int]]) -> Marked:
    """Tokens of ``text`` with each source span as one token and each target span as one."""
    tokens: list[str] = []
    inside: dict[str, list[str]] = {SOURCE: [], TARGET: []}
    previous_span: tuple[int, int] | None = None
    for match in _TOKEN.finditer(text):
        label, span = _span_of(match.start(), source, target)
        if label:
            inside[label].append(match.group())
            if span != previous_span:
                tokens.append(label)
            previous_span = span
            continue
        previous_span = None
        token = _normal(match.group(), first=not tokens or tokens[-1] in {'"', ":"})
        if token == NAME and tokens and tokens[-1] == NAME:
            continue
        tokens.append(token)
    return Marked(
        tuple(tokens),
        tokens.index(SOURCE) if SOURCE in tokens else None,
        tokens.index(TARGET) if TARGET in tokens else None,
        tuple(w.lower() for w in inside[SOURCE]),
        tuple(w.lower() for w in inside[TARGET]),
    )


def _span_of(
    at: int, source: Sequence[tuple[int, int]], target: Sequence[tuple[int, int]]
) -> tuple[str, tuple[int, int] | None]:
    hits = [(e - s, SOURCE, (s, e)) for s, e in source if s <= at < e]
    hits += [(e - s, TARGET, (s, e)) for s, e in target if s <= at < e]
    if not hits:
        return "", None
    _, label, span = min(hits)  # the narrower span, where one lies within the other
    return label, span


def _normal(word: str, *, first: bool) -> str:
    if word[0].isdigit():
        return NUMBER
    lower = word.lower().replace("’", "'")
    if word[0].isupper() and not first and lower not in {"i"}:
        return NAME
    return lower


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A word without its inflection: *accused*, *accusing*, *accuses* are one."""
    irregular = stem_table().get(word)
    if irregular:
        return irregular
    return _strip(word)


def _strip(word: str) -> str:
    for ending in ("ingly", "edly", "ings", "ing", "ied", "ies", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            root = word[: -len(ending)]
            if ending in {"ied", "ies"}:
                return root + "i"
            if ending == "s" and word.endswith("ss"):
                return word
            if (
                ending not in {"s", "e"}
                and len(root) > 3
                and root[-1] == root[-2]
                and root[-1] not in "lsz"
            ):
                root = root[:-1]
            return root.replace("ys", "yz") if root.endswith("alys") else _ise(root)
    return word[:-1] + "i" if word.endswith("y") and len(word) > 3 else _ise(word)


def _ise(root: str) -> str:
    # British and American spellings fall together: organis-, organiz-
    return root[:-1] + "z" if root.endswith("is") and len(root) > 5 else root


def extract_features(marked: Marked) -> list[str]:
    """The feature strings of one marked sentence, each at most once."""
    tokens = marked.tokens
    stems = [t if t in {SOURCE, TARGET, NAME} else stem(t) for t in tokens]
    first, second, order = order_of(marked)
    found: set[str] = {"bias", f"order:{order}"}
    before = list(range(max(0, first - _WINDOW_BEFORE), first))
    between = list(range(first + 1, second))[:_WINDOW_BETWEEN]
    after = list(range(second + 1, min(len(tokens), second + 1 + _WINDOW_AFTER)))
    found.update(_zone("b", order, stems, between))
    found.update(_zone("a", order, stems, after))
    found.update(f"p:{stems[i]}" for i in before)
    found.update(_heads(tokens, stems, order, between, after))
    found.update(_windows(stems, marked))
    found.update(_grams(stems))
    found.update(_operators(tokens, stems, marked, between, after, before))
    found.update(f"sw:{w}" for w in marked.source_words)
    found.update(f"tw:{stem(w)}" for w in marked.target_words)
    return sorted(found)


def order_of(marked: Marked) -> tuple[int, int, str]:
    """Places of the earlier and the later actor, and how they stand (ST, TS, joint, S, T, none)."""
    at_source, at_target = marked.source_at, marked.target_at
    if at_source is None and at_target is None:
        return -1, len(marked.tokens), "none"
    if at_source is None or at_target is None:
        at = at_source if at_source is not None else at_target
        assert at is not None
        return at, len(marked.tokens), "S" if at_source is not None else "T"
    first, second = sorted((at_source, at_target))
    gap = marked.tokens[first + 1 : second]
    if len(gap) <= 2 and all(t in {"and", ",", "the", "&"} for t in gap):
        return first, second, "joint"
    return first, second, "ST" if at_source < at_target else "TS"


def _zone(name: str, order: str, stems: Sequence[str], indices: Sequence[int]) -> Iterator[str]:
    for k, i in enumerate(indices):
        yield f"{name}:{stems[i]}"
        yield f"{name}.{order}:{stems[i]}"
        if k < 4:
            yield f"{name}+:{stems[i]}"
        if k + 1 < len(indices):
            yield f"{name}2:{stems[i]}_{stems[i + 1]}"
        if k + 2 < len(indices):
            yield f"{name}s:{stems[i]}_*_{stems[i + 2]}"


def _heads(
    tokens: Sequence[str],
    stems: Sequence[str],
    order: str,
    between: Sequence[int],
    after: Sequence[int],
) -> Iterator[str]:
    """The first words that say something: mostly the verb of the first actor's clause."""
    zone = after if order in {"joint", "S", "T"} else between
    words = [stems[i] for i in zone if says_something(tokens[i])][:3]
    for k, word in enumerate(words):
        yield f"h{k + 1}:{word}"
        yield f"h:{word}"
    if len(words) > 1:
        yield f"h12:{words[0]}_{words[1]}"
    if words:
        yield f"h1.{order}:{words[0]}"


def says_something(token: str) -> bool:
    """Whether a token is a word of its own meaning: no actor, name, mark or function word."""
    return token.isalpha() and token not in _EMPTY and not token.endswith("ly") and token != NAME


def _windows(stems: Sequence[str], marked: Marked) -> Iterator[str]:
    for name, at in (("S", marked.source_at), ("T", marked.target_at)):
        if at is None:
            continue
        left, right = stems[max(0, at - 3) : at], stems[at + 1 : at + 4]
        if right:
            yield f"{name}>1:{right[0]}"
            yield f"{name}>2:{'_'.join(right[:2])}"
            yield f"{name}>3:{'_'.join(right)}"
        if left:
            yield f"{name}<1:{left[-1]}"
            yield f"{name}<2:{'_'.join(left[-2:])}"
            yield f"{name}<3:{'_'.join(left)}"


def _grams(stems: Sequence[str]) -> Iterator[str]:
    for i, word in enumerate(stems):
        yield f"g:{word}"
        if i + 1 < len(stems):
            yield f"g2:{word}_{stems[i + 1]}"


def _operators(
    tokens: Sequence[str],
    stems: Sequence[str],
    marked: Marked,
    between: Sequence[int],
    after: Sequence[int],
    before: Sequence[int],
) -> Iterator[str]:
    subject = marked.source_at
    near = range(subject + 1, min(len(tokens), subject + 9)) if subject is not None else ()
    flags = "".join(
        letter
        for letter, words in operator_words().items()
        if any(tokens[i] in words for i in near)
    )
    yield f"op:{flags or '-'}"
    if flags:
        for i in _content(tokens, (*between, *after)[:12]):
            yield f"op{flags}:{stems[i]}"


def _content(tokens: Sequence[str], indices: Iterable[int]) -> Iterator[int]:
    for i in indices:
        if len(tokens[i]) > 3 and tokens[i] not in {SOURCE, TARGET, NAME}:
            yield i
