"""Python's garbage collector, kept out of work that makes very many small things and no rings of them.

The collector walks through all that lives again and again as it grows; that alone made a scene of ten thousand things twenty
times as slow to build as one of a thousand.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """No collection meanwhile; what was on before is on again afterwards."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
