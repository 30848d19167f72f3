// The image in still water or ice, drawn by engine/view/render/mirror.py. Needs the input `point`.

uniform sampler2D mirror_map;        // the scene mirrored at the surface, linear radiance; both eyes side by side
uniform mat4 mirror_view_projection[2];

// What is seen from `point` in a direction, if it is `far` metres away.
vec3 mirrored(vec3 direction, float far) {
    vec4 clip = mirror_view_projection[eye] * vec4(point + direction * far, 1.0);
    vec2 at = clip.xy / max(clip.w, 1e-3) * 0.5 + 0.5;
    vec2 pixels = vec2(textureSize(mirror_map, 0));
    if (eye_seam > 0) pixels.x *= 0.5;
    at = clamp(at, 0.5 / pixels, 1.0 - 0.5 / pixels);
    if (eye_seam > 0) at.x = 0.5 * (at.x + float(eye));
    return texture(mirror_map, at).rgb;
}
