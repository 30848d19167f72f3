"""The language described, from what the reader uses: as a JSON schema for editors, and as tables for the reference."""

from engine.spec.schema.things import all_cards
from engine.spec.schema.whole import Language, describe_language, make_schema, schema_text

__all__ = ["Language", "all_cards", "describe_language", "make_schema", "schema_text"]
