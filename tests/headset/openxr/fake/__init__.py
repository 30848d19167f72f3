"""A made-up OpenXR runtime in place of the loader's C functions, as strict as the specification (OpenXR 1.1).

    with made_up() as runtime:          # xr.raw_functions is ours, the clock is a virtual one
        headset = Wearer(runtime)       # a driver on a stage that draws nothing
        headset.open()
        headset.turns(20)
        headset.close()
    assert runtime.violations == []     # every rule that was broken, in a sentence
    assert runtime.left() == []         # every handle that nobody gave back

`rows.py` has one row for each function. A function that the driver newly calls needs a row and an answer; nothing else.
"""

from tests.headset.openxr.fake.install import made_up
from tests.headset.openxr.fake.model import Fault, Runtime
from tests.headset.openxr.fake.wearer import Wearer

__all__ = ["Fault", "Runtime", "Wearer", "made_up"]
