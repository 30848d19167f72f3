// Foliage on cards: soft light from both sides, and edges by how much of each sample's share of a pixel is leaf (alpha to coverage).
// Cheaper than `surface.glsl`: no mirror light, no lamps. COPIES: drawn many times. FAR: stands beyond all shadows.

#include "eye.glsl"
#include "copies.glsl"
#include "light.glsl"
#include "sway.glsl"
#include "coverage.glsl"

#ifdef VERTEX
in vec4 p3d_Vertex;
in vec3 p3d_Normal;
in vec4 p3d_Color;
in vec2 p3d_MultiTexCoord0;
out vec3 point;
out vec3 normal;
out vec4 colour;
out vec2 uv;
out vec3 towards;                    // the eye
out vec3 before;                     // what the air puts before it, and how much of it that lets through
out vec3 clear;
out vec2 sunny;                      // how much of the sun's disc it sees over the mountains; how straight one looks into the sun

void main() {
    mat4 place = placed();
    vec4 at = place * p3d_Vertex;
    if (sway.x > 0.0) at.xy += bent(place, p3d_Vertex.z);
    point = at.xyz;
    normal = mat3(place) * p3d_Normal;
    colour = p3d_Color;
    // No two trees are alike, young and old, lush and dry; nor two parts of a forest, dark spruce here, browner wood there. What is
    // merged does not know where each stands, only about.
#ifdef COPIES
    vec2 root = place[3].xy;
#else
    vec2 root = floor(at.xy / 6.0) * 6.0;
#endif
    float age = fract(dot(root, vec2(0.7345, 1.2791)));
    float wood = 0.5 + 0.5 * sin(root.x * 0.021 + 2.0 * sin(root.y * 0.013)) * sin(root.y * 0.017 + 0.7);
    colour.rgb *= mix(vec3(0.56, 0.63, 0.70), vec3(1.22, 1.20, 1.02), age) * mix(vec3(0.58, 0.68, 0.80), vec3(1.50, 1.36, 0.92), wood);
    uv = p3d_MultiTexCoord0;
    see(at);
    // A tree's own breadth changes little of the air: its corners are enough.
    vec3 here = eye_position[eye].xyz;
    towards = normalize(here - point);
    float ahead = max(-dot(towards, sun.xyz), 0.0);
    sunny = vec2(risen(point), ahead * ahead * (0.25 + 0.75 * ahead * ahead));
    before = air_between(here, point, clear);
}
#endif

#ifdef FRAGMENT
uniform sampler2D colour_map;
in vec3 point;
in vec3 normal;
in vec4 colour;
in vec2 uv;
in vec3 towards;
in vec3 before;
in vec3 clear;
in vec2 sunny;
out vec4 pixel;

void main() {
    keep_to_eye();
    vec4 leaf = foliage(colour_map, uv);
    // Mirror images have one sample a pixel.
    if (leaf.a < (tone_map == 1 ? 0.06 : 0.5)) discard;
    vec3 n = normalize(normal);
    vec3 albedo = leaf.rgb * colour.rgb;
    float facing = dot(n, sun.xyz);
    // Needles scatter light forwards: before the sun a tree's rim glows.
    float through = sunny.y * (1.0 - abs(dot(n, towards)));
#ifdef FAR
    // Far off a rim is too thin to glow; and crowns stand in each other's shade.
    through *= 0.4;
    float shone = 0.8 * sunny.x;
#else
    float shone = sunny.x * sunlit(point, n);
#endif
    vec3 radiance = sun_light.rgb * (shone / PI * (max(0.72 * facing + 0.28, 0.0) + 0.6 * through));
    radiance += SHADE * sky_irradiance(n) * (2.1 * colour.a / PI);
    vec3 arrives = before + radiance * albedo * clear;
    pixel = covering(stored(shown(arrives, grain()), 1.0).rgb, leaf.a);
}
#endif
