"""From a frame and a formula to the arrays of an estimation, with what was left out.

A design holds the flow, the regressors, the fixed effects and the clusters of
the rows that can be used, and remembers for every row left out why.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from accord.errors import GravityError
from accord.gravity.arrays import Codes, Floats, Ints, Mask
from accord.gravity.codes import compact, pairwise
from accord.gravity.columns import Columns
from accord.gravity.expressions import logged
from accord.gravity.formula import Formula, Join, parse_formula, parse_joins
from accord.gravity.links import link, networks

__all__ = ["CONSTANT", "Category", "Design", "Dropped", "build_design"]

CONSTANT = "constant"
SECTORS = ("sector", "industry", "industry_id", "product", "commodity", "hs2", "isic", "flow")
LOGGED = ("ln_", "log_", "lntrade", "logtrade", "lnx", "ln ", "log ")


@dataclass(frozen=True, slots=True)
class Category:
    """A categorical variable of the rows: codes 0…count−1, and the columns it rests on.

    Two columns joined without regard to order tell less than both: they count as one
    column of their own, named as the join.
    """

    label: str
    codes: Codes
    count: int
    columns: frozenset[str]

    def take(self, rows: Ints | Mask) -> Category:
        """The same for some of the rows, renumbered."""
        codes, count = compact(self.codes[rows], self.count)
        return Category(self.label, codes, count, self.columns)


@dataclass(frozen=True, slots=True)
class Dropped:
    """What an estimation left out: rows by reason (0-based numbers), regressors by name.

    ``missing_in`` says in which variables how many values are missing or not finite.
    """

    missing: Ints
    zero_in_logs: Ints
    separated: Ints
    collinear: tuple[str, ...] = ()
    missing_in: tuple[tuple[str, int], ...] = ()

    @property
    def rows(self) -> int:
        """How many rows were left out."""
        return len(self.missing) + len(self.zero_in_logs) + len(self.separated)


@dataclass(frozen=True, slots=True)
class Design:
    """The arrays of one estimation.

    ``y`` has shape (n,), ``X`` an array of as many for each regressor; ``rows`` are
    the 0-based numbers of the rows of the frame that are used.
    """

    formula: Formula
    y: Floats
    X: tuple[Floats, ...]
    names: tuple[str, ...]
    effects: tuple[Category, ...]
    clusters: tuple[Category, ...]
    rows: Codes
    dropped: Dropped
    in_logs: bool = False
    notes: tuple[str, ...] = ()
    bases: dict[str, Category] = field(default_factory=dict)

    @property
    def n(self) -> int:
        """Rows used."""
        return len(self.y)

    def take(self, keep: Mask) -> Design:
        """The design of some of its rows."""
        if keep.all():
            return self
        return replace(
            self,
            y=self.y[keep],
            X=tuple(x[keep] for x in self.X),
            effects=tuple(effect.take(keep) for effect in self.effects),
            clusters=tuple(cluster.take(keep) for cluster in self.clusters),
            rows=self.rows[keep],
            bases={name: base.take(keep) for name, base in self.bases.items()},
        )


def build_design(
    data: Any,
    formula: str,
    *,
    estimator: str = "ppml",
    cluster: str | None = None,
    repeated: str = "error",
) -> Design:
    """The design of a formula over a frame (polars, pandas or Arrow).

    Args:
        data: the panel, one row a flow.
        formula: see :mod:`accord.gravity.formula`.
        estimator: with ``ols`` the flow is taken in logs, and zeros are left out.
        cluster: columns as in the effects, ``robust``, or None for the pair.
        repeated: ``error`` refuses a pair that stands twice in a period, ``allow`` takes it.

    Raises:
        GravityError: GRA001 to GRA017, each naming the column or row at fault.
    """
    parsed = parse_formula(formula)
    columns = Columns(data)
    columns.check(parsed)
    y, in_logs, notes = _response(columns, parsed, estimator)
    names, X = _regressors(columns, parsed)
    made: dict[tuple[tuple[str, ...], bool], Category] = {}
    effects = tuple(_category(columns, join, made) for join in parsed.effects)
    joins = _cluster_joins(columns, parsed, cluster)
    clusters = tuple(_category(columns, join, made) for join in joins)
    bases = _bases(columns, parsed, made)
    missing = _missing(y, X, [*effects, *clusters], zero_as_minus_infinity=in_logs)
    zero = in_logs & np.isneginf(y) & ~missing if in_logs else np.zeros(len(y), dtype=bool)
    _check_flow(y, missing, estimator, parsed.response)
    if repeated == "error":
        _check_repeated(columns, parsed, ~missing)
    keep = ~(missing | zero)
    nothing = np.zeros(0, dtype=np.int64)
    missing_in: tuple[tuple[str, int], ...] = ()
    if missing.any():
        variables = [(parsed.response, np.where(zero, 0.0, y)), *zip(names, X, strict=True)]
        missing_in = _missing_in(variables, [*effects, *clusters])
    if not keep.any():
        where = "".join(f"; {name}: {count:,} rows" for name, count in missing_in)
        raise GravityError("GRA006", formula=formula, where=where)
    dropped = Dropped(np.flatnonzero(missing), np.flatnonzero(zero), nothing, missing_in=missing_in)
    rows = np.arange(columns.n, dtype=np.int32)
    _check_clusters(clusters, keep)
    notes += _networks(columns, parsed, keep if estimator == "ols" else keep & (y > 0))
    design = Design(parsed, y, X, names, effects, clusters, rows, dropped, in_logs, notes, bases)
    return design.take(keep)


def _response(
    columns: Columns, formula: Formula, estimator: str
) -> tuple[Floats, bool, tuple[str, ...]]:
    text = formula.response.replace(" ", "")
    y = columns.expression(formula.response)
    if estimator != "ols" or text.startswith("level("):
        return y, False, ()
    inner = logged(formula.response)
    if inner is not None:
        _check_not_negative(columns.expression(inner), inner)
        return y, True, ()
    if text.strip("`").lower().startswith(LOGGED):
        return y, False, (f"{text} is taken to be in logs already",)
    _check_not_negative(y, text)
    with np.errstate(divide="ignore"):
        return np.log(y), True, (f"ordinary least squares on log({text})",)


def _check_not_negative(y: Floats, name: str) -> None:
    negative = np.flatnonzero(y < 0)
    if len(negative):
        raise GravityError("GRA007", column=name, row=int(negative[0]) + 1, value=y[negative[0]])


def _regressors(columns: Columns, formula: Formula) -> tuple[tuple[str, ...], tuple[Floats, ...]]:
    margins = formula.margins
    named = [pair for term in formula.terms for pair in columns.term(term, margins)]
    if formula.constant:
        named = [(CONSTANT, np.ones(columns.n)), *named]
    return tuple(name for name, _ in named), tuple(values for _, values in named)


def _category(
    columns: Columns, join: Join, made: dict[tuple[tuple[str, ...], bool], Category]
) -> Category:
    """The category of a join; one of the same columns is shared, not made again."""
    key = (join.columns, join.symmetric)
    if key not in made:
        codes, count = columns.join(join)
        names = frozenset({join.label}) if join.symmetric else columns.columns_of(join)
        made[key] = Category(join.label, codes, count, names)
    return replace(made[key], label=join.label)


def _cluster_joins(columns: Columns, formula: Formula, cluster: str | None) -> tuple[Join, ...]:
    if cluster is not None:
        return () if cluster in {"robust", "none", ""} else parse_joins(cluster)
    exporter, importer = columns.role("exporter"), columns.role("importer")
    if not exporter or not importer:
        return _pair_effect(columns, formula)
    pair = Join((exporter, importer), "pair")
    return next(((join,) for join in formula.effects if _is_pair(columns, join, pair)), (pair,))


def _pair_effect(columns: Columns, formula: Formula) -> tuple[Join, ...]:
    """The pair effect where exporter and importer go by names of their own.

    It is one called pair, or two columns joined beside effects that join the year.
    """
    called = [join for join in formula.effects if "pair" in join.label.lower()]
    year = columns.role("year")
    yearly = [join for join in formula.effects if year in join.columns and len(join.columns) > 1]
    ends = {name for join in yearly for name in join.columns} - {year}
    both = [join for join in formula.effects if set(join.columns) == ends and len(ends) == 2]
    return tuple([*called, *both][:1])


def _is_pair(columns: Columns, join: Join, pair: Join) -> bool:
    """Whether an effect is one of pairs: of both ends, each pair in one of its levels."""
    names = columns.columns_of(join)
    if names == columns.columns_of(pair):
        return True
    if len(names) != 1 or names & {columns.role(r) for r in ("exporter", "importer", "year")}:
        return join.symmetric and names == columns.columns_of(pair)
    codes, count = columns.join(join)
    ends, pairs = columns.join(pair)
    return count > 1 and pairwise(ends, pairs, codes, count)[1] == pairs > count // 2


def _bases(
    columns: Columns, formula: Formula, made: dict[tuple[tuple[str, ...], bool], Category]
) -> dict[str, Category]:
    """The columns that joined effects rest on: for layouts and bias correction."""
    symmetric = [join for join in formula.effects if join.symmetric]
    joined = [join for join in formula.effects if not join.symmetric]
    names = {name for join in joined for name in columns.columns_of(join)}
    return {
        **{name: _category(columns, Join((name,), name), made) for name in sorted(names)},
        **{join.label: _category(columns, join, made) for join in symmetric},
    }


def _missing(
    y: Floats,
    X: tuple[Floats, ...],
    categories: list[Category],
    *,
    zero_as_minus_infinity: bool,
) -> Mask:
    usable = np.isfinite(y)
    if zero_as_minus_infinity:
        usable |= np.isneginf(y)
    for values in X:
        usable &= np.isfinite(values)
    for category in categories:
        usable &= category.codes >= 0
    return ~usable


def _missing_in(
    variables: list[tuple[str, Floats]], categories: list[Category]
) -> tuple[tuple[str, int], ...]:
    """In which variables how many rows have no usable value."""
    counts = {name: int((~np.isfinite(values)).sum()) for name, values in variables}
    counts |= {category.label: int((category.codes < 0).sum()) for category in categories}
    return tuple((name, count) for name, count in counts.items() if count)


def _check_flow(y: Floats, missing: Mask, estimator: str, name: str) -> None:
    if estimator == "ols":
        return
    _check_not_negative(y, name)
    if not missing.all() and not (y[~missing] > 0).any():
        raise GravityError("GRA008", column=name)


def _check_clusters(clusters: tuple[Category, ...], keep: Mask) -> None:
    for cluster in clusters:
        used = cluster.codes[keep]
        if len(used) > 1 and used.min() == used.max():
            raise GravityError("GRA017", column=cluster.label)


def _networks(columns: Columns, formula: Formula, flow: Mask) -> tuple[str, ...]:
    """A note where the panel falls into parts that never trade with one another."""
    ends = [columns.role(end) for end in ("exporter", "importer")]
    if not formula.effects or None in ends:
        return ()
    (here, sellers), (there, buyers) = (columns.codes(str(end)) for end in ends)
    linked = link(here, there, flow, (len(sellers), len(buyers)))
    active = linked[linked.any(axis=1)]
    parts = len(np.unique(networks(active)))
    if parts < 2:
        return ()
    return (f"the panel falls into {parts} parts that do not trade with one another",)


def _check_repeated(columns: Columns, formula: Formula, keep: Mask) -> None:
    """A pair that stands twice in a period is an error unless a further column tells them apart."""
    exporter, importer = columns.role("exporter"), columns.role("importer")
    if exporter is None or importer is None:
        return
    names = [exporter, importer, columns.role("year")]
    names += [name for name in SECTORS if name in columns.names]
    names += [name for join in formula.effects for name in join.columns if name in columns.names]
    plain = tuple(dict.fromkeys(name for name in names if name))
    codes, count = columns.join(Join(plain, "row"))
    used = codes[keep & (codes >= 0)]
    if count == len(used):
        return
    twice = np.flatnonzero(np.bincount(used, minlength=count) > 1)
    if not len(twice):
        return
    first = np.flatnonzero((codes == twice[0]) & keep)[:2]
    where = ", ".join(f"{name} {columns.series(name)[int(first[0])]}" for name in plain)
    raise GravityError(
        "GRA009", where=where, first=int(first[0]) + 1, second=int(first[1]) + 1, count=len(twice)
    )
