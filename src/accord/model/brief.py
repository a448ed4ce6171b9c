"""Briefs: how two polities stand, with every number linked to its evidence.

A brief is plain data: sentences made of segments, tables of cells, charts as
points. The renderers (page, PDF, Markdown, JSON) add no figure and no word of
substance to it. ``evidence`` is numbered: ``e1`` is its first item.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from accord.model.release import Release
from accord.model.verdict import Evidence

__all__ = [
    "Brief",
    "Cell",
    "Chart",
    "Coverage",
    "Gap",
    "Heading",
    "Point",
    "Section",
    "Segment",
    "Sentence",
    "Table",
]


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a sentence; ``evidence`` names the items behind it (``e1 e4``)."""

    text: str
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """One generated sentence: it says what the linked figures carry and no more."""

    segments: tuple[Segment, ...]

    @property
    def text(self) -> str:
        """The sentence without its links."""
        return "".join(segment.text for segment in self.segments)


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a table column, with the unit spelt out for those who listen."""

    title: str
    unit: str | None = None
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: the text to show, and the number in units where it is one."""

    text: str
    value: float | None = None
    evidence: str | None = None
    mark: str | None = None  # "against": moves against the whole


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under headings; the first cell of a row is its head."""

    id: str
    caption: str
    headings: tuple[Heading, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """One mark of a chart; ``x`` and ``x2`` are dates or labels, ``y2`` closes a band."""

    series: str
    x: str
    y: float
    x2: str | None = None
    y2: float | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """What to draw: ``lines``, ``bars`` or ``spans``, with words that stand in for it.

    The numbers of a chart always stand in the table ``table`` as well.
    """

    id: str
    kind: str
    title: str
    description: str
    points: tuple[Point, ...]
    unit: str
    table: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that the record does not hold, and which source would bring it."""

    what: str
    why: str
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a brief, in the order of reading."""

    id: str
    title: str
    sentences: tuple[Sentence, ...] = ()
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many figures of a reporter on the other the record holds for a year."""

    reporter: str
    year: int
    figures: int


@dataclass(frozen=True, slots=True)
class Brief:
    """The assembled answer for a dyad and a period, as the record stood on ``as_of``."""

    source: str
    target: str
    source_name: str
    target_name: str
    period: str | None
    as_of: str | None
    day: str  # of the assembly, or ``as_of``
    whose: tuple[str, ...]
    coverage: tuple[Coverage, ...]
    answer: Sentence
    sections: tuple[Section, ...]
    evidence: tuple[Evidence, ...]
    releases: tuple[Release, ...]
    periods: tuple[str, ...] = ()  # what else could be asked for
    vintages: tuple[str, ...] = ()  # days on which the record changed
    reporter: str | None = None  # whose statistics lead, if one was asked for
    notices: tuple[str, ...] = ()
    record_sha256: str = ""

    @property
    def title(self) -> str:
        """``Russia and China``."""
        return f"{self.source_name} and {self.target_name}"

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Everything that is missing, over all sections."""
        return tuple(gap for section in self.sections for gap in section.gaps)

    def section(self, name: str) -> Section:
        """The section with an id; raises ``KeyError``."""
        for section in self.sections:
            if section.id == name:
                return section
        raise KeyError(name)

    def table(self, name: str) -> Table:
        """The table with an id; raises ``KeyError``."""
        for section in self.sections:
            for table in section.tables:
                if table.id == name:
                    return table
        raise KeyError(name)

    def __repr__(self) -> str:
        """The heading and the answer, on two lines."""
        return f"<Brief {self.source}-{self.target} {self.period or ''}>\n{self.answer.text}"

    def _repr_html_(self) -> str:
        """What a notebook shows: heading, answer, and the sentences of each section."""
        parts = [f"<h3>{escape(self.title)}</h3><p>{escape(self.answer.text)}</p>"]
        for section in self.sections:
            said = " ".join(sentence.text for sentence in section.sentences)
            if said:
                parts.append(f"<p><b>{escape(section.title)}.</b> {escape(said)}</p>")
        return "\n".join(parts)
