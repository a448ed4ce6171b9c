"""Training sentences composed from the project's own frames, actors and slot words.

A frame is a verb phrase about a target (``suspend aid to T``), a noun phrase
(``S's aid to T``) or a whole clause (``T was expelled by S``). Composition puts it
into a tense, a voice and a modality, fills actors and slots, adds what newswire adds
(datelines, attributions, other events beside the one that counts) and marks where
source and target stand. The label follows the codebook: cooperation that is only
promised is AGREE, refused is REJECT, asked for is REQUEST; hostility that is only
announced is THREATEN, alleged is ACCUSE. Everything is drawn from one seed.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from typing import Any

from accord.events.frames import Frames, load_frames
from accord.events.inflect import verb_forms

__all__ = ["LabelledSentence", "Span", "compose"]

Span = tuple[int, int]
_SLOT = re.compile(r"<([a-zA-Z_0-9]+)>")
_OPERATOR = re.compile(r"\{(VP|VPing|VPen|VPbase|NP):(coop|conf)\}|\{(NPcoop)\}")

# which frames an operator such as "agreed to {VP:coop}" may take, by the frame's root
_COOPERATIVE = {
    "AGREE": ("AID", "AID", "YIELD", "YIELD", "YIELD", "COOPERATE", "COOPERATE"),
    "REJECT": ("AID", "YIELD", "YIELD", "YIELD", "COOPERATE", "CONSULT", "SUPPORT"),
    "REQUEST": ("AID", "YIELD", "YIELD", "YIELD", "COOPERATE"),
}
# how often each kind of frame is drawn, before its number counts
KIND_WEIGHTS = (("do", 1.0), ("act", 1.6), ("nom", 1.5), ("say", 2.2))
EMBEDDED = 0.12  # share of clauses that stand behind another one
MODIFIED = 0.12  # share of actors with a modifier
_HOSTILE = ("SANCTION", "COERCE", "ASSAULT", "ASSAULT", "MOBILIZE", "PROTEST")


@dataclass(frozen=True, slots=True)
class LabelledSentence:
    """One training sentence with its spans and root."""

    text: str
    source: Span
    target: Span
    root: str
    act: str  # root of the underlying act, before modality


def compose(per_root: int, seed: int = 20, *, embedded: float = EMBEDDED) -> list[LabelledSentence]:
    """``per_root`` sentences for each of the fifteen roots, the same for the same seed.

    In a share ``embedded`` of them the clause that counts stands behind another one.
    """
    frames = load_frames()
    found: list[LabelledSentence] = []
    for root in sorted(frames.roots):
        rng = random.Random(f"{seed}-{root}")  # noqa: S311
        composer = _Composer(frames, rng, embedded)
        seen: set[str] = set()
        while len(seen) < per_root:
            sentence = composer.sentence(root)
            if sentence is not None and sentence.text not in seen:
                seen.add(sentence.text)
                found.append(sentence)
    return found


class _Composer:
    """Draws sentences of one root."""

    def __init__(self, frames: Frames, rng: random.Random, embedded: float) -> None:
        self.frames = frames
        self.rng = rng
        self.embedded = embedded
        self.act = ""

    def sentence(self, root: str) -> LabelledSentence | None:
        group, kind = self._group(root)
        frame = self.rng.choice(group[kind])
        self.act = root
        clause = self._clause(root, frame, kind)
        if self.rng.random() < self.embedded:
            clause = self._embedded(clause)
        marked = self._decorate(clause)
        return self._fill(marked, group, root)

    def _group(self, root: str) -> tuple[dict[str, Any], str]:
        pool = []
        weights = []
        for group in self.frames.roots[root]:
            for kind, weight in KIND_WEIGHTS:
                if group.get(kind):
                    pool.append((group, kind))
                    weights.append(weight * len(group[kind]) ** 0.8)
        return self.rng.choices(pool, weights)[0]

    # clauses -----------------------------------------------------------------

    def _clause(self, root: str, frame: str, kind: str) -> str:
        if kind == "say":
            return self._operators(root, frame)
        if kind == "nom":
            return self._nominal(frame)
        return self._tensed(frame, passive_allowed=kind == "act")

    def _nominal(self, frame: str) -> str:
        pattern = self.rng.choice(self.frames.syntax["nominal"])
        return pattern.replace("{N}", frame).replace("{Nc}", frame[0].upper() + frame[1:])

    def _tensed(self, frame: str, *, passive_allowed: bool, subject: str = "S") -> str:
        verb, rest = frame.split(" ", 1)
        forms = verb_forms(verb)
        if passive_allowed and rest_has_object(rest) and self.rng.random() < 0.22:
            return self._passive(forms.participle, rest, subject)
        pattern = self.rng.choices(*self.frames.tenses)[0]
        filled = pattern.format(
            base=f"{forms.base} {rest}",
            past=f"{forms.past} {rest}",
            third=f"{forms.third} {rest}",
            participle=f"{forms.participle} {rest}",
            gerund=f"{forms.gerund} {rest}",
            speaker="{speaker}",
        )
        return filled.replace("§", subject)

    def _passive(self, participle: str, rest: str, subject: str) -> str:
        before, after = re.split(r"\bT(?!['’]s)\b", rest, maxsplit=1)
        middle = f"{participle} {before.strip()}".strip()
        tail = after.strip()
        be = self.rng.choice(
            ["was", "were", "has been", "have been", "had been", "was", "is being"]
        )
        if self.rng.random() < 0.4 and tail:
            return f"T {be} {middle} by {subject} {tail}"
        return " ".join(f"T {be} {middle} {tail} by {subject}".split())

    def _operators(self, root: str, frame: str) -> str:
        has_target = bool(re.search(r"\bT\b", _OPERATOR.sub("", frame)))
        frame = frame.replace("{VPjoint}", self.rng.choice(self.frames.joint))
        if "{NPcoop}" in frame:
            frame = frame.replace("{NPcoop}", self.rng.choice(["aid", "help", "talks", "a loan"]))

        def fill(match: re.Match[str]) -> str:
            form, side = match.group(1), match.group(2)
            act = self.rng.choice(
                _COOPERATIVE.get(root, _COOPERATIVE["AGREE"]) if side == "coop" else _HOSTILE
            )
            phrase = self._verb_phrase(act, form)
            self.act = act
            return re.sub(r"\bT\b", "O", phrase) if has_target else phrase

        return _OPERATOR.sub(fill, frame)

    def _verb_phrase(self, root: str, form: str) -> str:
        groups = [g for g in self.frames.roots[root] if g.get("do") or g.get("act")]
        weights = [len(g.get("do", [])) + len(g.get("act", [])) for g in groups]
        group = self.rng.choices(groups, weights)[0]
        verb, rest = self.rng.choice([*group.get("do", []), *group.get("act", [])]).split(" ", 1)
        forms = verb_forms(verb)
        chosen = {
            "VP": forms.base,
            "VPbase": forms.base,
            "VPing": forms.gerund,
            "VPen": forms.participle,
        }
        return f"{chosen[form]} {rest}"

    # what surrounds the clause -----------------------------------------------

    def _decorate(self, clause: str) -> str:
        rng = self.rng
        out = clause
        if rng.random() < 0.22:
            out = rng.choice(self.frames.slots["lead"]) + out
        elif rng.random() < 0.16:
            out = (
                rng.choice(self.frames.syntax["lead_beside"]).format(
                    d=self._distractor(), n=self._other_nominal()
                )
                + out
            )
        if rng.random() < 0.1:
            out = rng.choice(self.frames.slots["dateline"]) + out
        if rng.random() < 0.3:
            out += rng.choice(self.frames.syntax["tail_beside"]).format(
                d=self._distractor(), n=self._other_nominal(), speaker="{speaker}"
            )
        elif not out.rstrip().endswith((".", '"')):
            out += rng.choice(self.frames.slots["tail"])
        return out if out.endswith((".", '"')) else out + "."

    def _embedded(self, clause: str) -> str:
        """The clause that counts behind another one: *O closed its mission after S …*."""
        pattern = self.rng.choice(self.frames.syntax["embedding"])
        other = self._distractor()
        inner = clause if clause[:1] in {"S", "T"} else clause[0].lower() + clause[1:]
        return pattern.format(d=other, n=self._other_nominal(), c=inner, speaker="{speaker}")

    def _distractor(self) -> str:
        root = self.rng.choice(sorted(self.frames.roots))
        groups = [g for g in self.frames.roots[root] if g.get("do") or g.get("act")]
        group = self.rng.choice(groups)
        frame = self.rng.choice([*group.get("do", []), *group.get("act", [])])
        verb, rest = frame.split(" ", 1)
        rest = re.sub(r"\bT\b", "O", rest)
        subject = self.rng.choice(["O", "O", "it", "the government", "he", "they"])
        return f"{subject} {verb_forms(verb).past} {rest}"

    def _other_nominal(self) -> str:
        return self.rng.choice(self.frames.syntax["nouns_beside"])

    # filling -----------------------------------------------------------------

    def _fill(self, pattern: str, group: dict[str, Any], root: str) -> LabelledSentence | None:
        pieces: list[str] = []
        spans: dict[str, Span] = {}
        length = 0
        kinds = {"S": self.rng.choice(group["source"]), "T": self.rng.choice(group["target"])}
        parts = _split_actors(self._slots(pattern))
        for part, following in zip(parts, [*parts[1:], ""], strict=True):
            text = part
            if part in {"S", "T", "O"}:
                text = self._actor(kinds.get(part, "state"), start=length == 0)
                if part != "O":
                    text = text.rstrip(",") if part not in spans else text.split(",")[0]
                    spans.setdefault(part, (length, length + len(text)))
                    text += self._modifier(part, following)
            pieces.append(text)
            length += len(text)
        if "S" not in spans or "T" not in spans:
            return None
        text = "".join(pieces)
        text = text[0].upper() + text[1:]
        return LabelledSentence(text, spans["S"], spans["T"], root, self.act)

    def _modifier(self, part: str, following: str) -> str:
        """What newswire hangs onto an actor: *suspected of …*, *, a close ally of …,*."""
        if self.rng.random() > MODIFIED or following.startswith(("'", "’", " and ", ",")):
            return ""
        words = self.rng.choice(
            self.frames.syntax["after_target" if part == "T" else "after_source"]
        )
        words = self._slots(words)
        return words.rstrip(",") if not following.startswith(" ") else words

    def _actor(self, kind: str, *, start: bool = False) -> str:
        text = self._slots(self.rng.choice(self.frames.actors[kind]), keep=False)
        return text[0].upper() + text[1:] if start else text

    def _slots(self, text: str, *, keep: bool = False) -> str:
        country = self.rng.choice(self.frames.countries)
        other = self.rng.choice(self.frames.countries)
        for _ in range(3):
            text = _SLOT.sub(lambda m: self._slot(m.group(1), country, other), text)
        return re.sub(
            r"\{speaker\}", lambda _: self.rng.choice(self.frames.actors["speakers"]), text
        )

    def _slot(self, name: str, country: tuple[str, str, str], other: tuple[str, str, str]) -> str:
        fixed = {
            "country": country[0], "demonym": country[1], "capital": country[2],
            "country2": other[0], "demonym2": other[1], "CITY": other[2].upper(),
        }  # fmt: skip
        if name in fixed:
            return fixed[name]
        names = self.frames.names
        if name == "person":
            return f"{self.rng.choice(names['first'])} {self.rng.choice(names['last'])}"
        if name in {"last", "first"}:
            return self.rng.choice(names[name])
        if name == "town":
            return self.rng.choice(names["towns"])
        if name == "party":
            return self.rng.choice(names["last"])
        return self.rng.choice(self.frames.slots[name])


def rest_has_object(rest: str) -> bool:
    """Whether the target itself (not something of the target's) can become the subject."""
    return bool(re.search(r"\bT\b(?!['’]s)", rest))


def _split_actors(pattern: str) -> list[str]:
    return [p for p in re.split(r"(?<![A-Za-z.'’-])([STO])(?=[\s,.'’\":;]|$)", pattern) if p]
