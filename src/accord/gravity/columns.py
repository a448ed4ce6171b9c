"""From a frame to arrays: expressions, factors and joined categories.

Any frame that narwhals knows (polars, pandas, Arrow) comes in; numpy arrays go
out. An expression is arithmetic over columns with a few named functions,
evaluated from its syntax tree: nothing else can run.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable
from typing import Any, TypeVar

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from accord.errors import GravityError
from accord.gravity.formula import Factor, Formula, Join, Term

__all__ = ["Codes", "Columns", "Floats", "Ints", "Kind", "Mask", "compact", "factorize"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Codes = NDArray[np.int32]
Mask = NDArray[np.bool_]
Kind = TypeVar("Kind", bound=np.generic)

FUNCTIONS: dict[str, Callable[..., Any]] = {
    "log": np.log,
    "ln": np.log,
    "log1p": np.log1p,
    "exp": np.exp,
    "sqrt": np.sqrt,
    "abs": np.abs,
    "min": np.minimum,
    "max": np.maximum,
    "I": lambda value: value,
    "level": lambda value: value,
}
OPERATORS: dict[type, Callable[..., Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.And: np.logical_and,
    ast.Or: np.logical_or,
    ast.BitAnd: np.logical_and,
    ast.BitOr: np.logical_or,
    ast.Not: np.logical_not,
    ast.Invert: np.logical_not,
}
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
            raise GravityError("GRA004", column=name)
        return np.ascontiguousarray(series.cast(nw.Float64).to_numpy(), dtype=np.float64)

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
                value = self._evaluate(_tree(text), text)
        except TypeError:  # arithmetic on text
            raise GravityError("GRA004", column=text) from None
        return np.broadcast_to(np.asarray(value, dtype=np.float64), (self.n,)).copy()

    def _evaluate(self, node: ast.AST, text: str) -> Any:
        match node:
            case ast.Name(id=name):
                return self._values(name)
            case ast.Constant(value=value):
                return value
            case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in FUNCTIONS:
                return FUNCTIONS[name](*(self._evaluate(argument, text) for argument in args))
            case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
                return OPERATORS[type(op)](self._evaluate(left, text), self._evaluate(right, text))
            case ast.UnaryOp(op=op, operand=operand):
                return OPERATORS[type(op)](self._evaluate(operand, text))
            case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in OPERATORS:
                return OPERATORS[type(op)](self._evaluate(left, text), self._evaluate(right, text))
            case ast.BoolOp(op=op, values=values):
                parts = [self._evaluate(value, text) for value in values]
                return OPERATORS[type(op)](parts[0], parts[1]) if len(parts) == 2 else parts[0]
        raise GravityError(
            "GRA001", formula=text, reason=f"“{ast.unparse(node)}” is not understood"
        )

    def _values(self, name: str) -> Any:
        name = name.replace("__tick__", "")
        if self.is_numeric(name):
            return self.numbers(name)
        return self.series(name).to_numpy().astype(str)

    def term(self, term: Term, *, keep_all: bool) -> list[tuple[str, Floats]]:
        """The regressors of one term, named; factors give one for each value."""
        parts = [self._atom(atom, keep_all=keep_all) for atom in term.atoms]
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


def pairwise(a: Codes, a_count: int, b: Codes, b_count: int) -> tuple[Codes, int]:
    """Two categorical variables joined, renumbered without gaps; −1 where either is missing."""
    joined = a.astype(np.int64) * b_count + b
    joined[(a < 0) | (b < 0)] = -1
    return compact(joined, a_count * b_count)


def factorize(series: Any) -> tuple[Codes, list[Any]]:
    """Codes in sorted order of the values, −1 where missing, and the values."""
    if series.dtype in {nw.Categorical, nw.Enum}:
        series = series.cast(nw.String)
    present = ~(series.is_null())
    if series.dtype.is_float():
        present = present & ~series.is_nan()
    mask = present.to_numpy().astype(bool)
    if series.dtype.is_numeric() or series.dtype == nw.Boolean:
        codes, levels = _number_codes(series.filter(present).to_numpy())
    else:
        codes, levels = _text_codes(series.filter(present))
    if mask.all():
        return codes.astype(np.int32), levels
    full = np.full(len(mask), -1, dtype=np.int32)
    full[mask] = codes
    return full, levels


def _number_codes(values: NDArray[Any]) -> tuple[Codes, list[Any]]:
    """Codes of numbers; whole ones within a narrow range (years, codes) need no sorting."""
    if len(values) and values.dtype.kind in "iu":
        low, high = int(values.min()), int(values.max())
        if high - low < 4 * len(values) + 1000:
            codes, _ = compact(values.astype(np.int64) - low, high - low + 1)
            seen = np.zeros(high - low + 1, dtype=bool)
            seen[values.astype(np.int64) - low] = True
            return codes, (np.flatnonzero(seen) + low).tolist()
    levels, inverse = np.unique(values, return_inverse=True)
    return inverse.astype(np.int32), levels.tolist()


def _text_codes(series: Any) -> tuple[Codes, list[Any]]:
    if series.implementation.is_polars():
        return _polars_text_codes(series.to_native())
    import pyarrow as pa
    import pyarrow.compute as pc

    encoded = series.to_arrow().dictionary_encode()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks() if encoded.num_chunks != 1 else encoded.chunk(0)
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.chunk(0)
    order = pc.sort_indices(encoded.dictionary).to_numpy()
    rank = np.empty(len(order), dtype=np.int32)
    rank[order] = np.arange(len(order))
    return rank[encoded.indices.to_numpy()], encoded.dictionary.take(pa.array(order)).to_pylist()


def _polars_text_codes(series: Any) -> tuple[Codes, list[Any]]:
    """The same without Arrow, whose import would cost more memory than a million rows."""
    import polars as pl

    levels = series.unique().sort()
    if series.dtype == pl.String:
        codes = series.cast(pl.Enum(levels)).to_physical()
    else:  # dates and the like
        codes = series.rank("dense") - 1
    return codes.to_numpy().astype(np.int32), levels.to_list()


def compact(codes: Ints | Codes, count: int) -> tuple[Codes, int]:
    """Renumber codes to 0…k−1 with no gaps; −1 stays."""
    if count <= 4 * len(codes) + 1000:
        used = np.zeros(count + 1, dtype=bool)
        used[codes] = True  # −1 marks the last place, which no code has
        number = np.cumsum(used[:count], dtype=np.int32) - 1
        number = np.append(number, -1).astype(np.int32)
        return number[codes], int(used[:count].sum())
    values, renumbered = np.unique(codes, return_inverse=True)
    lowest = 1 if len(values) and values[0] == -1 else 0
    return (renumbered - lowest).astype(np.int32), len(values) - lowest


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


def _tree(text: str) -> ast.AST:
    cleaned = re.sub(r"`([^`]+)`", r"\1", text).replace("^", "**")
    try:
        return ast.parse(cleaned, mode="eval").body
    except SyntaxError:
        raise GravityError("GRA001", formula=text, reason=f"“{text}” is not understood") from None
