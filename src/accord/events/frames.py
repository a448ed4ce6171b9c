"""The frames, actors and slot words from which training sentences are composed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml

__all__ = ["ROOT_FILES", "Frames", "load_frames"]

ROOT_FILES = (
    "accuse", "agree", "aid", "assault", "coerce", "consult", "cooperate", "mobilize",
    "protest", "reject", "request", "sanction", "support", "threaten", "yield",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Frames:
    """Everything that composition draws from."""

    roots: dict[str, list[dict[str, Any]]]
    joint: tuple[str, ...]
    actors: dict[str, list[str]]
    countries: tuple[tuple[str, str, str], ...]
    names: dict[str, list[str]]
    slots: dict[str, list[str]]
    tenses: tuple[list[str], list[float]]
    syntax: dict[str, list[str]]


@lru_cache(maxsize=1)
def load_frames() -> Frames:
    """Read the frames, actors and slot words that the package ships."""
    roots: dict[str, list[dict[str, Any]]] = {}
    joint: list[str] = []
    for name in ROOT_FILES:
        data = _read(name)
        roots[data["root"]] = data["groups"] + _read(f"newswire/{name}")["groups"]
        joint.extend(data.get("joint", []))
    actors, slots, syntax = _read("actors"), _read("slots"), _read("syntax")
    tenses = syntax.pop("tenses")
    return Frames(
        roots=roots,
        joint=tuple(joint),
        actors=actors["types"] | {"speakers": actors["speakers"]},
        countries=tuple(_country(c) for c in actors["countries"].replace("\n", " ").split(",")),
        names={k: _commas(actors[k]) for k in ("first", "last", "towns")},
        slots={k: [str(v) for v in vs] for k, vs in slots.items()},
        tenses=(list(tenses), list(tenses.values())),
        syntax=syntax,
    )


def _read(name: str) -> dict[str, Any]:
    path = resources.files("accord.events") / "training" / f"{name}.yaml"
    data: dict[str, Any] = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return data


def _commas(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else [v.strip() for v in value.split(",")]


def _country(entry: str) -> tuple[str, str, str]:
    name, demonym, capital = entry.strip().split("/")
    return name, demonym, capital
