// How far each point is along `ruler`, in metres: what the tracer of shadows compares.

#include "eye.glsl"

#ifdef VERTEX
in vec4 p3d_Vertex;
uniform vec4 ruler;                  // direction, offset
out float far;

void main() {
    far = dot(p3d_Vertex, ruler);
    see(p3d_Vertex);
}
#endif

#ifdef FRAGMENT
in float far;
out vec4 pixel;

void main() {
    pixel = vec4(far);
}
#endif
