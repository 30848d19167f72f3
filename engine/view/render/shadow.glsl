// Depth only, as the sun sees it. COPIES as in surface.glsl; CUT drops what is transparent.

#include "eye.glsl"

#ifdef VERTEX
uniform mat4 p3d_ModelMatrix;
in vec4 p3d_Vertex;
#ifdef CUT
in vec2 p3d_MultiTexCoord0;
out vec2 uv;
#endif
#ifdef COPIES
uniform samplerBuffer copies;
#endif

void main() {
    mat4 place = p3d_ModelMatrix;
#ifdef COPIES
    int row = 3 * which_copy();
    place = place * transpose(mat4(texelFetch(copies, row), texelFetch(copies, row + 1), texelFetch(copies, row + 2), vec4(0, 0, 0, 1)));
#endif
#ifdef CUT
    uv = p3d_MultiTexCoord0;
#endif
    see(place * p3d_Vertex);
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
}
#endif
