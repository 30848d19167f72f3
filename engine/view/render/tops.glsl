// The tops of things, drawn once more: what stands on them leaves so much of their light (engine/view/indoor/tops.py). Blended by
// multiplying.

#define OWN
#include "eye.glsl"
#include "copies.glsl"

#ifdef VERTEX
in vec4 p3d_Vertex;
in vec2 light_uv;
out vec2 at;

void main() {
    at = light_uv;
    see(placed() * p3d_Vertex);
    // A hair nearer than what it lies on; by as much however it is turned, so that nothing comes through what stands before it.
    gl_Position.z -= 8e-6 * gl_Position.w;
}
#endif

#ifdef FRAGMENT
uniform sampler2D left_map;          // 0 to 1
in vec2 at;
out vec4 pixel;

void main() {
    keep_to_eye();
    // What light still comes has been to and fro between the two: it is warmer than what is missing.
    vec3 left = pow(vec3(texture(left_map, at).r), vec3(0.97, 1.0, 1.035));
    // Where sRGB is blended, this comes out right for what is as bright as most tops are.
    pixel = vec4(encode == 0 ? left : encoded(0.3 * left) / encoded(vec3(0.3)), 1.0);
}
#endif
