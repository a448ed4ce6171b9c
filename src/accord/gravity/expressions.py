"""Arithmetic over columns, evaluated from its syntax tree: nothing else can run.

Truth values are the numbers one and zero, and what is missing (NaN) stays missing
in comparisons too: it is neither true nor false.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from accord.errors import GravityError
from accord.gravity.arrays import Mask

__all__ = ["Text", "evaluate", "logged"]

FUNCTIONS: dict[str, Callable[..., Any]] = {
    "log": np.log,
    "ln": np.log,
    "log2": np.log2,
    "log10": np.log10,
    "log1p": np.log1p,
    "exp": np.exp,
    "sqrt": np.sqrt,
    "abs": np.abs,
    "min": np.minimum,
    "max": np.maximum,
    "I": lambda value: value,
    "level": lambda value: value,
}
ARITHMETIC: dict[type, Callable[..., Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
}
COMPARISONS: dict[type, Callable[..., Any]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
# On truth values as numbers; NaN passes through.
LOGICAL: dict[type, Callable[..., Any]] = {
    ast.And: np.minimum,
    ast.Or: np.maximum,
    ast.BitAnd: np.minimum,
    ast.BitOr: np.maximum,
    ast.Not: lambda value: 1.0 - value,
    ast.Invert: lambda value: 1.0 - value,
}


@dataclass(frozen=True, slots=True)
class Text:
    """A column of text and where it is missing."""

    values: NDArray[Any]
    missing: Mask


def evaluate(text: str, values: Callable[[str], Any]) -> Any:
    """The value of an expression; ``values`` gives numbers or :class:`Text` by name.

    Raises ``GravityError`` GRA001 for what is no arithmetic, ``TypeError`` for
    arithmetic on text.
    """
    return _evaluate(_tree(text), text, values)


def logged(text: str) -> str | None:
    """What an expression is the logarithm of, as it is written; None where it is none."""
    match _tree(text) if "(" in text else None:
        case ast.Call(func=ast.Name(id="log" | "ln" | "log2" | "log10"), args=[inner]):
            return ast.unparse(inner)
        case ast.Call(func=ast.Name(id="log1p"), args=[inner]):
            return f"1 + {ast.unparse(inner)}"
    return None


def _tree(text: str) -> ast.expr:
    cleaned = re.sub(r"`([^`]+)`", r"\1", text).replace("^", "**")
    try:
        return ast.parse(cleaned, mode="eval").body
    except SyntaxError:
        raise _wrong(text, f"“{text}” is not understood") from None


def _evaluate(node: ast.expr, text: str, values: Callable[[str], Any]) -> Any:
    def inside(*nodes: ast.expr) -> list[Any]:
        return [_evaluate(each, text, values) for each in nodes]

    match node:
        case ast.Name(id=name):
            return values(name)
        case ast.Constant(value=value):
            return value
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in FUNCTIONS:
            return FUNCTIONS[name](*inside(*args))
        case ast.BoolOp(op=op, values=parts):
            return _operate(op, inside(*parts))
        case ast.BinOp(op=op, left=left, right=right) if type(op) in ARITHMETIC | LOGICAL:
            return _operate(op, inside(left, right))
        case ast.UnaryOp(op=op, operand=operand):
            return _operate(op, inside(operand))
        case ast.Compare(left=left, ops=ops, comparators=others):
            if all(type(op) in COMPARISONS for op in ops):
                return _compare(ops, inside(left, *others), text)
    raise _wrong(text, f"“{ast.unparse(node)}” is not understood")


def _operate(op: ast.AST, operands: list[Any]) -> Any:
    if type(op) in ARITHMETIC:
        return ARITHMETIC[type(op)](*operands)
    known = LOGICAL[type(op)]
    truths = [np.abs(np.sign(np.asarray(value, dtype=np.float64))) for value in operands]
    return reduce(known, truths) if len(truths) > 1 else known(truths[0])


def _compare(ops: list[ast.cmpop], sides: list[Any], text: str) -> Any:
    """Comparisons one after the other, all of which must hold."""
    pairs = zip(ops, sides[:-1], sides[1:], strict=True)
    return reduce(np.minimum, [_compared(op, left, right, text) for op, left, right in pairs])


def _compared(op: ast.cmpop, left: Any, right: Any, text: str) -> Any:
    kinds = {isinstance(side, str | Text) for side in (left, right)}
    if len(kinds) > 1:
        raise _wrong(text, "it compares text with numbers")
    (left, absent), (right, missing) = _known(left), _known(right)
    return np.where(absent | missing, np.nan, COMPARISONS[type(op)](left, right))


def _known(side: Any) -> tuple[Any, Any]:
    """Values and where they are missing."""
    if isinstance(side, Text):
        return side.values, side.missing
    return side, False if isinstance(side, str) else np.isnan(np.asarray(side, dtype=np.float64))


def _wrong(text: str, reason: str) -> GravityError:
    return GravityError("GRA001", formula=text, reason=reason)
