"""Recognising gravity's own structure among fixed effects.

Exporter-time and importer-time effects, with or without a pair effect, make a
cube of time, exporter and importer. Columns that all three effects share (a
sector) belong to exporter and importer alike: each sector is a network of its
own. Which columns mean what is read from how the effects overlap, so any names
do; a pair effect given as one column (``pair_id``) counts if it is one-to-one
with exporter and importer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from accord.gravity.codes import pairwise
from accord.gravity.columns import ALIASES
from accord.gravity.design import Category, Design

__all__ = ["Structure", "find_structure"]


@dataclass(frozen=True, slots=True)
class Structure:
    """The axes of the cube; ``sectors`` networks lie side by side in it."""

    exporter: Category
    importer: Category
    time: Category
    has_pair: bool
    sectors: int = 1


def find_structure(design: Design) -> Structure | None:
    """The cube that a design's effects make, or None where they make none."""
    if len(design.effects) == 2:
        return _two_way(design, *design.effects)
    if len(design.effects) != 3:
        return None
    # Each of the three could be the pair. What a year belongs to is none; beyond that, in a
    # trade panel the pair has the most levels.
    years = frozenset(ALIASES["year"])
    for pair in sorted(design.effects, key=lambda e: (bool(e.columns & years), -e.count)):
        first, second = (effect for effect in design.effects if effect is not pair)
        found = _three_way(design, first, second, pair)
        if found is not None:
            return found
    return None


def _two_way(design: Design, first: Category, second: Category) -> Structure | None:
    shared = first.columns & second.columns
    exporter, importer = first.columns - shared, second.columns - shared
    if not exporter or not importer:
        return None
    return Structure(
        joined(design, exporter), joined(design, importer), joined(design, shared), has_pair=False
    )


def _three_way(
    design: Design, first: Category, second: Category, pair: Category
) -> Structure | None:
    shared = first.columns & second.columns
    sector = shared & pair.columns
    time = shared - pair.columns
    exporter, importer = first.columns - time, second.columns - time
    if not time or not exporter - sector or not importer - sector:
        return None
    if exporter | importer != pair.columns and not _one_to_one(design, exporter, importer, pair):
        return None
    sectors = joined(design, sector).count if sector else 1
    return Structure(
        joined(design, exporter), joined(design, importer), joined(design, time), True, sectors
    )


def _one_to_one(
    design: Design, exporter: frozenset[str], importer: frozenset[str], pair: Category
) -> bool:
    both = joined(design, exporter | importer)
    if both.count != pair.count:
        return False
    return pairwise(both.codes, both.count, pair.codes, pair.count)[1] == pair.count


def joined(design: Design, names: frozenset[str]) -> Category:
    """The category of some plain columns together; of none, a single level."""
    ordered = sorted(names)
    if not ordered:
        return Category("", np.zeros(design.n, dtype=np.int32), 1, names)
    codes, count = design.bases[ordered[0]].codes, design.bases[ordered[0]].count
    for name in ordered[1:]:
        base = design.bases[name]
        codes, count = pairwise(codes, count, base.codes, base.count)
    return Category("^".join(ordered), codes, count, names)
