"""Statements meet the record: plan, readings, tolerance, verdict, explanation."""

from __future__ import annotations

from accord.check.facts import Facts, Source
from accord.check.statements import build_case, check_statement, check_statements

__all__ = ["Facts", "Source", "build_case", "check_statement", "check_statements"]
