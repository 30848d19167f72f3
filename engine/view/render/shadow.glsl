// Depth only, as the sun sees it. COPIES as in copies.glsl; CUT drops what is transparent. MARKED: depths come in steps of
// 1 / 65,536, and half a step more of what is CLEAR, as `cast.glsl` reads them.

#include "eye.glsl"
#include "copies.glsl"

#ifdef VERTEX
in vec4 p3d_Vertex;
#ifdef CUT
in vec2 p3d_MultiTexCoord0;
out vec2 uv;
#endif

void main() {
#ifdef CUT
    uv = p3d_MultiTexCoord0;
#endif
    see(placed() * p3d_Vertex);
}
#endif

#ifdef FRAGMENT
#ifdef CUT
uniform sampler2D colour_map;
in vec2 uv;
#endif

void main() {
#ifdef CUT
    if (texture(colour_map, uv).a < 0.5) discard;
#endif
#ifdef MARKED
#ifdef CLEAR
    const float MARK = 0.5;
#else
    const float MARK = 0.0;
#endif
    gl_FragDepth = (floor(gl_FragCoord.z * 65536.0) + MARK) / 65536.0;
#endif
}
#endif
