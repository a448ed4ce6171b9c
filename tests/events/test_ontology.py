"""The ontology is complete and agrees with itself."""

from __future__ import annotations

import pytest

from accord.events.ontology import BINARY, QUAD, load_ontology
from accord.events.setting import mode_of

ONTOLOGY = load_ontology()


def test_the_contract_agrees_with_the_data() -> None:
    assert {name: root.quad for name, root in ONTOLOGY.roots.items()} == QUAD
    assert {r for r, b in BINARY.items() if b} == {r for r, q in QUAD.items() if q in {3, 4}}


def test_every_cameo_code_goes_there_and_back() -> None:
    for root in ONTOLOGY.roots.values():
        listed = {code for mode in root.modes for code in mode.cameo}
        assert listed <= set(root.cameo), root.name
        for code in root.cameo:
            assert ONTOLOGY.from_cameo(code)[0] == root.name
        for mode in root.modes:
            for code in mode.cameo:
                assert ONTOLOGY.from_cameo(code) == (root.name, mode.name)
            assert ONTOLOGY.to_cameo(root.name, mode.name) == mode.cameo


def test_no_cameo_code_belongs_to_two_roots() -> None:
    codes = [code for root in ONTOLOGY.roots.values() for code in root.cameo]
    assert len(codes) == len(set(codes))
    assert {code[:2] for code in codes} == {f"{n:02d}" for n in range(2, 21)}


@pytest.mark.parametrize(
    ("code", "root"),
    [
        ("036", "AGREE"),
        ("0841", "YIELD"),
        ("138", "THREATEN"),
        ("1661", "SANCTION"),
        ("195", "ASSAULT"),
    ],
)
def test_known_codes(code: str, root: str) -> None:
    assert ONTOLOGY.from_cameo(code)[0] == root


def test_unknown_names_raise() -> None:
    with pytest.raises(KeyError):
        ONTOLOGY.from_cameo("99")
    with pytest.raises(KeyError):
        ONTOLOGY.to_cameo("AID", "no such mode")


def test_intensity_has_a_source_and_follows_the_classes() -> None:
    assert "Goldstein" in ONTOLOGY.intensity_source
    for root in ONTOLOGY.roots.values():
        values = [ONTOLOGY.intensity(root.name), *(m.intensity for m in root.modes if m.intensity)]
        assert all(-10 <= v <= 10 for v in values)
        if root.name != "REQUEST":  # appeals count as mildly cooperative on the scale
            assert all((v < 0) == (root.quad > 2) for v in values), root.name


def test_entries_are_documented_and_point_somewhere() -> None:
    for root in ONTOLOGY.roots.values():
        assert root.definition
        assert root.examples
        assert root.plover
    for act in ONTOLOGY.economic:
        assert act.example
        assert act.mode in {m.name for m in ONTOLOGY.roots[act.root].modes}, act.name
    assert {c.name for c in ONTOLOGY.contexts} >= {"economic", "health", "energy", "cultural"}


@pytest.mark.parametrize(
    ("root", "clause", "mode"),
    [
        ("AID", "Cuba sent doctors and masks to Italy", "humanitarian"),
        ("SUPPORT", "the two signed a memorandum", "agreement"),
        ("COERCE", "police arrested two men", "arrest"),
        ("YIELD", "it freed the prisoners", "release"),
    ],
)
def test_modes_are_told_by_their_words(root: str, clause: str, mode: str) -> None:
    assert mode_of(root, clause) == mode
    assert mode in {m.name for m in ONTOLOGY.roots[root].modes}
