// What the lenses of a headset hide: drawn before all else, nearer than all else, and in no colour.

#include "eye.glsl"

#ifdef VERTEX
uniform vec4 eye_tangents[2];        // of each eye's view: left, right, down, up
in vec4 p3d_Vertex;                  // tangents to the right and up, and whose eye's they are

void main() {
    see(vec4(0.0));
    vec4 seen = eye_tangents[eye];
    vec2 at = (2.0 * p3d_Vertex.xy - seen.xz - seen.yw) / (seen.yw - seen.xz);
    // The other eye's are laid behind the viewer, where OpenGL cuts them away.
    gl_Position = int(p3d_Vertex.z) == eye ? vec4(at, -1.0, 1.0) : vec4(0.0, 0.0, 2.0, 1.0);
#ifndef GL_ARB_shader_viewport_layer_array
    if (eye_seam > 0) gl_Position.x = 0.5 * (gl_Position.x + (eye == 0 ? -1.0 : 1.0));
#endif
}
#endif

#ifdef FRAGMENT
out vec4 pixel;

void main() {
    keep_to_eye();
    pixel = vec4(0.0);
}
#endif
