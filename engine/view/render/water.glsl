// A lake: mirror image, glitter of the sun, a little of what lies beneath. The surface is flat; its waves are slopes.

#include "eye.glsl"
#include "light.glsl"
#include "lake.glsl"

#ifdef FRAGMENT
#include "cloud.glsl"
uniform sampler2D wave_map;          // slope x, slope y, slope squared; root mean square 1
uniform vec4 wave;                   // 1 / metres of a tile, calm slope, ruffled slope, how much steeper the smallest ripples are
in vec3 point;
out vec4 pixel;
#include "mirror.glsl"
#include "ripples.glsl"

// Root mean square slope of the ripples in a cat's paw, a few centimetres long (Cox and Munk 1954: a breeze of 1 m/s).
const float PAW = 0.034;

// Mean slope of waves of all sizes and its variance within the pixel (Olano and Baker, "LEAN Mapping", 2010), of three sets that
// cross: long waves, short ones, ripples a hand wide, which a cat's paw makes steeper. `sharp` gives the ripples' slope as of a smaller
// pixel: single facets.
vec3 slopes(vec2 at, float wind, float paw, float close, float near, out vec2 sharp) {
    float t = picture.x * wave.x;
    vec3 a = texture(wave_map, at * wave.x + vec2(0.42, 0.10) * t).rgb;
    vec3 b = texture(wave_map, vec2(at.x * 0.62 - at.y * 0.78, at.x * 0.78 + at.y * 0.62) * (wave.x * 0.37) + vec2(0.30, -0.16) * t).rgb;
    vec2 c_at = vec2(at.x * 0.90 + at.y * 0.44, at.y * 0.90 - at.x * 0.44) * (wave.x * 4.3) + vec2(1.10, 0.34) * t;
    vec3 c = texture(wave_map, c_at).rgb;
    vec2 fine = texture(wave_map, c_at * 2.3 + vec2(0.21, -0.13) * t, -0.7).rg;
    b.xy = vec2(b.x * 0.62 + b.y * 0.78, -b.x * 0.78 + b.y * 0.62);
    c.xy = vec2(c.x * 0.90 - c.y * 0.44, c.x * 0.44 + c.y * 0.90);
    fine = vec2(fine.x * 0.90 - fine.y * 0.44, fine.x * 0.44 + fine.y * 0.90);
    // `near` makes ripples steeper but adds nothing to the spread: the image, smeared wider, would fall into dots.
    float single = wave.w * (1.0 + 12.0 * close), steep = single + wave.w * 1.1 * near;
    float spread = max(a.z - dot(a.xy, a.xy), 0.0) + 1.4 * max(b.z - dot(b.xy, b.xy), 0.0)
                 + single * single * max(c.z - dot(c.xy, c.xy), 0.0);
    vec2 long_ones = a.xy + 1.2 * b.xy;
    sharp = (long_ones + single * fine) * wind + paw * fine;
    spread = spread * wind * wind + paw * paw * max(c.z - dot(c.xy, c.xy), 0.0);
    // Single ones are seen close by only: farther off their images would fall into dots.
    return vec3((long_ones + steep * c.xy) * wind + 0.4 * paw * c.xy, spread);
}

// Glitter: the share of facets within the pixel that mirror a light, over 4 times the cosines (Ross et al., 2005). `off` is how far
// they lean from the one that does, `width` the variance of their slopes.
float mirrors(vec3 v, vec3 light, vec2 slope, float width, float nv) {
    vec3 h = normalize(v + light);
    vec2 off = -h.xy / h.z - slope;
    float facets = exp(-dot(off, off) / (2.0 * width)) / (2.0 * PI * width);
    float lean = 0.02 + 0.98 * pow(clamp(1.0 - dot(h, v), 0.0, 1.0), 5.0);
    return lean * facets / (4.0 * max(nv, 0.05) * pow(h.z, 4.0));
}

void main() {
    keep_to_eye();
    vec3 here = eye_position[eye].xyz;
    vec3 path = here - point;
    float far = length(path);
    vec3 v = path / far;
    // Breezes ruffle the lake in patches.
    float breeze = texture(cloud_map, point.xy * 0.0045 + vec2(0.004, 0.0025) * picture.x).r
                 * 0.6 + 0.4 * texture(cloud_map, point.yx * 0.0011 - vec2(0.0007, 0.001) * picture.x).r;
    // Close by one sees single ripples, a finger long; some metres on those a hand wide still break what the lake mirrors.
    float close = exp2(-0.17 * far * far), near = exp2(-0.0045 * far * far);
    // Under the far shore's wood the air is still.
    float paw = PAW * ruffled(point.xy) * (1.0 - smoothstep(70.0, 170.0, far));
    vec2 sharp, ring = rings(point.xy);
    vec3 s = slopes(point.xy, mix(wave.y, wave.z, smoothstep(0.35, 0.8, breeze)), paw, close, near, sharp);
    sharp += ring;
    vec2 seen = mix(s.xy + ring, sharp, close);
    vec3 n = normalize(vec3(-seen, 1.0));
    // At a flat angle waves hide their far sides: those that are seen lean towards the eye (Bruneton et al., 2010, section 5).
    float nv = max(dot(n, v), 0.02 + 0.5 * sqrt(s.z));
    // The third power, not Schlick's fifth: a display shows too little of what a lake mirrors at middle angles, dark as that is.
    float turned = max(1.0 - nv, 0.0);
    float fresnel = 0.02 + 0.98 * turned * turned * turned / (1.0 + 11.0 * sqrt(s.z));

    vec3 r = reflect(-v, n);
    float reach = 25.0 + 1.5 * far;
    // Ripples are round: each mirrors a little of what lies over and under its middle's image, and none glints like a facet of a cut stone.
    float blur = sqrt(s.z) * 1.8 + 0.020 * smoothstep(6.0, 40.0, far) + (0.018 + 1.3 * paw) * near * (1.0 - close);
    // Far off, what is seen below a point's own flat reflection lies before the shore: there the image holds nothing but sky, some
    // of which its texels on the shore's edge hold too.
    float lowest = v.z * (0.3 + 0.7 * smoothstep(50.0, 200.0, far)) + mix(0.0012, 0.005, smoothstep(50.0, 200.0, far));
    // Of ripples too small to see those sides that lean towards the eye are seen, the more the flatter one looks.
    r.z = max(abs(r.z), lowest) + 1.6 * paw * (1.0 - smoothstep(0.05, 0.40, v.z));
    vec3 image = smeared(normalize(vec3(r.xy, max(r.z - blur, lowest))), normalize(r + vec3(0, 0, blur)), reach);

    // The sun's disc is 0.27 degrees in radius. The brightest glints would dazzle: they are held at some whites of a page.
    float sunny = sunlit(point, vec3(0, 0, 1)) * risen(point);
    vec3 glitter = sun_light.rgb * (sunny * mirrors(v, sun.xyz, sharp, s.z * 0.35 + 6e-5, nv));
    // A few facets in a hundred lean much more than the rest, where a breath of air or an insect has touched the water: they sparkle
    // one by one close by, and farther off as a faint wide gleam; there the air is still.
    const float TOUCHED = 0.045;
    vec2 d_at = vec2(point.x * 0.34 + point.y * 0.94, point.y * 0.34 - point.x * 0.94) * 2.7 + vec2(0.9, -1.3) * picture.x;
    vec3 d = texture(wave_map, d_at * wave.x, -0.5).rgb;
    float odd = TOUCHED * TOUCHED * max(d.z - dot(d.xy, d.xy), 0.0) + 2.5e-5;
    glitter += sun_light.rgb * (0.018 / (1.0 + 0.016 * far) * sunny * mirrors(v, sun.xyz, sharp + TOUCHED * d.xy, odd, nv));
    // Towards the far shore the air is ever stiller: the sun's path begins there without an edge.
    glitter /= (1.0 + glitter.g * picture.y / 2.2) * (1.0 + far * far / 1200.0);
    for (int lamp = 0; lamp < 2; lamp++) {
        vec3 l;
        vec3 shine = from_lamp(lamp, point, l);
        if (shine.g > 0.0) {
            // Some of its light goes in and comes out again.
            glitter += shine * max(l.z, 0.0) * (1.0 - fresnel) * vec3(0.040, 0.062, 0.050) / PI;
            shine *= mirrors(v, l, sharp, s.z * 0.35 + 4e-4, nv);
            glitter += shine / (1.0 + shine.g * picture.y / 1.7);
        }
    }

    float solid = smoothstep(15.0, 70.0, far);
    // The image was drawn through the air on the whole way: what is added here is only the way to the water, where it mirrors nothing.
    // The sides of ripples that face the sun let more of its light in: close by, a lake seen from above is not of one colour.
    float sides = max(dot(-seen, sun.xy) * inversesqrt(max(dot(sun.xy, sun.xy), 1e-6)), 0.0);
    glitter += (1.0 - fresnel) * (1.0 - solid) * (0.16 + min(5.0 * sides, 0.45)) * water_body();
    vec3 own = glitter + (1.0 - fresnel) * solid * water_body();
    vec3 clear;
    vec3 before = air_between(here, point, clear);
    vec3 radiance = fresnel * image + (1.0 - fresnel) * before + own * clear;
    pixel = stored(shown(max(radiance, vec3(0.0)), grain()), mix(fresnel, 1.0, solid), shown(water_body(), 0.5));
}
#endif
