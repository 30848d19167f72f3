"""`python -m engine` is the `abaton` command."""

from engine.cli import main

main()
