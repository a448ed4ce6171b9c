"""What two effects alone separate, read off the graph of flows: exact, and in one pass.

Levels of two effects a and b are nodes, rows the links between them. A
combination z = a + b that is zero on every row with a flow is the same along
each component that flows hold together, so z on a row without a flow is the
value of one component less that of another. Where such differences are nowhere
negative, components that a circle of rows without a flow joins have one value;
every row between two that no circle joins is separated. Components and circles
are the connected and the strongly connected components of two graphs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import prange

from accord.gravity.arrays import Codes, Mask
from accord.gravity.compiled import kernel

if TYPE_CHECKING:
    from accord.gravity.design import Category

__all__ = ["link", "networks", "separated_by_two"]


def link(here: Codes, there: Codes, rows: Mask, shape: tuple[int, int]) -> Mask:
    """Which of the first codes some row links with which of the second, of this shape."""
    linked = np.zeros(shape, dtype=bool)
    _link(here, there, rows, linked)
    return linked


@kernel(parallel=True)
def _link(here: Codes, there: Codes, rows: Mask, linked: Mask) -> None:
    for row in prange(len(rows)):  # two threads may mark the same place: both write True
        if rows[row]:
            linked[here[row], there[row]] = True


def networks(linked: Mask) -> Codes:
    """Which part of a network each row of a matrix of links belongs to: the least of its rows.

    ``linked`` has shape (rows, columns); rows are in one part that share a column, directly
    or by way of others.
    """
    part = np.arange(len(linked))
    while True:
        across = np.where(linked, part[:, None], len(linked)).min(axis=0)
        fresh = np.minimum(part, np.where(linked, across, len(linked)).min(axis=1))
        if np.array_equal(fresh, part):
            return part.astype(np.int32)
        part = fresh


def separated_by_two(first: Category, second: Category, flow: Mask, used: Mask) -> Mask:
    """Rows among those used that combinations of two effects separate, shape (n,)."""
    nothing = used & ~flow
    count = first.count + second.count
    here, there = first.codes, second.codes + first.count
    held, islands = _components(here, there, used & flow, count, "weak")
    here, there = islands[here], islands[there]
    _, circles = _components(here, there, nothing, held, "strong")
    return np.asarray(nothing & (circles[here] != circles[there]))


def _components(
    here: Codes, there: Codes, rows: Mask, count: int, connection: str
) -> tuple[int, Codes]:
    """How many components some rows make of the nodes, and the component of each node."""
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import connected_components

    links = (np.ones(int(rows.sum()), dtype=np.float32), (here[rows], there[rows]))
    graph = csr_matrix(links, shape=(count, count))
    found, labels = connected_components(graph, directed=True, connection=connection)
    return int(found), labels
