"""Hypothesis strategies shared by the tests."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from accord.model.dyad import Dyad
from accord.model.period import Period

POLITY_CODES = ("RUS", "CHN", "USA", "DEU", "FRA", "IND", "BRA", "KAZ", "EU", "EAEU", "ASEAN")

years = st.integers(min_value=1950, max_value=2100)
months = st.integers(min_value=1, max_value=12)
days = st.dates(min_value=date(1950, 1, 1), max_value=date(2100, 12, 31))


@st.composite
def month_spans(draw: st.DrawFn) -> Period:
    """Whole months within one year."""
    first = draw(months)
    last = draw(st.integers(min_value=first, max_value=12))
    return Period.of_months(draw(years), first, last)


@st.composite
def periods(draw: st.DrawFn) -> Period:
    """Any closed interval of days."""
    start, end = sorted((draw(days), draw(days)))
    return Period.of_dates(start, end)


@st.composite
def dyads(draw: st.DrawFn) -> Dyad:
    """Two different polities."""
    source, target = draw(
        st.lists(st.sampled_from(POLITY_CODES), min_size=2, max_size=2, unique=True)
    )
    return Dyad(source, target)
