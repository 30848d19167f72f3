// A picture or text as it is: no light falls on it, no air dims it. Its alpha is premultiplied.

#include "eye.glsl"

#ifdef VERTEX
uniform mat4 p3d_ModelMatrix;
in vec4 p3d_Vertex;
in vec2 p3d_MultiTexCoord0;
out vec2 uv;

void main() {
    uv = p3d_MultiTexCoord0;
    see(p3d_ModelMatrix * p3d_Vertex);
}
#endif

#ifdef FRAGMENT
uniform sampler2D colour_map;
uniform vec4 base;                   // tint, and how much of it is there
in vec2 uv;
out vec4 pixel;

void main() {
    keep_to_eye();
    vec4 colour = texture(colour_map, uv) * vec4(base.rgb, 1.0) * base.a;
    pixel = stored(colour.rgb, colour.a);
}
#endif
