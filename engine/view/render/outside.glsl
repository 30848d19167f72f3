// What lies outside a window: painted with its own light, cd/m2. CUT: foliage on cards, alpha is how much of it is there.

#define OWN
#include "eye.glsl"
#include "copies.glsl"
#include "tone.glsl"
#include "coverage.glsl"

#ifdef VERTEX
in vec4 p3d_Vertex;
in vec4 p3d_Color;
in vec2 p3d_MultiTexCoord0;
out vec4 colour;
out vec2 uv;

void main() {
    colour = p3d_Color;
    uv = p3d_MultiTexCoord0;
    see(placed() * p3d_Vertex);
}
#endif

#ifdef FRAGMENT
uniform sampler2D colour_map;        // linear; a: how much of it shines by itself
uniform vec4 base;                   // luminance of what is lit, of what shines; times as bright as shown, in mirrors
uniform vec3 haze;                   // what a plant fades to as it stands further off, of what is lit
in vec4 colour;
in vec2 uv;
out vec4 pixel;

void main() {
    keep_to_eye();
    float truly = tone_map == 0 ? base.z : 1.0;
#ifdef CUT
    float level;
    vec4 leaf = mixed(colour_map, uv, level);  // edges as soft as they are painted: an eye in the room rests on what is nearer
    if (leaf.a < 0.06) discard;
    vec3 seen = mix(leaf.rgb * colour.rgb, haze, colour.a);
    pixel = covering(stored(shown(seen * base.x * truly, grain()), 1.0).rgb, leaf.a);
#else
    vec4 painted = texture(colour_map, uv);
    vec3 radiance = painted.rgb * mix(colour.rgb * base.x, vec3(base.y * colour.a), painted.a);
    pixel = stored(shown(radiance * truly, grain()), 1.0);
#endif
}
#endif
