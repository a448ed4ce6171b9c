"""What ``accord read`` does to each document: its statements in the form of the contract."""

from __future__ import annotations

from typing import Any

from accord.model.document import Document
from accord.model.serial import statement_to_dict, statements_to_dict
from accord.model.statement import Statement
from accord.read.language import unreadable_language
from accord.read.statements import survey_document

__all__ = ["read_line", "read_whole"]


def read_line(document: Document, *, explain: bool = False) -> dict[str, Any]:
    """``{"statements"}`` of a line of JSON; raises READ010 for a language not read yet."""
    statements, _ = _survey(document)
    return {"statements": [_fields(statement, explain) for statement in statements]}


def read_whole(document: Document, *, explain: bool = False) -> dict[str, Any]:
    """Document and statements, as ``accord read --json`` prints them; raises READ010.

    ``explain`` keeps the traces: for each field the words it came from and the rule.
    """
    statements, not_understood = _survey(document)
    fields = statements_to_dict(document, (), not_understood=not_understood)
    fields["statements"] = [_fields(statement, explain) for statement in statements]
    return fields


def _survey(document: Document) -> tuple[tuple[Statement, ...], int]:
    problem = unreadable_language(document)
    if problem is not None:
        raise problem
    survey = survey_document(document)
    return survey.statements, survey.not_understood


def _fields(statement: Statement, explain: bool) -> dict[str, Any]:
    fields = statement_to_dict(statement)
    if not explain:
        del fields["traces"]
    return fields
