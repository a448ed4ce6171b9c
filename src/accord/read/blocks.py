"""Blocks: a long text read in stretches, so that a sentence costs the same wherever it stands.

What is found in a sentence carries offsets, and blanked copies of it are padded to keep
them; in a text of many megabytes that padding would be the whole work. A text is
therefore read in blocks with offsets of their own, which are moved back afterwards; what
is remembered from one block to the next moves along.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from accord.model.statement import Statement
from accord.read.polities import Mention
from accord.read.scene import Memory
from accord.read.sentences import Sentence

__all__ = ["Block", "cut_blocks", "move_memory", "move_statement"]

LENGTH = 16_384  # characters; a sentence has at most 1,500
LEAD = 400  # characters before the first sentence that its rules may look back on
REMEMBERED = 64  # periods


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a text that begins at ``base``, with what stands in it (own offsets)."""

    base: int
    text: str
    sentences: tuple[tuple[Sentence, tuple[Mention, ...]], ...]


def cut_blocks(
    text: str, sentences: Sequence[Sentence], mentions: Sequence[Mention]
) -> Iterator[Block]:
    """The blocks of ``text`` in order; each sentence is in one, with its mentions."""
    place = first = 0
    while first < len(sentences):
        opening = sentences[first]
        base = max(0, opening.start - LEAD) if opening.end > LENGTH else 0
        rows = []
        last = first
        while last < len(sentences) and sentences[last].end - base <= LENGTH:
            sentence = sentences[last]
            here = []
            while place < len(mentions) and mentions[place].start < sentence.end:
                here.append(_moved(mentions[place], base))
                place += 1
            rows.append((Sentence(sentence.start - base, sentence.end - base), tuple(here)))
            last += 1
        first = last
        yield Block(base, text[base : base + LENGTH + LEAD], tuple(rows))


def _moved(mention: Mention, base: int) -> Mention:
    if not base:
        return mention
    return replace(mention, start=mention.start - base, end=mention.end - base)


def move_statement(statement: Statement, by: int) -> Statement:
    """``statement`` with its offsets moved ``by`` characters."""
    if not by:
        return statement
    return replace(
        statement,
        start=statement.start + by,
        end=statement.end + by,
        sentence_start=statement.sentence_start + by,
        sentence_end=statement.sentence_end + by,
        traces=tuple(replace(t, start=t.start + by, end=t.end + by) for t in statement.traces),
    )


def move_memory(memory: Memory, by: int) -> None:
    """Move what is remembered ``by`` characters, and forget periods long past."""
    if not by:
        return
    for name in ("topic", "rival"):
        topic = getattr(memory, name)
        if topic is not None:
            moved = replace(topic, start=topic.start + by, core=topic.core + by, end=topic.end + by)
            setattr(memory, name, moved)
    if memory.ranking is not None:
        memory.ranking = move_statement(memory.ranking, by)
    source = memory.attribution
    if source is not None:
        memory.attribution = replace(
            source,
            start=source.start + by,
            end=source.end + by,
            name_start=source.name_start + by,
            name_end=source.name_end + by,
        )
    del memory.periods[:-REMEMBERED]
