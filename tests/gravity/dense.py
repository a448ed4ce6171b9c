"""The textbook solution: dummies written out, statsmodels' GLM, clustered by hand."""

from __future__ import annotations

import numpy as np
import polars as pl
import statsmodels.api as sm
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def dummies(frame: pl.DataFrame, effects: list[list[str]]) -> Floats:
    """One column a level, collinear ones left in (a pseudo-inverse copes)."""
    columns = []
    for names in effects:
        key = frame.select(pl.concat_str([pl.col(n).cast(pl.String) for n in names], separator="|"))
        values = key.to_series().to_list()
        levels = sorted(set(values))
        columns.append(np.array([[v == level for level in levels] for v in values], dtype=float))
    return np.hstack(columns)


def independent(X: Floats, first: int) -> Floats:
    """The first columns and as many others as add rank."""
    kept = list(range(first))
    r = np.linalg.qr(X, mode="r")
    rank = np.abs(np.diag(r)) > 1e-9 * np.abs(r).max()
    kept += [c for c in range(first, X.shape[1]) if rank[c]]
    return X[:, kept]


def fit_dense(
    frame: pl.DataFrame,
    response: str,
    regressors: list[str],
    effects: list[list[str]],
    *,
    family: str = "poisson",
    cluster: list[str] | None = None,
) -> tuple[Floats, Floats]:
    """Coefficients and standard errors (factor G/(G−1), or n/(n−1) without clusters)."""
    k = len(regressors)
    X = frame.select(regressors).to_numpy().astype(float)
    X = independent(np.hstack([X, dummies(frame, effects)]), k) if effects else sm.add_constant(X)
    if not effects:
        X = np.hstack([X[:, 1:], X[:, :1]])
    y = frame[response].to_numpy().astype(float)
    if family == "ols":
        beta, *_ = np.linalg.lstsq(X, y, rcond=None)
        mu, w = X @ beta, np.ones(len(y))
    else:
        model = (
            sm.families.Poisson()
            if family == "poisson"
            else sm.families.Gamma(sm.families.links.Log())
        )
        beta = sm.GLM(y, X, family=model).fit(tol=1e-14, maxiter=500).params
        mu = np.exp(X @ beta)
        w = mu if family == "poisson" else np.ones(len(y))
    residual = (y - mu) if family != "gamma" else (y - mu) / mu
    scores = X * residual[:, None]
    bread = np.linalg.pinv((X * w[:, None]).T @ X)
    if cluster is None:
        meat, G = scores.T @ scores, len(y)
    else:
        key = frame.select(
            pl.concat_str([pl.col(n).cast(pl.String) for n in cluster], separator="|")
        )
        _, codes = np.unique(key.to_series().to_list(), return_inverse=True)
        sums = np.zeros((codes.max() + 1, X.shape[1]))
        np.add.at(sums, codes, scores)
        meat, G = sums.T @ sums, len(sums)
    V = bread @ meat @ bread * (G / (G - 1))
    return beta[:k], np.sqrt(np.diag(V))[:k]
