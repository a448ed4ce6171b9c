"""Verb forms."""

from __future__ import annotations

import pytest

from accord.events.features import extract_features, mark, stem
from accord.events.inflect import is_past, verb_forms


@pytest.mark.parametrize(
    ("base", "third", "past", "participle", "gerund"),
    [
        ("give", "gives", "gave", "given", "giving"),
        ("ban", "bans", "banned", "banned", "banning"),
        ("carry", "carries", "carried", "carried", "carrying"),
        ("impose", "imposes", "imposed", "imposed", "imposing"),
        ("veto", "vetoes", "vetoed", "vetoed", "vetoing"),
        ("withdraw", "withdraws", "withdrew", "withdrawn", "withdrawing"),
        ("be", "is", "was", "been", "being"),
        ("visit", "visits", "visited", "visited", "visiting"),
        ("kidnap", "kidnaps", "kidnapped", "kidnapped", "kidnapping"),
    ],
)
def test_forms(base: str, third: str, past: str, participle: str, gerund: str) -> None:
    forms = verb_forms(base)
    assert (forms.third, forms.past, forms.participle, forms.gerund) == (
        third, past, participle, gerund,
    )  # fmt: skip
    assert is_past(past)


def test_inflected_forms_share_a_stem() -> None:
    for family in (("accuse", "accused", "accusing", "accuses"), ("give", "gave", "given")):
        assert len({stem(w) for w in family}) == 1
    assert stem("criticise") == stem("criticizes")


def test_features_do_not_know_who_the_actors_are() -> None:
    one = mark("Chad helped Togo on Monday.", [(0, 4)], [(12, 16)])
    other = mark("Peru helped Laos on Friday.", [(0, 4)], [(12, 16)])
    strip = {f for f in extract_features(one) if not f.startswith(("sw:", "tw:"))}
    assert strip == {f for f in extract_features(other) if not f.startswith(("sw:", "tw:"))}
