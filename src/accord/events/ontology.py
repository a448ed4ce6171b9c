"""PLOVER as data: roots, modes, contexts, quad classes, CAMEO both ways, intensity.

The file ``codebook/plover.yaml`` is the source of all of them; its definitions and
examples are in this project's own words.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

__all__ = ["BINARY", "QUAD", "Context", "Mode", "Ontology", "Root", "load_ontology"]

# Part of the contract of `accord events classify`; the test holds them against the data file.
QUAD: dict[str, int] = {
    "AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "COOPERATE": 2, "AID": 2, "YIELD": 2,
    "REQUEST": 3, "ACCUSE": 3, "REJECT": 3, "THREATEN": 3,
    "PROTEST": 4, "SANCTION": 4, "MOBILIZE": 4, "COERCE": 4, "ASSAULT": 4,
}  # fmt: skip
BINARY: dict[str, int] = {root: int(quad > 2) for root, quad in QUAD.items()}


@dataclass(frozen=True, slots=True)
class Mode:
    """How an act is done; ``cameo`` are the codes that fall under it."""

    name: str
    definition: str
    cameo: tuple[str, ...]
    intensity: float | None = None


@dataclass(frozen=True, slots=True)
class Root:
    """A kind of act. ``plover`` are the roots of the full codebook that it covers."""

    name: str
    quad: int
    definition: str
    examples: tuple[str, ...]
    plover: tuple[str, ...]
    cameo: tuple[str, ...]
    intensity: float
    modes: tuple[Mode, ...]


@dataclass(frozen=True, slots=True)
class Context:
    """What an act is about; ``words`` are stems that show it."""

    name: str
    definition: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EconomicAct:
    """A kind of economic diplomacy, with its place in PLOVER."""

    name: str
    definition: str
    root: str
    mode: str
    words: tuple[str, ...]
    example: str


@dataclass(frozen=True, slots=True)
class Ontology:
    """The whole ontology."""

    version: str
    intensity_source: str
    fallback: str
    roots: dict[str, Root]
    contexts: tuple[Context, ...]
    economic: tuple[EconomicAct, ...]
    sectors: dict[str, tuple[str, ...]]

    def from_cameo(self, code: str) -> tuple[str, str | None]:
        """Root and mode of a CAMEO code (``"0841"``); raises ``KeyError``."""
        for length in range(len(code), 1, -1):
            for root in self.roots.values():
                for mode in root.modes:
                    if code[:length] in mode.cameo:
                        return root.name, mode.name
            for root in self.roots.values():
                if code[:length] in root.cameo:
                    return root.name, None
        raise KeyError(code)

    def to_cameo(self, root: str, mode: str | None = None) -> tuple[str, ...]:
        """The CAMEO codes of a root, or of one of its modes; raises ``KeyError``."""
        entry = self.roots[root]
        if mode is None:
            return entry.cameo
        for candidate in entry.modes:
            if candidate.name == mode:
                return candidate.cameo
        raise KeyError(mode)

    def intensity(self, root: str, mode: str | None = None) -> float:
        """From -10 (most hostile) to 10 (most cooperative)."""
        entry = self.roots[root]
        values = [m.intensity for m in entry.modes if m.name == mode and m.intensity is not None]
        return values[0] if values else entry.intensity


@lru_cache(maxsize=1)
def load_ontology() -> Ontology:
    """Read the ontology that the package ships."""
    import yaml

    path = resources.files("accord.events") / "codebook" / "plover.yaml"
    data = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    roots = {name: _root(name, entry) for name, entry in data["roots"].items()}
    return Ontology(
        version=data["version"],
        intensity_source=data["intensity_source"],
        fallback=data["fallback"],
        roots=roots,
        contexts=tuple(
            Context(n, c["definition"], tuple(c["words"])) for n, c in data["contexts"].items()
        ),
        economic=tuple(
            EconomicAct(n, e["definition"], e["root"], e["mode"], tuple(e["words"]), e["example"])
            for n, e in data["economic_diplomacy"].items()
        ),
        sectors={n: tuple(words) for n, words in data["sectors"].items()},
    )


def _root(name: str, entry: dict[str, Any]) -> Root:
    modes = tuple(
        Mode(n, m["definition"], tuple(m["cameo"]), m.get("intensity"))
        for n, m in entry.get("modes", {}).items()
    )
    return Root(
        name=name,
        quad=entry["quad"],
        definition=entry["definition"],
        examples=tuple(entry["examples"]),
        plover=tuple(entry["plover"]),
        cameo=tuple(entry["cameo"]),
        intensity=entry["intensity"],
        modes=modes,
    )
