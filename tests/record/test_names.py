"""Names of polities in the languages of offices."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from accord.model.polity import find_polity
from accord.record import Request, load, open_record
from accord.record.codes import code_table, names_in


@pytest.mark.parametrize("language", ["zh", "ru"])
def test_every_name_stands_for_a_polity(language: str) -> None:
    names = names_in(language)
    assert len(names) > 200
    assert [code for code in names.values() if find_polity(code) is None] == []


def test_two_languages_know_the_same_polities() -> None:
    assert set(names_in("zh").values()) == set(names_in("ru").values())


def test_of_another_language_nothing_is_known() -> None:
    assert names_in("xx") == {}


def test_areas_of_comtrade_have_one_code_each() -> None:
    numbers = dict(code_table())
    assert (numbers[58], numbers[492], numbers[899], numbers[842]) == (
        "BLX", "M49:492", "M49:899", "USA",
    )  # fmt: skip
    assert (numbers[490], numbers[0], numbers[699]) == ("TWN", "WLD", "IND")


def test_a_whole_table_of_chinese_customs(home: Path, tmp_path: Path) -> None:
    flows = ("进出口", "出口", "进口")
    growth = [f"累计比去年同期±% {flow}" for flow in flows]
    columns = ["国别（地区）", *(f"{flow} 1至5月" for flow in flows), *growth]
    others = ["总值", "亚洲", "欧洲", "其他亚洲国家(地区)", "国别(地区)不详", "欧洲联盟"]
    lines = ["title", "unit", ",".join(columns)]
    once = {code: name for name, code in names_in("zh").items() if code not in {"EU", "WLD"}}
    lines += [f"{name},3,2,1,1.0,1.0,1.0" for name in (*others, *once.values())]
    file = tmp_path / "may.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    ask = Request(
        files=(file,), periods=("2021-05",), published=date(2021, 6, 18), allow_break=True
    )
    assert load("china_customs", ask).rows == 3 * (len(once) + 1)
    with open_record() as record:
        assert "EU" in {flow.partner for flow in record.flows(sources=["china_customs"])}
