"""Sentences: where one ends and the next begins, without a parser.

A sentence ends at a full stop, question or exclamation mark that is followed by
space and something that can begin a sentence, at a line end, and at the bullet
dash of lists run together ("… 2023 - In 2024 …"). Abbreviations that are followed
by capitals ("U.S. exports", "Jan. 1", "Mr. Li") do not end one.
"""

# ruff: noqa: E501  (a pattern is easier to check on one line)
from __future__ import annotations

import re
from dataclasses import dataclass

from accord.read.folding import fold
from accord.read.patterns import lazy

__all__ = ["Sentence", "find_sentences"]

# Longest piece handed on as one sentence: text without any punctuation (tables, dumps)
# is cut at a space, so that the work on one sentence stays bounded.
LONGEST = 1500

_END = lazy(
    r"(?P<stop>[.!?]+[\"')\]]*)(?=\s)|(?P<line>\n)|(?P<bullet>(?<=[\w.,%)\"']) (?:-|•|\*) (?=[A-Z\"])(?![A-Z]{2,3}\$?\s?\d))"
)
_MONTHS_JOINED = lazy(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r" - (?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
_ABBREVIATION = lazy(
    r"(?:^|[\s(\"'-])(?:[A-Z]|(?:[A-Za-z]\.)+[A-Za-z]|Mr|Mrs|Ms|Dr|Prof|Gen|Col|Sen|Rep|Gov|Pres|St|No|NO|Nos|vs|"
    r"approx|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|Rs|Kshs?|KShs?|Shs?|Ushs?|Tshs?|Tk|Rp|Art|para|est|incl|ca|cf|Messrs|Adm|Lt|Maj)$"
)
# These may stand at the end of a sentence as well as inside one: "… with the U.S. The …".
_EITHER = lazy(r"(?:U\.S\.A?|U\.K\.|U\.N\.|E\.U\.|U\.A\.E\.|D\.C\.|a\.m\.|p\.m\.|p\.c)$")
_OPENER = lazy(
    r"\s+[\"'(]*(?:The|In|It|Its|This|That|These|Those|They|He|She|We|Our|But|And|For|From|At|On|As|To|A|An|"
    r"Exports|Imports|Trade|Bilateral|Since|During|Last|Total|Two-way|According|After|Meanwhile|However|Both)\b"
)
_ON_X = lazy(r"\b(?:on|to|via)\s+X$")  # the network, not an initial
_STARTER = lazy(r"\s+[\"'(\[]*[A-Z0-9$€£¥₹\"'(]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence as a half-open interval of characters of the document."""

    start: int
    end: int


def find_sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of ``text`` in order, without surrounding space.

    Linear in the length of the text; none is longer than :data:`LONGEST` characters.
    """
    marks = _keep_lines(text)
    found: list[Sentence] = []
    start = 0
    for match in _END.finditer(marks):
        if match.group("stop") and not _ends_sentence(marks, match):
            continue
        if match.group("bullet") and (
            _in_brackets(marks, max(start, match.start() - 300), match) or _of_months(marks, match)
        ):
            continue
        end = match.end("stop") if match.group("stop") else match.start()
        _append(found, marks, start, end)
        start = match.end()
    _append(found, marks, start, len(marks))
    return tuple(found)


def _of_months(text: str, match: re.Match[str]) -> bool:
    """ "In January - April 2024": a span, no list."""
    word = text.rfind(" ", 0, match.start()) + 1
    return _MONTHS_JOINED.match(text, word) is not None


def _in_brackets(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether a dash stands inside brackets, where it ends nothing."""
    return text.count("(", start, match.start()) > text.count(")", start, match.start())


def _keep_lines(text: str) -> str:
    """Folded, but with line ends that end something: blank lines and lines of lists."""
    folded = fold(text)
    if "\n" not in text:
        return folded
    pieces = list(folded)
    for match in re.finditer(r"\n(?=[ \t]*(?:\n|[-*•#|]|\d+[.)] |[A-Z\"“$€£]))", text):
        if text[match.start() - 1 : match.start()] not in {",", "-"}:
            pieces[match.start()] = "\n"
    return "".join(pieces)


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    if not match.group("stop").startswith("."):
        return True
    after = text[match.end() : match.end() + 20]
    if after.strip() and not _STARTER.match(after):
        return False
    before = text[max(0, match.start() - 12) : match.start()]
    if _EITHER.search(before + ".") or _EITHER.search(before):
        return _OPENER.match(after) is not None or not after.strip()
    if _ON_X.search(before):
        return True
    return not (_ABBREVIATION.search(before) and after.strip())


def _append(found: list[Sentence], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST:
        cut = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        cut = start + LONGEST if cut < 0 else cut
        found.append(Sentence(start, cut))
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if end > start:
        found.append(Sentence(start, end))
