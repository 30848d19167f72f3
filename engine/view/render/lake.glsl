// The flat face of a lake, water or ice: each point of it, where it is.

#ifdef VERTEX
uniform mat4 p3d_ModelMatrix;
in vec4 p3d_Vertex;
out vec3 point;

void main() {
    vec4 at = p3d_ModelMatrix * p3d_Vertex;
    point = at.xyz;
    see(at);
}
#endif
