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

// The same, smeared from one direction to another. Nine looks on a zigzag a texel and a half wide: the image has one sample a
// texel, and its edges would show as stairs, its specks of snow as glints, where ripples draw them out.
vec3 smeared(vec3 low, vec3 high, float far) {
    const float SHARE[5] = float[5](0.182, 0.165, 0.125, 0.078, 0.041);
    vec2 texel = mirror_texel();
    vec2 a = mirror_at(low, far), b = mirror_at(high, far);
    vec2 middle = 0.5 * (a + b), way = 0.125 * (b - a);
    way.y = way.y < 0.0 ? min(way.y, -0.25 * texel.y) : max(way.y, 0.25 * texel.y);
    vec3 seen = SHARE[0] * mirror_image(middle, texel);
    for (int step = 1; step < 5; step++) {
        vec2 to = float(step) * way + vec2((step & 1) == 0 ? -0.75 * texel.x : 0.75 * texel.x, 0.0);
        seen += SHARE[step] * (mirror_image(middle - to, texel) + mirror_image(middle + to, texel));
    }
    return seen;
}
