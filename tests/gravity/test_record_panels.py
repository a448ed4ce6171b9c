"""Panels from the record: each published format, covariates hung on, agreements by their dates.

The files have the publishers' columns and the simulator's invented countries; only
BACI, whose codes must be real, has real ones, with one and the same value everywhere.
"""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from accord.cli.gravity_panel import build_panel, dated_agreements, membership_columns
from accord.cli.main import run
from accord.gravity.columns import Columns
from accord.gravity.prepare import look_up, sum_sectors
from accord.gravity.simulate import simulate_panel
from accord.record import open_record

AT_HOME = pl.col("exporter") == pl.col("importer")


def published(form: str) -> pl.DataFrame:
    """A simulated panel in the columns of a publisher's file."""
    frame = simulate_panel(countries=9, years=6, first_year=2010, seed=3)
    distance = pl.col("ln_dist").exp()
    if form == "agtpa":
        names = {"cntg": "contiguity", "rta": "rta"}
        return frame.select("exporter", "importer", "year", "trade", dist=distance, **names)
    if form == "itpd_e":
        parts = [
            frame.with_columns(industry_id=pl.lit(n), broad_sector=pl.lit("x")) for n in (1, 2)
        ]
        ends = {"exporter_iso3": "exporter", "importer_iso3": "importer"}
        return pl.concat(parts).select("year", "industry_id", "broad_sector", "trade", **ends)
    ends = {"iso3_o": "exporter", "iso3_d": "importer"}
    if form == "usitc_dgd":
        codes = {"dynamic_code_o": "exporter", "dynamic_code_d": "importer"}
        return frame.select("year", **ends, **codes, distance=distance, agree_fta="rta")
    codes = {"country_id_o": "exporter", "country_id_d": "importer"}
    abroad = pl.when(~AT_HOME).then(pl.col("trade"))
    return frame.select(
        "year", **ends, **codes, dist=distance, contig="contiguity", fta_wto="rta",
        tradeflow_baci=abroad,
    )  # fmt: skip


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ACCORD_HOME", str(tmp_path))
    return tmp_path


def accord(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        run(list(words))
    out, err = capsys.readouterr()
    return int(ended.value.code or 0), out, err


def load(home: Path, capsys: pytest.CaptureFixture[str], *forms: str) -> None:
    for form in forms:
        path = home / f"{form}.csv"
        published(form).write_csv(path)
        assert accord(capsys, "record", "add", form, str(path))[0] == 0


@pytest.mark.parametrize(
    ("forms", "made"),
    [
        (("agtpa",), "the panel agtpa"),
        (("itpd_e", "usitc_dgd"), "the panel itpd_e with the covariates of usitc_dgd"),
        (("itpd_e", "agtpa"), "the panel itpd_e with the covariates of agtpa"),
    ],
)
def test_scenarios_answer_from_what_is_loaded(
    forms: tuple[str, ...], made: str, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    load(home, capsys, *forms)
    code, out, err = accord(capsys, "gravity", "link", "AAA,AAB", "AAC,AAD", "--draws", "3")
    assert code == 0, err
    assert json.loads(out)["answer"].startswith(f"On {made} in 2015")
    code, out, _ = accord(capsys, "gravity", "potential", "AAA", "AAB")
    assert json.loads(out)["model"]["pairs"] == 36
    assert json.loads(out)["model"]["unit"] == "million dollars"
    assert " million dollars, " in json.loads(out)["answer"]


def test_without_domestic_trade_there_is_potential_but_no_equilibrium(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    load(home, capsys, "cepii_gravity")
    code, out, err = accord(capsys, "gravity", "link", "AAA,AAB", "AAC,AAD")
    assert (code, out) == (1, "")
    assert "GRA030" in err
    assert accord(capsys, "gravity", "potential", "AAA", "AAB")[0] == 0


def test_covariates_alone_are_no_panel(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    load(home, capsys, "usitc_dgd")
    code, _, err = accord(capsys, "gravity", "link", "AAA,AAB", "AAC,AAD")
    assert code == 1
    assert "GRA050" in err


def test_baci_flows_take_the_agreements_of_the_record(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    codes = [643, 804, 156]  # Russia, Ukraine, China
    rows = [(y, i, j) for y in (2010, 2013) for i in codes for j in codes if i != j]
    for year in (2010, 2013):
        text = "t,i,j,k,v,q\n" + "".join(
            f"{y},{i},{j},{k},1.000,1.000\n"
            for y, i, j in rows
            if y == year
            for k in (270900, 100190)
        )
        (home / f"BACI_HS92_Y{year}_V202401b.csv").write_text(text, encoding="utf-8")
    files = [str(path) for path in sorted(home.glob("BACI*.csv"))]
    assert accord(capsys, "record", "add", "baci", *files)[0] == 0
    with open_record() as record:
        built = build_panel(record, flows="baci")
        assert (("RUS", "UKR"), 1994, 2011) in dated_agreements(record)
    assert built is not None
    panel, made = built
    assert made == "the panel baci with the agreements of the record"
    assert panel["trade"].to_list() == [2000.0] * 12  # two products of a thousand dollars
    free = panel.filter(pl.col("rta") == 1).select("exporter", "importer", "year").rows()
    assert sorted(free) == [("RUS", "UKR", 2010), ("UKR", "RUS", 2010)]


def test_a_panel_can_be_written_with_lags_leads_and_blocs(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    load(home, capsys, "agtpa")
    path = home / "panel.parquet"
    words = ("--lag", "1", "--lag", "2", "--lead", "1", "--bloc", "EAEU")
    code, _, err = accord(capsys, "gravity", "panel", str(path), *words)
    assert code == 0
    assert "486 rows of the panel agtpa" in err
    made = pl.read_parquet(path)
    assert {"rta_lag1", "rta_lag2", "rta_lead1", "eaeu"} <= set(made.columns)
    formula = "trade ~ rta + rta_lag1 | exporter^year + importer^year + pair"
    code, out, _ = accord(capsys, "gravity", "fit", str(path), formula)
    assert set(json.loads(out)["coefficients"]) == {"rta", "rta_lag1"}


def test_membership_follows_the_year() -> None:
    panel = pl.DataFrame(
        {
            "exporter": ["GBR", "GBR", "DEU"],
            "importer": ["DEU", "DEU", "DEU"],
            "year": [2010, 2022, 2022],
            "trade": [1.0, 1.0, 1.0],
        }
    )
    assert membership_columns(panel, ["EU"])["eu"].to_list() == [1.0, 0.0, 0.0]


def test_sectors_are_added_and_missing_stays_missing() -> None:
    frame = pl.DataFrame(
        {
            "exporter": ["AAA"] * 4,
            "importer": ["AAB", "AAB", "AAC", "AAC"],
            "year": [2000] * 4,
            "sector": ["a", "b", "a", "b"],
            "trade": [1.0, None, None, None],
            "dist": [5.0, 5.0, 6.0, 6.0],
        }
    )
    added = sum_sectors(frame)
    assert added["trade"].to_list() == [1.0, None]
    assert added["dist"].to_list() == [5.0, 6.0]
    other = frame.select(iso3_o="exporter", iso3_d="importer", year="year", fta_wto=pl.lit(1)).head(
        1
    )
    looked = look_up(added, other)
    assert looked["fta_wto"].to_list() == [1, None]
    assert Columns(looked).role("agreement") == "fta_wto"
