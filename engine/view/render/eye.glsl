// Which eye, which copy, and where a point of the scene lands in that eye. The only shader text that knows of stereo.
//
// Single pass draws everything twice by instancing: the eye is the lowest bit of gl_InstanceID, the copy is the rest. Two passes and
// mono say by eye_first which eye it is. Where OpenGL can choose a viewport in a vertex shader, it does; else the left eye's picture
// is pressed into the left half (and the right eye's into the right), and fragments beyond the seam are dropped.

uniform int stereo;        // 1 in single pass
uniform int eye_first;     // the eye, if not in single pass
uniform int eye_seam;      // the pixel column at which the right eye's picture begins; 0 if there is only one eye
uniform vec4 eye_position[2];

#ifdef VERTEX
uniform mat4 eye_view_projection[2];
flat out int eye;

int which_copy() { return gl_InstanceID >> stereo; }

void see(vec4 point) {
    eye = stereo == 1 ? gl_InstanceID & 1 : eye_first;
    gl_Position = eye_view_projection[eye] * point;
#ifdef GL_ARB_shader_viewport_layer_array
    gl_ViewportIndex = eye;
#else
    if (eye_seam > 0) gl_Position.x = 0.5 * (gl_Position.x + (eye == 0 ? -gl_Position.w : gl_Position.w));
#endif
}
#endif

#ifdef FRAGMENT
flat in int eye;

void keep_to_eye() {
#ifndef GL_ARB_shader_viewport_layer_array
    if (eye_seam > 0 && (int(gl_FragCoord.x) < eye_seam) != (eye == 0)) discard;
#endif
}

// Interleaved gradient noise, 0 to 1, the same for both eyes (Jimenez, "Next Generation Post Processing in Call of Duty", 2014).
float grain() {
    vec2 pixel = floor(gl_FragCoord.xy);
    if (eye == 1) pixel.x -= float(eye_seam);
    return fract(52.9829189 * fract(dot(pixel, vec2(0.06711056, 0.00583715))));
}
#endif
