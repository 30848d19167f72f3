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
uniform int encode;        // 1 where the picture's surface stores what it is given: then the shader makes sRGB of it

vec3 encoded(vec3 linear) {
    // IEC 61966-2-1.
    vec3 c = clamp(linear, 0.0, 1.0);
    return mix(c * 12.92, 1.055 * pow(max(c, vec3(1e-6)), vec3(1.0 / 2.4)) - 0.055, step(0.0031308, c));
}

// What to write for a linear colour, premultiplied by how much of the pixel it covers. Every program that draws a picture ends with it.
// OpenGL then blends numbers that are no amounts of light. For what covers only some of the pixel, this gives what comes out right
// before the colour that is most likely `behind` it, and nearly right before others.
vec4 stored(vec3 linear, float cover, vec3 behind) {
    if (encode == 0) return vec4(linear, cover);
    return vec4(encoded(linear + behind * (1.0 - cover)) - encoded(behind) * (1.0 - cover), cover);
}

vec4 stored(vec3 linear, float cover) { return stored(linear, cover, vec3(0.2)); }

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
