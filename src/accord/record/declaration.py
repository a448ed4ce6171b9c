"""Source declarations: one YAML file says what a source is, how to get it, what must hold."""

from __future__ import annotations

import difflib
import os
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from accord.errors import RecordError

__all__ = ["Assertions", "Declaration", "declared_sources", "read_declaration"]

KINDS = frozenset(
    {
        "flows",
        "figures",
        "indicators",
        "rates",
        "agreements",
        "memberships",
        "events",
        "panel",
        "concordance",
    }
)


@dataclass(frozen=True, slots=True)
class Assertions:
    """What must hold of a load; a load that fails one changes nothing.

    ``rows`` bounds the number of rows; ``fill`` the least share of rows in which a
    column has a value; ``totals`` bounds sums of values by direction; ``known`` lists
    values that the file must have; ``additive`` says with which tolerance (as a share)
    exports and imports, or partners and the world, add up; ``scale_break`` is the
    factor against earlier releases from which a wrong unit is suspected.
    """

    rows: Mapping[str, float] = field(default_factory=dict)
    fill: Mapping[str, float] = field(default_factory=dict)
    totals: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    known: tuple[Mapping[str, Any], ...] = ()
    additive: Mapping[str, float] = field(default_factory=dict)
    scale_break: float = 100.0


@dataclass(frozen=True, slots=True)
class Declaration:
    """One source: who publishes it, under which licence, and how it is read.

    ``adapter`` names the module that knows the format; ``mapping`` holds what that
    module needs to know of this source. ``url_setting`` names the environment variable
    that points the source at another address, ``key_setting`` the one with its key.
    """

    id: str
    title: str
    publisher: str
    licence: str
    kind: str
    adapter: str
    documentation: str
    get: str
    url: str | None = None
    url_setting: str | None = None
    key_setting: str | None = None
    key_url: str | None = None
    valuation: Mapping[str, str] = field(default_factory=dict)
    currency: str = "USD"
    unit: float = 1.0
    nomenclature: str = "HS"
    reporter: str | None = None
    coverage: str = ""
    mapping: Mapping[str, Any] = field(default_factory=dict)
    assertions: Assertions = field(default_factory=Assertions)

    @property
    def base_url(self) -> str:
        """Where the service answers: the setting if there is one, else the publisher's."""
        given = os.environ.get(self.url_setting) if self.url_setting else None
        return (given or self.url or "").rstrip("/")

    @property
    def key(self) -> str | None:
        """The user's key, if one is set."""
        return os.environ.get(self.key_setting) if self.key_setting else None


def declared_sources() -> dict[str, Declaration]:
    """Every source that comes with Accord, by name."""
    return {
        entry.name.removesuffix(".yaml"): _parse(entry)
        for entry in sorted(_folder().iterdir(), key=lambda e: e.name)
        if entry.name.endswith(".yaml")
    }


def read_declaration(name: str) -> Declaration:
    """The declaration of a source, by its name or the path of a YAML file.

    Raises REC010 (no such source) or REC011 (the declaration is not right).
    """
    if name.endswith((".yaml", ".yml")):
        path = Path(name)
        if not path.is_file():
            raise RecordError("REC010", source=name, suggestion="")
        return _parse(path)
    entry = _folder() / f"{name}.yaml"
    if not entry.is_file():
        known = [e.name.removesuffix(".yaml") for e in _folder().iterdir()]
        close = difflib.get_close_matches(name, known, n=1)
        suggestion = f" Did you mean `{close[0]}`?" if close else ""
        raise RecordError("REC010", source=name, suggestion=suggestion)
    return _parse(entry)


def _folder() -> Traversable:
    return resources.files("accord.record") / "sources"


def _parse(entry: Traversable | Path) -> Declaration:
    import yaml

    try:
        content = yaml.safe_load(entry.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as problem:
        raise _wrong(entry, str(problem).splitlines()[0]) from None
    if not isinstance(content, dict):
        raise _wrong(entry, "it is no table of keys")
    content.setdefault("id", entry.name.rpartition(".")[0])
    return _declaration(content, entry)


def _declaration(content: dict[str, Any], entry: Traversable | Path) -> Declaration:
    _check_keys(Declaration, content, entry)
    if content["kind"] not in KINDS:
        raise _wrong(entry, f"`kind` is “{content['kind']}”, not one of {', '.join(sorted(KINDS))}")
    adapters = {e.name.removesuffix(".py") for e in _folder().iterdir() if e.name.endswith(".py")}
    if content["adapter"] not in adapters - {"__init__"}:
        close = difflib.get_close_matches(str(content["adapter"]), adapters, n=1)
        meant = f" (meant `{close[0]}`?)" if close else "; `office_table` reads any office's table"
        raise _wrong(entry, f"there is no adapter `{content['adapter']}`{meant}")
    wanted = content.pop("assertions", None) or {}
    _check_keys(Assertions, wanted, entry)
    wanted = {**wanted, "known": tuple(wanted.get("known", ()))}
    content["unit"] = _unit(content.get("unit", 1), entry)
    return Declaration(**content, assertions=Assertions(**wanted))


def _check_keys(kind: type[Any], content: Any, entry: Traversable | Path) -> None:
    if not isinstance(content, dict):
        raise _wrong(entry, f"{kind.__name__.lower()} is no table of keys")
    known = {f.name for f in fields(kind)}
    needed = {f.name for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING}
    for name in sorted(set(content) - known):
        close = difflib.get_close_matches(name, known, n=1)
        raise _wrong(entry, f"unknown key `{name}`" + (f" (meant `{close[0]}`?)" if close else ""))
    for name in sorted(needed - set(content)):
        raise _wrong(entry, f"`{name}` is missing")


_UNITS = {"one": 1.0, "thousand": 1e3, "ten thousand": 1e4, "million": 1e6, "billion": 1e9}


def _unit(given: Any, entry: Traversable | Path) -> float:
    if isinstance(given, int | float) and given > 0:
        return float(given)
    if given in _UNITS:
        return _UNITS[given]
    raise _wrong(entry, f"`unit` is “{given}”: a number, or one of {', '.join(_UNITS)}")


def _wrong(entry: Traversable | Path, detail: str) -> RecordError:
    return RecordError("REC011", path=entry.name, detail=detail)
