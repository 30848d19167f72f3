// How the wind bends what grows.

#ifdef VERTEX
uniform vec4 sway;                   // metres at the top, 1 / height

// How far a copy at `place` is bent aside, so high above its foot: two sines that no person sees repeat, in step with the place, so
// that gusts travel.
vec2 bent(mat4 place, float height) {
    float up = clamp(height * sway.y, 0.0, 1.0);
    float phase = dot(place[3].xy, vec2(0.13, 0.29));
    return sway.x * up * up * vec2(sin(picture.x * 1.1 + phase) + 0.5 * sin(picture.x * 2.7 + 3.1 * phase),
                                   0.6 * sin(picture.x * 1.3 + 1.7 * phase));
}
#endif
