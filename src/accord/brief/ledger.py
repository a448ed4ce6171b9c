"""The evidence of a brief: one numbered item for every figure or fact that is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from accord.brief.parties import name_of
from accord.brief.series import Figure, Growth
from accord.brief.wording import flow_amount, listing, period_words, signed_percent
from accord.model.facts import FactSource
from accord.model.flow import Flow
from accord.model.release import Release
from accord.model.verdict import Evidence

__all__ = ["Ledger", "publishers_of"]


class Ledger:
    """Collects evidence and hands out its numbers (``e1``, ``e2``, …)."""

    def __init__(self, query_for: Callable[[str], str]) -> None:
        self._query_for = query_for
        self._numbers: dict[tuple[object, ...], str] = {}
        self._items: list[Evidence] = []
        self._releases: dict[str, Release] = {}

    @property
    def items(self) -> tuple[Evidence, ...]:
        """All evidence so far, in the order of its numbers."""
        return tuple(self._items)

    @property
    def releases(self) -> tuple[Release, ...]:
        """Every release that is cited, newest first."""
        newest = sorted(self._releases.values(), key=lambda r: (r.published or "", r.id))
        return tuple(reversed(newest))

    def cite_figure(self, figure: Figure) -> str:
        """The number of a value."""
        return self._cite(figure.flows, figure.arithmetic, figure.value, "USD")

    def cite_growth(self, growth: Growth) -> str:
        """The number of a growth rate."""
        return self._cite(growth.flows, growth.arithmetic, growth.value, "percent")

    def cite_computed(
        self, flows: Iterable[Flow], *, arithmetic: str, value: float, unit: str
    ) -> str:
        """The number of something computed from several rows."""
        return self._cite(tuple(dict.fromkeys(flows)), arithmetic, value, unit)

    def cite_fact(self, source: FactSource, summary: str) -> str:
        """The number of a dated fact."""
        key = (source.row, summary)
        item = Evidence(
            row=source.row,
            summary=summary,
            publisher=source.publisher,
            published_on=source.published_on,
            url=source.url,
            query=self._query_for(source.row),
        )
        return self._number(key, item)

    def cite_model(
        self,
        release: Release,
        *,
        summary: str,
        arithmetic: str,
        value: float | None,
        unit: str | None,
    ) -> str:
        """The number of a model's result on a panel that the record holds."""
        self._releases.setdefault(release.id, release)
        item = Evidence(
            row=f"panel:{release.id}",
            summary=summary,
            publisher=release.publisher,
            published_on=release.published,
            url=release.url,
            value=value,
            unit=unit,
            arithmetic=arithmetic,
        )
        return self._number((release.id, summary), item)

    def _cite(
        self, flows: tuple[Flow, ...], arithmetic: str | None, value: float, unit: str
    ) -> str:
        for flow in flows:
            self._releases.setdefault(flow.release.id, flow.release)
        rows = [flow.row for flow in flows]
        urls = list(dict.fromkeys(f.release.url for f in flows if f.release.url))
        days = [f.release.published for f in flows if f.release.published]
        item = Evidence(
            row=" ".join(rows),
            summary="; ".join(describe_flow(flow) for flow in flows),
            publisher=listing(publishers_of(flows)),
            published_on=max(days) if days else None,
            url=urls[0] if urls else None,
            value=value,
            unit=unit,
            arithmetic=arithmetic,
            query="; ".join(self._query_for(row) for row in rows) or None,
        )
        # A published value and the rate printed beside it are one row and one item.
        key = (*rows, arithmetic) if arithmetic else tuple(rows)
        return self._number(key, item)

    def _number(self, key: tuple[object, ...], item: Evidence) -> str:
        if key not in self._numbers:
            self._items.append(item)
            self._numbers[key] = f"e{len(self._items)}"
        return self._numbers[key]


def describe_flow(flow: Flow) -> str:
    """One row of the record in words: who on whom, what, when, how much."""
    goods = "all goods" if flow.product == "all" else flow.product
    parts = [
        f"{name_of(flow.reporter)} on {name_of(flow.partner)}, {flow.direction.value}",
        f"{goods}, {period_words(flow.period)}:",
    ]
    figures = []
    if flow.value is not None:
        figures.append(flow_amount(flow))
    if flow.growth_pct is not None:
        figures.append(signed_percent(flow.growth_pct, resolution=flow.growth_resolution))
    if flow.row.startswith(("sum:", "months:")) and flow.as_published:
        figures.append(flow.as_published)
    return ", ".join(parts) + " " + ", ".join(figures)


def publishers_of(flows: Iterable[Flow]) -> list[str]:
    """Who published the figures, each once, in order of appearance."""
    return list(dict.fromkeys(flow.release.publisher for flow in flows))
