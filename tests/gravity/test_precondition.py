"""The preconditioner is the exact inverse of its blocks and saves passes where trade is at home."""

from __future__ import annotations

import numpy as np
import pytest

from accord.gravity.absorb import absorb, choose_layout
from accord.gravity.design import build_design
from accord.gravity.precondition import couple
from accord.gravity.simulate import simulate_panel


def test_blocks_are_inverted_exactly_and_others_by_their_diagonal() -> None:
    diagonal = np.array([4.0, 2.0, 5.0, 3.0])
    strongest = np.array([3.0, 1.0, 3.0, 1.0])
    blocks = couple(diagonal, strongest, np.array([2, 0, 0, -1]))
    matrix = np.diag(diagonal)
    matrix[0, 2] = matrix[2, 0] = 3.0
    R = np.random.default_rng(1).normal(size=(3, 4))
    assert blocks.solve(R) == pytest.approx(np.linalg.solve(matrix, R.T).T)


def test_levels_that_are_one_flow_keep_the_preconditioner_positive() -> None:
    blocks = couple(np.array([1.0, 1.0]), np.array([1.0, 1.0]), np.array([1, 0]))
    inverse = blocks.solve(np.eye(2))
    assert np.isfinite(inverse).all()
    assert (np.linalg.eigvalsh(inverse) > 0).all()


@pytest.mark.parametrize("layout", ["cube", "sparse"])
def test_dominant_domestic_trade_does_not_slow_absorption(layout: str) -> None:
    panel = simulate_panel(countries=25, years=6, zeros=0.0)
    design = build_design(panel, "trade ~ tariff | exporter^year + importer^year + pair")
    arranged = choose_layout(design, layout=layout)
    home = (panel["exporter"] == panel["importer"]).to_numpy()
    arranged.weigh(arranged.store(np.where(home, 1e4, 1.0)))
    solved = absorb(arranged, arranged.store(np.array(design.X)), tolerance=1e-9)
    assert solved.converged
    assert solved.passes < 30
