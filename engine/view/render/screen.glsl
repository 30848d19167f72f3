// A screen: dark glossy glass that shines where something is written on it.

#define OWN
#include "eye.glsl"
#include "copies.glsl"
#include "indoor.glsl"

#ifdef VERTEX
in vec4 p3d_Vertex;
in vec3 p3d_Normal;
in vec2 p3d_MultiTexCoord0;
out vec3 point;
out vec3 normal;
out vec2 uv;

void main() {
    vec4 at = placed() * p3d_Vertex;
    point = at.xyz;
    normal = turned(placed(), p3d_Normal);
    uv = p3d_MultiTexCoord0;
    see(at);
}
#endif

#ifdef FRAGMENT
uniform sampler2D screen_map;
uniform vec4 screen;                 // brightness of white
in vec3 point;
in vec3 normal;
in vec2 uv;
out vec4 pixel;

void main() {
    keep_to_eye();
    vec3 v = normalize(eye_position[eye].xyz - point);
    vec3 n = normalize(normal);
    float nv = max(dot(n, v), 0.0);
    vec3 r = reflect(-v, n);
    // An anti-glare coat: what is mirrored is blurred and a quarter as bright as on plain glass.
    float fresnel = 0.25 * (0.04 + 0.96 * pow(1.0 - nv, 5.0));
    vec3 mirrored = room_mirrored(point, r, 0.35, 1.0);
    vec3 falls = vec3(0.0);
    for (int i = 0; i < 4; i++) {
        mirrored += panel_light[i].rgb * panel_mirrored(i, point, r, 0.12);
        falls += panel_light[i].rgb * panel_factor(i, point, n);
    }
    vec3 radiance = 0.012 * falls + fresnel * mirrored + texture(screen_map, uv).rgb * (screen.x / picture.y);
    pixel = stored(shown(radiance, grain()), 1.0);
}
#endif
