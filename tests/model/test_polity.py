"""The registry of polities: codes, names, validity, members, heirs."""

from __future__ import annotations

from datetime import date

import pytest

from accord.model.polity import (
    PolityKind,
    all_polities,
    blocs_of,
    find_polity,
    get_polity,
    has_member_list,
    members,
    successors,
)


def code(name: str, at: date | None = None) -> str | None:
    found = find_polity(name, at=at)
    return found.code if found else None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("China", "CHN"), ("CN", "CHN"), ("156", "CHN"), ("People’s Republic of China", "CHN"),
        ("U.S.", "USA"), ("US", "USA"), ("UK", "GBR"), ("Burma", "MMR"), ("Türkiye", "TUR"),
        ("Turkey", "TUR"), ("côte d'ivoire", "CIV"), ("Ivory Coast", "CIV"), ("ROK", "KOR"),
        ("Kosovo", "XKX"), ("the Netherlands", "NLD"), ("Hong Kong, China", "HKG"),
        ("European Economic Community", "EU"), ("EEU", "EAEU"), ("Belt and Road", "BRI"),
        ("West Germany", "DEU"), ("USSR", "SUN"), ("SOUTHEAST_ASIA", "ASEAN"), ("LATAM", "LATAM"),
        ("us", None), ("nowhere", None), ("", None),
    ],
)  # fmt: skip
def test_names_lead_to_codes(name: str, expected: str | None) -> None:
    assert code(name) == expected


@pytest.mark.parametrize(
    ("name", "at", "expected"),
    [
        ("Russia", date(1985, 1, 1), "SUN"),
        ("Russia", date(2021, 1, 1), "RUS"),
        ("RUS", date(1985, 1, 1), None),
        ("Soviet Union", date(1985, 1, 1), "SUN"),
        ("Yugoslavia", date(1985, 1, 1), "YUG"),
        ("Yugoslavia", date(1999, 1, 1), "SCG"),
        ("East Germany", date(1985, 1, 1), "DDR"),
        ("EAEU", date(2014, 12, 31), None),
        ("EAEU", date(2015, 1, 1), "EAEU"),
    ],
)
def test_names_at_a_date(name: str, at: date, expected: str | None) -> None:
    assert code(name, at) == expected


def test_members_change_with_the_date() -> None:
    assert len(members("EU", at=date(1990, 1, 1))) == 12
    assert len(members("EU", at=date(2019, 12, 31))) == 28
    assert len(members("EU", at=date(2020, 2, 1))) == 27
    assert members("EAEU") == ("ARM", "BLR", "KAZ", "KGZ", "RUS")
    assert members("EAEU", at=date(2015, 1, 1)) == ("BLR", "KAZ", "RUS")
    assert "VEN" not in members("MERCOSUR")
    assert members("UN") == ()
    assert not has_member_list("UN")
    assert "EU" in blocs_of("GBR", at=date(2000, 1, 1))
    assert "EU" not in blocs_of("GBR")


def test_heirs_are_followed_to_those_in_being() -> None:
    assert {p.code for p in successors("YUG")} == {"BIH", "HRV", "MKD", "SVN", "SRB", "MNE"}
    assert len(successors("SUN")) == 15
    assert successors("CHN") == ()
    assert successors("nowhere") == ()


def test_the_data_is_consistent() -> None:
    codes = [p.code for p in all_polities()]
    assert len(codes) == len(set(codes))
    for polity in all_polities():
        assert polity.name
        for related in (*polity.predecessors, *polity.successors):
            assert get_polity(related) is not None, (polity.code, related)
        if polity.valid_from and polity.valid_to:
            assert polity.valid_from < polity.valid_to
        if polity.kind is PolityKind.STATE:
            assert len(polity.code) == 3
        if has_member_list(polity.code):
            assert polity.is_group
            known = (date(1950, 1, 1), date(1990, 1, 1), date(2025, 6, 1))
            for day in known:
                assert all(get_polity(m) for m in members(polity.code, at=day))
