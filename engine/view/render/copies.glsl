// Where a thing stands. BONES: each of its vertices goes with two bones (a hand whose joints are tracked). COPIES: it is drawn many times, each copy's transform in a texture buffer. OWN: the view says where, by
// `engine.view.moving.Places`; Panda3D's matrix comes by way of the camera and is a little off, not alike in two eyes and in one.

#ifdef VERTEX
#ifdef OWN
uniform mat4 scene_from_thing;
#else
uniform mat4 p3d_ModelMatrix;
#define scene_from_thing p3d_ModelMatrix
#endif
#ifdef COPIES
uniform samplerBuffer copies;        // three rows of a 3 x 4 matrix for each copy

mat4 placed() {
    int row = 3 * which_copy();
    vec4 last = vec4(0, 0, 0, 1);
    return scene_from_thing * transpose(mat4(texelFetch(copies, row), texelFetch(copies, row + 1), texelFetch(copies, row + 2), last));
}
#elif defined(BONES)
uniform mat4 bone[16];               // where each bone has gone from where it was modelled
in vec3 bones;                       // of a vertex: one bone, another, and the share of the other

mat4 placed() { return scene_from_thing * (bone[int(bones.x)] * (1.0 - bones.z) + bone[int(bones.y)] * bones.z); }
#else
mat4 placed() { return scene_from_thing; }
#endif

// A normal of what was first stretched along its own axes and then turned: a chest that rises, a curtain that is drawn aside.
vec3 turned(mat4 place, vec3 normal) {
    mat3 m = mat3(place);
    return normalize(m * (normal / vec3(dot(m[0], m[0]), dot(m[1], m[1]), dot(m[2], m[2]))));
}
#endif
