// Clear things in a room: they mirror it by Fresnel, and cover a little of what is behind them with their tint.

#define OWN
#include "eye.glsl"
#include "copies.glsl"
#include "indoor.glsl"

#ifdef VERTEX
in vec4 p3d_Vertex;
in vec3 p3d_Normal;
out vec3 point;
out vec3 normal;

void main() {
    vec4 at = placed() * p3d_Vertex;
    point = at.xyz;
    normal = turned(placed(), p3d_Normal);
    see(at);
}
#endif

#ifdef FRAGMENT
uniform vec4 base;                   // tint, how much of what is behind it covers
uniform vec4 finish;                 // unused, roughness
uniform vec4 ambient[6];
in vec3 point;
in vec3 normal;
out vec4 pixel;

void main() {
    keep_to_eye();
    vec3 v = normalize(eye_position[eye].xyz - point);
    vec3 n = normalize(normal);
    if (dot(n, v) < 0.0) n = -n;
    float nv = dot(n, v), rough = max(finish.y, 0.03);
    float fresnel = 0.04 + 0.96 * pow(1.0 - nv, 5.0);
    vec3 r = reflect(-v, n);
    vec3 mirrored = room_mirrored(point, r, rough);
    vec3 falls = 0.5 * (ambient[4].rgb + ambient[5].rgb) * bounce_gain.x;
    for (int i = 0; i < 4; i++) {
        mirrored += panel_light[i].rgb * panel_mirrored(i, point, r, rough * rough);
        // A window's own panes are no wall for its light to fall on.
        if (dot(point - panel_middle[i].xyz, normalize(cross(panel_x[i].xyz, panel_y[i].xyz))) < 0.25) continue;
        falls += panel_light[i].rgb * (panel_factor(i, point, n) + panel_factor(i, point, -n)) * (0.5 * PI);
    }
    // Seen at a slant, one looks through more of it.
    float cover = clamp(base.a * (1.0 + 0.8 * pow(1.0 - nv, 2.0)), 0.0, 1.0);
    vec3 radiance = base.rgb * falls / PI * cover * (1.0 - fresnel) + mirrored * fresnel;
    float alpha = 1.0 - (1.0 - cover) * (1.0 - fresnel);
    pixel = stored(shown(radiance, grain()), alpha);
}
#endif
