"""The kinds of arrays that gravity passes around."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

__all__ = ["Codes", "Floats", "Ints", "Kind", "Mask"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Codes = NDArray[np.int32]
Mask = NDArray[np.bool_]
Kind = TypeVar("Kind", bound=np.generic)
