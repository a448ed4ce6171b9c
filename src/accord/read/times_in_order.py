"""Times in order: numbers in a row belong to periods in a row.

"$40m, $39m and $36m in May, June and July", "in 2014 and 2015 … $3m and $4m, respectively".
"""

from __future__ import annotations

from accord.model.period import Period
from accord.read.patterns import lazy
from accord.read.period_mentions import MONTH, month_of
from accord.read.periods import PeriodMention, Role
from accord.read.respectively import RESPECTIVELY, rows_of
from accord.read.scene import Scene
from accord.read.slots import Slot

__all__ = ["date_in_order"]

_NEXT = lazy(r"\s*(?:,|,?\s+and|,?\s+or)?\s*")
_MONTHS = lazy(rf"\b{MONTH}(?:,\s+{MONTH})*,?\s+and\s+{MONTH}")
_MONTH = lazy(MONTH)
_FAR = 60  # characters from the last number to the first time


def date_in_order(slots: list[Slot], scene: Scene) -> None:
    """Give each number of a row its own time, where there are as many times as numbers."""
    if not scene.periods or len(slots) < 2:
        return
    rows = rows_of(slots, scene)
    times = [*_times(scene), *_months(scene)] if rows else []
    said = bool(times) and RESPECTIVELY.search(scene.text, scene.start, scene.end) is not None
    for group in rows if times else ():
        start, end = group[0].quantity.start, group[-1].quantity.end
        fitting = [t for t in times if len(t[1]) == len(group)]
        after = next((t for t in fitting if end <= t[0] < end + _FAR), None)
        before = next((t for t in reversed(fitting) if said and t[0] < start), None)
        _, periods = after or before or (0, [])
        for slot, period in zip(group, periods, strict=False):
            slot.period, slot.open, slot.rule = period, False, "period in place"


def _times(scene: Scene) -> list[tuple[int, list[Period]]]:
    """Runs of periods that are only listed, with where they begin."""
    rows: list[list[PeriodMention]] = []
    for mention in scene.periods:
        if mention.role is not Role.SPAN or mention.period is None:
            continue
        last = rows[-1][-1] if rows else None
        if last and _NEXT.fullmatch(scene.text, last.end, mention.start):
            rows[-1].append(mention)
        else:
            rows.append([mention])
    return [(row[0].start, [m.period for m in row if m.period]) for row in rows if len(row) > 1]


def _months(scene: Scene) -> list[tuple[int, list[Period]]]:
    """ "August, September and October": months of the year in which the last of them lies."""
    found = []
    for listed in _MONTHS.finditer(scene.text, scene.start, scene.end):
        at = [p.period for p in scene.periods if p.period and p.start < listed.end() <= p.end + 6]
        numbers = [month_of(name) for name in _MONTH.findall(listed.group())]
        if at:
            year = at[-1].end.year
            years = [year - (number > numbers[-1]) for number in numbers]
            pairs = zip(years, numbers, strict=True)
            found.append((listed.start(), [Period.of_month(y, n) for y, n in pairs]))
    return found
