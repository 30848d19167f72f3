// The image in still water or ice, drawn by engine/view/render/mirror.py. Needs the input `point`.

uniform sampler2D mirror_map;        // the scene mirrored at the surface, linear radiance; both eyes side by side
uniform mat4 mirror_view_projection[2];

// Where in the image is what is seen from `point` in a direction, if it is `far` metres away: 0 to 1 across one eye's part.
vec2 mirror_at(vec3 direction, float far) {
    vec4 clip = mirror_view_projection[eye] * vec4(point + direction * far, 1.0);
    return clip.xy / max(clip.w, 1e-3) * 0.5 + 0.5;
}

vec2 mirror_texel() {
    vec2 pixels = vec2(textureSize(mirror_map, 0));
    if (eye_seam > 0) pixels.x *= 0.5;
    return 1.0 / pixels;
}

vec3 mirror_image(vec2 at, vec2 texel) {
    at = clamp(at, 0.5 * texel, 1.0 - 0.5 * texel);
    if (eye_seam > 0) at.x = 0.5 * (at.x + float(eye));
    return texture(mirror_map, at).rgb;
}

// What is seen from `point` in a direction, if it is `far` metres away.
vec3 mirrored(vec3 direction, float far) {
    return mirror_image(mirror_at(direction, far), mirror_texel());
}

// The same, smeared from one direction to another. Five looks on a zigzag a texel wide: the image has one sample a texel, and its
// edges would show as stairs where ripples draw them out.
vec3 smeared(vec3 low, vec3 high, float far) {
    vec2 texel = mirror_texel();
    vec2 a = mirror_at(low, far), b = mirror_at(high, far);
    vec2 middle = 0.5 * (a + b), way = 0.5 * (b - a);
    way.y = way.y < 0.0 ? min(way.y, -texel.y) : max(way.y, texel.y);
    vec2 aside = vec2(0.75 * texel.x, 0.0);
    return 0.30 * mirror_image(middle, texel)
         + 0.22 * (mirror_image(middle - 0.45 * way + aside, texel) + mirror_image(middle + 0.45 * way - aside, texel))
         + 0.13 * (mirror_image(middle - way - aside, texel) + mirror_image(middle + way + aside, texel));
}
