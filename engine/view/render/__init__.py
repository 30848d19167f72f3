"""How things look: GLSL programs, the light and the air, shadows and mirror images. `shaders.py` says how the files fit
together."""
