// The light of one room; engine/view/indoor fills these inputs. Lux and candela per square metre, coloured, in linear sRGB.
//
// Direct light comes from up to four rectangles (LED panels, windows), exactly for the diffuse part. How much of each a point sees was
// traced when the scene was built, as was the light that comes by way of walls and things.

#include "tone.glsl"

uniform vec4 panel_middle[4];        // w: 1 for a window, which shows in the probe with what lies behind it
uniform vec4 panel_x[4];             // half of its width and depth as vectors; x cross y is where it shines
uniform vec4 panel_y[4];
uniform vec4 panel_light[4];         // luminance, 0 for none
uniform vec4 bounce_gain;            // light that comes by way of walls now, 1 as it was traced
uniform samplerCube probe;           // what one sees from the room's middle, but for the panels; blurred more in each mipmap
uniform vec4 probe_at;               // the room's middle, its last mipmap
uniform vec4 room_low;
uniform vec4 room_high;

#ifdef FRAGMENT
// One edge of a polygon's form factor (Heitz, Dupuy, Hill and Neubelt, "Real-Time Polygonal-Light Shading", 2016; their rational fit).
vec3 edge(vec3 a, vec3 b) {
    float x = dot(a, b), y = abs(x);
    float v = (0.8543985 + (0.4965155 + 0.0145206 * y) * y) / (3.4175940 + (4.1616724 + y) * y);
    return cross(a, b) * (x > 0.0 ? v : 0.5 * inversesqrt(max(1.0 - x * x, 1e-7)) - v);
}

// The form factor of a panel as a vector: towards it, as long as what a surface that faces it would get; 0 behind the panel.
vec3 panel_sum(int i, vec3 point) {
    vec3 x = panel_x[i].xyz, y = panel_y[i].xyz, to = panel_middle[i].xyz - point;
    if (dot(cross(x, y), to) >= 0.0) return vec3(0.0);
    vec3 a = normalize(to - x - y), b = normalize(to + x - y), c = normalize(to + x + y), d = normalize(to - x + y);
    vec3 sum = edge(a, b) + edge(b, c) + edge(c, d) + edge(d, a);
    return dot(sum, to) < 0.0 ? -sum : sum;
}

// Irradiance over pi and luminance that a panel gives to a point whose normal is n, 0 behind the panel. What sinks below the surface's
// horizon is left out as for a sphere as large (Hill and Heitz, "Real-Time Area Lighting: a Journey from Research to Production", 2016).
float panel_factor(int i, vec3 point, vec3 n) {
    vec3 sum = panel_sum(i, point);
    float all = length(sum);
    return max((all * all + dot(sum, n)) / (all + 1.0), 0.0);
}

// A Gaussian's share within -1 to 1 from `at`; erf(x / sqrt 2) is nearly tanh(0.8 x).
float share_within(float at, float spread) {
    return 0.5 * (tanh(0.8 * (1.0 - at) / spread) + tanh(0.8 * (1.0 + at) / spread));
}

// How much of what a surface of roughness a mirrors along r is panel: the lobe taken for a Gaussian round r, cut off by the panel's edges.
float panel_mirrored(int i, vec3 point, vec3 r, float a) {
    if (panel_middle[i].w > 0.0) return 0.0;
    vec3 x = panel_x[i].xyz, y = panel_y[i].xyz, from = point - panel_middle[i].xyz;
    vec3 out_of = normalize(cross(x, y));
    float high = dot(from, out_of), facing = -dot(r, out_of);
    if (high <= 0.0 || facing < -a) return 0.0;
    float far = high / max(facing, 0.06);
    vec3 at = from + r * far;
    float spread = far * (0.75 * a + 0.002);
    float xx = dot(x, x), yy = dot(y, y);
    return share_within(dot(at, x) / xx, spread * inversesqrt(xx)) * share_within(dot(at, y) / yy, spread * inversesqrt(yy))
         * smoothstep(-a, 0.06, facing);
}

// What the room looks like along r from a point: the probe's picture, as if painted on the room's walls (Lagarde and Zanuttini, "Local
// Image-based Lighting with Parallax-corrected Cubemap", 2012).
// `finest` is 1 for what is small and round: the sharpest mipmap, which is for panes, would glitter in it.
vec3 room_mirrored(vec3 point, vec3 r, float rough, float finest) {
    vec3 inside = clamp(point, room_low.xyz + 0.01, room_high.xyz - 0.01);
    vec3 far = max((room_low.xyz - inside) / r, (room_high.xyz - inside) / r);
    vec3 towards = inside + r * min(far.x, min(far.y, far.z)) - probe_at.xyz;
    const float LEAST = 0.245;                             // root of the least roughness: reflection.py's SMOOTHEST
    float level = max(sqrt(rough) - LEAST, 0.0) / (1.0 - LEAST) * probe_at.w;
    return textureLod(probe, towards, max(level, finest * (1.0 + 0.8 * min(level, 1.0)))).rgb * bounce_gain.x;
}

// How rough a face is whose normal turns within a pixel: a thin tube or a bevel mirrors all that lies in that fan, not one glittering
// point of it (Tokuyoshi and Kaplanyan, "Improved Geometric Specular Antialiasing", 2019, with their constants).
float calmed(float rough, vec3 n) {
    vec3 across = dFdx(n), along = dFdy(n);
    float a = rough * rough;
    return sqrt(sqrt(a * a + min(0.5 * (dot(across, across) + dot(along, along)), 0.18)));
}

// The environment's share of the mirrored light: Karis's fit ("Physically Based Shading on Mobile", 2014).
vec2 mirror_share(float rough, float nv) {
    vec4 r = rough * vec4(-1.0, -0.0275, -0.572, 0.022) + vec4(1.0, 0.0425, 1.04, -0.04);
    float k = min(r.x * r.x, exp2(-9.28 * nv)) * r.x + r.y;
    return vec2(-1.04, 1.04) * k + r.zw;
}
#endif
