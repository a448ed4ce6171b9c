"""Ties beyond trade: shared memberships, agreements, and whether deeds are returned."""

from __future__ import annotations

from collections.abc import Iterable, Set
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike

from accord.measure.arithmetic import columns, ratio

__all__ = ["agreement_density", "co_membership", "reciprocity", "shared_memberships"]


def shared_memberships(first: Set[str], second: Set[str]) -> tuple[str, ...]:
    """The blocs that both belong to, in alphabetical order. Symmetric."""
    return tuple(sorted(set(first) & set(second)))


def co_membership(first: Set[str], second: Set[str]) -> float:
    """Shared memberships against all: ``|A ∩ B| / |A ∪ B|``.

    Units: none. Range: 0 … 1; missing where neither belongs to anything. Symmetric.
    Source: Jaccard (1901); for organisations, Pevehouse et al. (2020), *Journal of
    Peace Research* 57(3) count the numerator.
    """
    union = set(first) | set(second)
    return len(set(first) & set(second)) / len(union) if union else float("nan")


def agreement_density(polities: Iterable[str], agreements: Iterable[Iterable[str]]) -> float:
    """Share of the pairs within a group that are tied by an agreement.

    ``2·E / (n·(n − 1))`` with E the unordered pairs of ``polities`` that are both
    party to at least one of ``agreements`` (each given by its parties). Units: none.
    Range: 0 … 1; missing with fewer than two polities. Symmetric. Source: Wasserman
    and Faust (1994), *Social Network Analysis*, p. 101.
    """
    group = set(polities)
    pairs = len(group) * (len(group) - 1) // 2
    if not pairs:
        return float("nan")
    tied = {
        pair
        for parties in agreements
        for pair in combinations(sorted(group.intersection(parties)), 2)
    }
    return len(tied) / pairs


def reciprocity(sent: ArrayLike, received: ArrayLike) -> float:
    """How much of what is done is returned: ``Σ min(w_ij, w_ji) / Σ (w_ij + w_ji)/2``.

    One row a period or kind of event, counts or weights that are not negative.
    Units: none. Range: 0 (one way) … 1 (all returned); missing without events.
    Symmetric. Source: Squartini et al. (2013), *Scientific Reports* 3, 2729, eq. 5
    for a single pair.
    """
    there, back = columns(sent=sent, received=received)
    returned = np.atleast_1d(np.minimum(there, back).sum())
    return float(ratio(returned, np.atleast_1d((there + back).sum() / 2.0))[0])
