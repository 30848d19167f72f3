// Clear things in a room: they mirror it by Fresnel, and cover a little of what is behind them with their tint. What is as rough as can
// be is a net: it mirrors nothing, and the more its threads stand one behind the other, the more it covers.
// MAPS: that has a texture. UNLIT: no light falls on it. What stands in a window is its pane: two sheets of drawn glass, no two quite
// flat or quite upright, with a film of dust where a vertex's alpha says so.

#define OWN
#include "eye.glsl"
#include "copies.glsl"
#include "indoor.glsl"

#ifdef VERTEX
in vec4 p3d_Vertex;
in vec3 p3d_Normal;
in vec4 p3d_Color;
#ifdef MAPS
in vec2 p3d_MultiTexCoord0;
out vec2 uv;
#endif
out vec3 point;
centroid out vec3 normal;
out vec4 colour;

void main() {
    colour = p3d_Color;
    vec4 at = placed() * p3d_Vertex;
    point = at.xyz;
    normal = turned(placed(), p3d_Normal);
#ifdef MAPS
    uv = p3d_MultiTexCoord0;
#endif
    see(at);
}
#endif

#ifdef FRAGMENT
uniform vec4 base;                   // tint, how much of what is behind it covers
uniform vec4 finish;                 // unused, roughness
uniform vec4 ambient[6];
#ifdef MAPS
uniform sampler2D colour_map;
in vec2 uv;
#endif
in vec3 point;
centroid in vec3 normal;
in vec4 colour;
out vec4 pixel;

// A film sends back more of the light on the side that one sees than it lets through of the other's: so its folds show.
const vec2 SIDES = vec2(0.70, 0.30);

// How much of what a pane mirrors is shown before a view as bright as DUSK.y of a lit page, and as how rough: an eye that looks out focuses
// far off, and what the glass mirrors lies nearer and before another spot of the view for each eye. By night there is nothing else to look
// at, and it sees the room. A matter of taste.
const vec2 HEEDED = vec2(0.32, 0.25), DUSK = vec2(0.03, 0.35);

vec3 arrives_from(vec3 n) {
    vec3 squared = n * n;
    return squared.x * ambient[n.x < 0.0 ? 1 : 0].rgb + squared.y * ambient[n.y < 0.0 ? 3 : 2].rgb + squared.z * ambient[n.z < 0.0 ? 5 : 4].rgb;
}

vec3 out_of_panel(int i) {
    return normalize(cross(panel_x[i].xyz, panel_y[i].xyz));
}

// Whether panel i is a window, and what is drawn stands in it.
bool in_window(int i) {
    vec3 from = point - panel_middle[i].xyz, x = panel_x[i].xyz, y = panel_y[i].xyz, out_of = out_of_panel(i);
    return panel_middle[i].w > 0.0 && abs(dot(from, out_of)) < 0.15 && abs(dot(from, x)) < dot(x, x) && abs(dot(from, y)) < dot(y, y);
}

void main() {
    keep_to_eye();
    vec3 v = normalize(eye_position[eye].xyz - point);
    vec3 n = normalize(normal);
    if (dot(n, v) < 0.0) n = -n;
    float nv = dot(n, v), rough = calmed(max(finish.y, 0.03), normalize(normal));
    bool net = finish.y > 0.99;
    float fresnel = net ? 0.0 : 0.04 + 0.96 * pow(1.0 - nv, 5.0);
    fresnel *= 2.0 / (1.0 + fresnel);        // a sheet has two faces, and light goes to and fro between them
    vec3 r = reflect(-v, n);
    vec3 twin = r, mirrored = room_mirrored(point, r, rough, 1.0);
    vec3 falls = (SIDES.x * arrives_from(n) + SIDES.y * arrives_from(-n)) * bounce_gain.x;
    float dusty = 1.0, soft = 0.02;
    for (int i = 0; i < 4; i++) {
        if (!in_window(i)) continue;
        // The other sheet leans the other way, and the air between them bends both: what they mirror is seen twice.
        vec3 out_of = out_of_panel(i);
        twin = reflect(-v, normalize(2.0 * dot(n, out_of) * out_of - n));
        float outward = smoothstep(DUSK.x, DUSK.y, panel_light[i].g * picture.y), blurred = mix(rough, HEEDED.y, outward);
        mirrored = 0.5 * (room_mirrored(point, r, blurred, 0.0) + room_mirrored(point, twin, blurred, 0.0));
        fresnel *= 2.0 / (1.0 + fresnel);
        fresnel *= mix(1.0, HEEDED.x, outward);
        // Dust sends on, every way, a part of the daylight that comes through it.
        dusty = colour.a;
        falls += SIDES.y * panel_light[i].rgb * PI;
        soft = 0.004;
    }
    for (int i = 0; i < 4; i++) {
        vec3 out_of = out_of_panel(i);
        // Prismatic covers shine down far more than aside (EN 12464-1:2021 limits what one sees of them at 65 degrees and more).
        float a = max(rough * rough, soft), lamp = panel_mirrored(i, point, r, a) * smoothstep(0.25, 1.0, -dot(r, out_of));
        if (twin != r) lamp = 0.5 * (lamp + panel_mirrored(i, point, twin, a) * smoothstep(0.25, 1.0, -dot(twin, out_of)));
        mirrored += panel_light[i].rgb * lamp;
        // A window's own panes are no wall for its light to fall on.
        if (dot(point - panel_middle[i].xyz, out_of) < 0.25) continue;
        falls += panel_light[i].rgb * (SIDES.x * panel_factor(i, point, n) + SIDES.y * panel_factor(i, point, -n)) * PI;
    }
    vec4 tint = base * vec4(colour.rgb, dusty);
    falls *= dusty < 1.0 ? 1.0 : colour.a;
#ifdef MAPS
    tint *= texture(colour_map, uv);
    float cover = tint.a;
    fresnel *= min(8.0 * cover, 1.0);        // where a picture has nothing, nothing is mirrored
#else
    // Seen at a slant, one looks through more of it.
    float cover = clamp(tint.a * (1.0 + 0.8 * pow(1.0 - nv, 2.0)), 0.0, 1.0);
    if (net) cover = 1.0 - pow(1.0 - tint.a, 1.0 / max(nv, 0.5));
#endif
#ifdef UNLIT
    pixel = stored(unlit(tint.rgb) * cover, cover);
    return;
#endif
    vec3 radiance = tint.rgb * falls / PI * cover * (1.0 - fresnel) + mirrored * fresnel;
    float alpha = 1.0 - (1.0 - cover) * (1.0 - fresnel);
    pixel = stored(shown(radiance, grain()), alpha);
}
#endif
