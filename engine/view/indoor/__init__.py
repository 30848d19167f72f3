"""The light of rooms: lamps and windows as rectangles, light by way of walls, shadows traced when a scene is built, mirror
images."""
