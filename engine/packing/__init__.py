"""Inputs as bytes: what a recording keeps of a second, small and exact."""
