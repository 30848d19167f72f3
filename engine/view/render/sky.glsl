// The sky: air lit by the sun, its disc and glow, and thin high cloud. A box around the eye, infinitely far.

#include "eye.glsl"
#include "light.glsl"

#ifdef VERTEX
in vec4 p3d_Vertex;
out vec3 direction;

void main() {
    direction = p3d_Vertex.xyz;
    int mine = stereo == 1 ? gl_InstanceID & 1 : eye_first;
    see(vec4(eye_position[mine].xyz + direction * 100.0, 1.0));
    gl_Position.z = gl_Position.w * 0.999999;
}
#endif

#ifdef FRAGMENT
#include "cloud.glsl"
in vec3 direction;
out vec4 pixel;

void main() {
    keep_to_eye();
    vec3 d = normalize(direction);
    vec3 air_light = sky(d) * mix(vec3(1.0), DUST, 1.0 / (1.0 + 9.0 * (1.0 - dot(d, sun.xyz))));
    // Below the horizon there is only deep water, or nothing. The mirrored disc is the glitter, which the water draws itself.
    vec3 radiance = d.z < 0.0 && eye_position[eye].z > air.w ? water_body() : with_cloud(air_light, d) + aureole(d) + (tone_map == 1 ? disc(d) : vec3(0.0));
    pixel = stored(shown(radiance, grain()), 1.0);
}
#endif
