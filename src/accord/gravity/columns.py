"""From a frame to arrays: expressions, factors and joined categories.

Any frame that narwhals knows (polars, pandas, Arrow) comes in; numpy arrays go out.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

import narwhals as nw
import numpy as np

from accord.errors import GravityError
from accord.gravity.arrays import Codes, Floats
from accord.gravity.codes import factorize, pairwise
from accord.gravity.expressions import Text, evaluate
from accord.gravity.formula import Factor, Formula, Join, Term

__all__ = ["ALIASES", "Columns"]

# Names by which published panels call the same thing; the first found is taken.
ALIASES = {
    "exporter": ("exporter", "iso3_o", "iso_o", "exporter_iso3", "origin", "orig"),
    "importer": ("importer", "iso3_d", "iso_d", "importer_iso3", "destination", "dest"),
    "year": ("year", "time", "period"),
    "trade": (
        "trade",
        "value",
        "flow",
        "tradeflow_baci",
        "tradeflow_comtrade_d",
        "tradeflow_comtrade_o",
        "tradeflow_imf_d",
        "tradeflow_imf_o",
    ),
    "agreement": ("rta", "fta_wto", "agree_fta", "agree_pta", "fta", "RTA"),
}


class Columns:
    """The columns of one frame, fetched by name and kept as arrays.

    Raises ``GravityError`` GRA002 for a name that the frame does not have.
    """

    def __init__(self, data: Any) -> None:
        try:
            self.frame = nw.from_native(data, eager_only=True)
        except TypeError:
            raise GravityError("GRA003", kind=type(data).__name__) from None
        self.names: list[str] = self.frame.columns
        self.n = len(self.frame)
        self._coded: dict[str, tuple[Codes, list[Any]]] = {}

    def role(self, name: str) -> str | None:
        """The column that plays a role: exporter, importer, year, trade, agreement; or None."""
        return next((alias for alias in ALIASES[name] if alias in self.names), None)

    def series(self, name: str) -> Any:
        """The column as a narwhals series."""
        if name in self.names:
            return self.frame[name]
        import difflib

        close = difflib.get_close_matches(name, self.names, n=1)
        suggestion = f" Did you mean “{close[0]}”?" if close else ""
        raise GravityError(
            "GRA002", column=name, suggestion=suggestion, columns=", ".join(self.names[:20])
        )

    def is_numeric(self, name: str) -> bool:
        """Whether the column holds numbers or truth values."""
        kind = self.series(name).dtype
        return bool(kind.is_numeric() or kind == nw.Boolean)

    def numbers(self, name: str) -> Floats:
        """The column as float64, missing values as NaN."""
        series = self.series(name)
        if not self.is_numeric(name):
            raise GravityError("GRA004", column=name, where=self._first_text(name))
        return np.ascontiguousarray(series.cast(nw.Float64).to_numpy(), dtype=np.float64)

    def _first_text(self, name: str) -> str:
        """Where a column of numbers holds something else, as words for a message."""
        values = self.series(name).to_list()
        for row, value in enumerate(values):
            try:
                float("nan" if value is None else value)
            except (TypeError, ValueError):
                return f": row {row + 1} is “{value}”"
        return ": the numbers are written as text"

    def codes(self, name: str) -> tuple[Codes, list[Any]]:
        """The column as codes 0…, −1 where missing, with the sorted values."""
        if name not in self._coded:
            self._coded[name] = factorize(self.series(name))
        return self._coded[name]

    def expression(self, text: str) -> Floats:
        """The values of an expression such as ``log(dist)``."""
        plain = text.strip().strip("`")
        if plain in self.names:
            return self.numbers(plain)
        try:
            with np.errstate(all="ignore"):
                value = np.asarray(evaluate(text, self._values), dtype=np.float64)
        except TypeError:  # arithmetic on text
            for name in re.findall(r"\w+", text):
                if name in self.names:
                    self.numbers(name)
            raise GravityError("GRA004", column=text, where="") from None
        return np.broadcast_to(value, (self.n,)).copy()

    def _values(self, name: str) -> Floats | Text:
        if self.is_numeric(name):
            return self.numbers(name)
        series = self.series(name)
        missing = series.is_null().to_numpy().astype(bool)
        return Text(series.cast(nw.String).to_numpy().astype(str), missing)

    def term(
        self, term: Term, margins: Collection[frozenset[str | Factor]]
    ) -> list[tuple[str, Floats]]:
        """The regressors of one term, named; factors give one for each value.

        ``margins`` are the sets of atoms of all terms of the formula, the empty one for
        a constant or effects. A factor leaves out its first value where the others of
        the term stand for themselves as well: only then do they make up for it.
        """
        atoms = frozenset(term.atoms)
        parts = [self._atom(a, keep_all=atoms - {a} not in margins) for a in term.atoms]
        named = parts[0]
        for more in parts[1:]:
            named = [(f"{a}:{b}", x * y) for a, x in named for b, y in more]
        return named

    def _atom(self, atom: str | Factor, *, keep_all: bool) -> list[tuple[str, Floats]]:
        if isinstance(atom, Factor):
            return self._dummies(atom, keep_all=keep_all or atom.by is not None)
        name = atom.strip("`")
        if name in self.names and not self.is_numeric(name):
            return self._dummies(Factor(name), keep_all=keep_all)
        return [(name if name in self.names else atom, self.expression(atom))]

    def _dummies(self, factor: Factor, *, keep_all: bool) -> list[tuple[str, Floats]]:
        codes, values = self.codes(factor.column)
        missing = codes < 0
        skipped = _reference(factor, values, keep_all=keep_all)
        by: Floats | float = 1.0 if factor.by is None else self.numbers(factor.by)
        made = []
        for code, value in enumerate(values):
            if code != skipped:
                column = np.where(missing, np.nan, (codes == code) * by)
                tail = "" if factor.by is None else f":{factor.by}"
                made.append((f"{factor.column}::{_plain(value)}{tail}", column))
        return made

    def join(self, join: Join) -> tuple[Codes, int]:
        """One categorical variable of several columns: codes (−1 missing) and their count."""
        if join.columns == ("pair",) and "pair" not in self.names:
            join = self._pair()
        if join.symmetric:
            return self._symmetric(join)
        first, values = self.codes(join.columns[0])
        joined, count = first, len(values)
        for name in join.columns[1:]:
            codes, values = self.codes(name)
            joined, count = pairwise(joined, count, codes, len(values))
        return joined, count

    def _symmetric(self, join: Join) -> tuple[Codes, int]:
        """Two columns joined without regard to order, over the values of both."""
        first, second = (self.series(name).cast(nw.String).alias("end") for name in join.columns)
        codes, values = factorize(nw.concat([first.to_frame(), second.to_frame()])["end"])
        one, other = codes[: self.n], codes[self.n :]
        missing = (one < 0) | (other < 0)
        low = np.where(missing, -1, np.minimum(one, other)).astype(np.int32)
        return pairwise(low, len(values), np.maximum(one, other), len(values))

    def _pair(self) -> Join:
        exporter, importer = self.role("exporter"), self.role("importer")
        if exporter is None or importer is None:
            self.series("pair")
            raise AssertionError
        return Join((exporter, importer), "pair")

    def columns_of(self, join: Join) -> frozenset[str]:
        """The columns that a join rests on (``pair`` stands for exporter and importer)."""
        if join.columns == ("pair",) and "pair" not in self.names:
            return frozenset(self._pair().columns)
        return frozenset(join.columns)

    def check(self, formula: Formula) -> None:
        """Raise GRA002 early for a plain name that is not there."""
        for join in formula.effects:
            if join.columns != ("pair",):
                for name in join.columns:
                    self.series(name)


def _reference(factor: Factor, values: list[Any], *, keep_all: bool) -> int:
    if factor.ref is None:
        return -1 if keep_all else 0
    for code, value in enumerate(values):
        if _plain(value) == factor.ref or str(value) == factor.ref:
            return code
    raise GravityError("GRA005", column=factor.column, value=factor.ref)


def _plain(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
