"""The bundled fact files: their schema, and that they are clean."""

from __future__ import annotations

import csv
import re
from collections import Counter
from importlib import resources
from typing import Any

import pytest

from accord.model.flow import Direction, Precision
from accord.record import Record, as_of
from accord.record.vintage import agree

FOLDER = resources.files("accord.record") / "reference"
AT_ANY_PRECISION = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?$")
CODE = re.compile(r"[A-Z]{2,6}$")
STATUSES = {
    "member", "observer", "partner", "signatory", "associate", "invited", "left", "suspended",
}  # fmt: skip


def table(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def dated(value: str) -> bool:
    return value == "" or bool(AT_ANY_PRECISION.match(value))


def test_flows_are_complete_and_typed() -> None:
    releases = {row["id"] for row in table("releases.csv")}
    keys = Counter((row["release"], row["n"]) for row in table("flows.csv"))
    assert max(keys.values()) == 1
    for row in table("flows.csv"):
        assert row["release"] in releases, row
        assert CODE.match(row["reporter"]), row
        assert CODE.match(row["partner"]), row
        Direction(row["direction"])
        Precision(row["precision"])
        assert row["value"] or row["growth_pct"], row
        assert bool(row["value"]) == bool(row["currency"]) == bool(row["resolution"]), row
        assert bool(row["growth_pct"]) == bool(row["growth_currency"]), row
        assert bool(row["growth_pct"]) == bool(row["growth_resolution"]), row
        assert bool(row["quantity"]) == bool(row["quantity_unit"]), row
        assert row["as_published"], row


def test_a_value_is_a_whole_number_of_its_last_printed_digit() -> None:
    for row in table("flows.csv"):
        if row["value"]:
            units = float(row["value"]) / float(row["resolution"])
            assert units == pytest.approx(round(units), abs=1e-6), row


def test_yuan_and_dollars_do_not_mix() -> None:
    for row in table("flows.csv"):
        if row["value"] and row["growth_pct"]:
            assert row["currency"] == row["growth_currency"], row
        if row["precision"] == "converted":
            assert (row["currency"], row["growth_pct"]) == ("USD", ""), row


def test_releases_have_publisher_date_and_address() -> None:
    for row in table("releases.csv"):
        assert row["publisher"]
        assert dated(row["published_on"]), row
        assert row["url"].startswith(("http://", "https://")), row
        assert "utm_" not in row["url"]
        assert "sfei.info" not in row["url"]


def test_agreements_are_joined_and_sourced() -> None:
    rows = table("agreements.csv")
    ids = {row["id"] for row in rows}
    assert len(ids) == len(rows)
    sources = table("agreement_sources.csv")
    assert {row["agreement"] for row in sources} == ids
    for row in rows:
        assert all(dated(row[c]) for c in ("signed", "in_force", "ended")), row
        assert all(CODE.match(code) for code in row["parties"].split(";")), row
        assert not row["part_of"] or row["part_of"] in ids, row
        for variant in filter(None, row["variants"].split(";")):
            column, day = variant.split(":")
            assert column in {"signed", "in_force", "ended"}
            assert dated(day)


def test_other_facts_are_typed() -> None:
    for row in table("memberships.csv"):
        assert row["status"] in STATUSES, row
        assert dated(row["start"]), row
        assert dated(row["end"]), row
        assert row["url"], row
    for row in table("events.csv"):
        assert dated(row["date"]), row
        assert all(CODE.match(actor) for actor in row["actors"].split(";")), row
    for name in ("events.csv", "projects.csv", "memberships.csv"):
        ids = [row["id"] for row in table(name)]
        assert len(set(ids)) == len(ids), name


def test_everything_in_the_files_is_in_the_record(bundled: Record) -> None:
    assert len(bundled.flows()) == len(table("flows.csv"))
    assert len(bundled.agreements()) == len(table("agreements.csv"))
    assert len(bundled.memberships()) == len(table("memberships.csv"))
    assert len(bundled.events()) == len(table("events.csv"))
    assert len(bundled.projects()) == len(table("projects.csv"))
    assert len(bundled.initiatives()) == len(table("initiatives.csv"))


def test_parts_of_one_release_add_up(bundled: Record) -> None:
    cells: dict[Any, dict[str, Any]] = {}
    for flow in bundled.flows():
        if flow.value is not None and flow.doubtful is None and flow.precision == "exact":
            key = (flow.release.publisher, flow.release.published_on, flow.reporter, flow.partner)
            cell = (*key, flow.product, flow.period, flow.currency)
            cells.setdefault(cell, {})[flow.direction.value] = flow
    whole = [c for c in cells.values() if {"export", "import", "total"} <= c.keys()]
    assert len(whole) > 30
    for cell in whole:
        gap = cell["export"].value + cell["import"].value - cell["total"].value
        units = sum(flow.resolution for flow in cell.values())
        assert abs(gap) <= units, cell["total"]


def test_rows_of_one_day_that_contradict_each_other_are_doubtful(bundled: Record) -> None:
    cells: dict[Any, list[Any]] = {}
    for flow in bundled.flows():
        if flow.growth_pct is not None and flow.doubtful is None:
            day = (flow.release.publisher, flow.release.published_on, flow.growth_currency)
            cell = (*day, flow.reporter, flow.partner, flow.direction, flow.product, flow.period)
            cells.setdefault(cell, []).append(flow)
    for flows in cells.values():
        for flow in flows[1:]:
            assert agree(flows[0], flow, of="growth_pct"), flow


def test_january_february_2021_stands_as_a_floor(bundled: Record) -> None:
    flows = [
        flow
        for flow in bundled.flows(reporters=["CHN"], partners=["RUS"], products=["all"])
        if str(flow.period) == "2021-01-01/2021-02-28"
    ]
    assert [(f.value, f.precision, f.growth_pct) for f in flows] == [(18e9, "floor", 8.5)]
    assert as_of(flows, None) is flows[0]
