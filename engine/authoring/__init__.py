"""The designer's tools: check, shots, bench, doctor."""
