"""Comparisons with other people's software, run by hand: `pip install -e '.[oracle]'`, then `python -m tests.oracles.ecg`.

They are no part of the test suite, for what they need is ten times the size of Abaton; each has a plain test beside it that is.
"""
