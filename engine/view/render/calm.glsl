// The calm room: dusk over far hills, and a round of pale floor. One box around the eye; the floor is met by its ray.

#include "eye.glsl"

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
uniform vec4 calm;                   // how much of it is there; half the width of its floor in metres
in vec3 direction;
out vec4 pixel;

const vec3 HORIZON = vec3(0.62, 0.36, 0.27);
const vec3 ABOVE = vec3(0.16, 0.16, 0.25);
const vec3 ZENITH = vec3(0.022, 0.038, 0.095);
const vec3 MIST = vec3(0.145, 0.115, 0.135);
const vec3 FAR_HILLS = vec3(0.105, 0.095, 0.155);
const vec3 NEAR_HILLS = vec3(0.042, 0.043, 0.075);
const vec3 FLOOR = vec3(0.185, 0.140, 0.115);

vec3 sky(vec3 d, float azimuth) {
    float up = max(d.z, 0.0);
    vec3 air = mix(ABOVE, ZENITH, smoothstep(0.1, 0.85, up));
    // Brighter where the sun went down, ahead of where one began.
    float west = 0.72 + 0.28 * cos(azimuth);
    return mix(air, HORIZON * west, exp(-up * 6.0) * west);
}

// The sine of the height at which a chain of hills ends.
float crest(float azimuth, float high, float shift) {
    float wave = sin(2.0 * azimuth + shift) + 0.6 * sin(5.0 * azimuth + 2.3 * shift) + 0.35 * sin(11.0 * azimuth + 4.1 * shift)
        + 0.12 * sin(23.0 * azimuth + 1.7 * shift);
    return high * (1.0 + 0.32 * wave);
}

void main() {
    keep_to_eye();
    vec3 d = normalize(direction);
    float azimuth = atan(d.x, d.y);
    float soft = 1.5 * fwidth(d.z) + 0.0015;
    vec3 colour = sky(d, azimuth);
    float hills = crest(azimuth, 0.075, 0.4);
    colour = mix(mix(FAR_HILLS, MIST, clamp(1.0 - d.z / hills, 0.0, 1.0) * 0.7), colour, smoothstep(-soft, soft, d.z - hills));
    hills = crest(azimuth, 0.034, 2.1);
    vec3 near = mix(NEAR_HILLS, MIST, clamp(1.0 - max(d.z, 0.0) / hills, 0.0, 1.0));
    colour = mix(near, colour, smoothstep(-soft, soft, d.z - hills));
    // Below the horizon a plain in the mist, and on it the floor.
    colour = mix(mix(MIST, MIST * 0.3, smoothstep(0.0, 0.5, -d.z)), colour, smoothstep(-0.004, 0.004, d.z));
    float height = eye_position[eye].z;
    if (d.z < -0.001 && height > 0.0) {
        vec2 at = eye_position[eye].xy + d.xy * (height / -d.z);
        float away = length(at) / calm.y;
        float wide = 1.5 * fwidth(away) + 0.004;
        float there = 1.0 - smoothstep(1.0 - wide, 1.0 + wide, away);
        vec3 ground = FLOOR * (1.28 - 0.5 * smoothstep(0.0, 1.0, away));
        // A ring near its edge, so that one sees how far it is.
        float ring = smoothstep(wide, 0.0, abs(away - 0.93) - 0.006);
        ground = mix(ground, FLOOR * 1.7, 0.5 * ring);
        colour = mix(colour, ground, there);
    }
    // Dithered by half a step of 8 sRGB bits (about a square root): so wide a gradient would show its steps.
    vec3 root = sqrt(colour) + (fract(grain() + vec3(0.0, 0.37, 0.71)) - 0.5) / 255.0;
    pixel = stored(root * root * calm.x, calm.x);
}
#endif
