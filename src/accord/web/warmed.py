"""Loads what a check needs, once, in the process from which children are forked.

Importing this module does the work: lexicons and patterns are read at first use, and
what the parent has read no child needs to read again. No record is opened here, as an
open database does not survive a fork.
"""

from __future__ import annotations

import gc
from contextlib import suppress

import duckdb  # the module only: no database is opened

import accord.record.sandbox  # noqa: F401  loaded here for the children
from accord.model.document import Document
from accord.read.documents import document_from_bytes
from accord.read.statements import survey_document
from accord.web import work

__all__ = ["duckdb", "work"]

# One sentence of each kind, so that each family of patterns is compiled.
_SENTENCES = (
    "Trade of Russia and China reached $1 billion in 2020, up 5% on the year before.",
    "In 2021 China signed a free trade agreement with Chile, which entered into force in 2022.",
    "India is a member of the Shanghai Cooperation Organisation and joined BRICS in 2006.",
    "Exports of crude oil from Russia to India fell by 3 percent in January 2023.",
    "China is the largest trading partner of Russia and accounts for 18% of its trade.",
    "Russia delivered 10 million tonnes of oil to China through a pipeline opened in 2019.",
    "Japan imposed sanctions on Russia in March 2022, and Germany recalled its ambassador.",
)
with suppress(Exception):  # a defect in reading is told by the check, not by a dead server
    document_from_bytes(" ".join(_SENTENCES).encode(), "-", published="2023-02-01")
    survey_document(Document(text=" ".join(_SENTENCES), source="-"))
gc.freeze()  # what is loaded now is never collected, so a child does not copy its pages
