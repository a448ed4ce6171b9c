"""Loads what a check needs, once, in the process from which children are forked.

Importing this module does the work: lexicons and patterns are read at first use, and
what the parent has read no child needs to read again. No record is opened here, as an
open database does not survive a fork.
"""

from __future__ import annotations

from accord.model.document import Document
from accord.read.statements import survey_document
from accord.web import work

__all__ = ["work"]

survey_document(Document(text="Trade of Russia and China reached $1 billion in 2020.", source="-"))
