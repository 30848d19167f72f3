"""What authors of scenes are helped with: `abaton check` and its kin."""
