// Where a thing that is drawn many times stands: COPIES says that it is, and each copy's transform lies in a texture buffer. STILL: it
// stands in the scene's own axes.

#ifdef VERTEX
uniform mat4 p3d_ModelMatrix;
#ifdef COPIES
uniform samplerBuffer copies;        // three rows of a 3 x 4 matrix for each copy

mat4 placed() {
    int row = 3 * which_copy();
    vec4 last = vec4(0, 0, 0, 1);
    return p3d_ModelMatrix * transpose(mat4(texelFetch(copies, row), texelFetch(copies, row + 1), texelFetch(copies, row + 2), last));
}
#elif defined(STILL)
mat4 placed() { return mat4(1.0); }  // its vertices are the scene's; Panda3D's matrix comes by way of the camera and is a little off
#else
mat4 placed() { return p3d_ModelMatrix; }
#endif
#endif
