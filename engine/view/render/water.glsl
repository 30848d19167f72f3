// A lake: mirror image, glitter of the sun, a little of what lies beneath. The surface is flat; its waves are slopes.

#include "eye.glsl"
#include "light.glsl"
#include "lake.glsl"

#ifdef FRAGMENT
#include "cloud.glsl"
uniform sampler2D wave_map;          // slope x, slope y, slope squared; root mean square 1
uniform vec4 wave;                   // 1 / metres of a tile, calm slope, ruffled slope, unused
in vec3 point;
out vec4 pixel;
#include "mirror.glsl"

// Mean slope and the variance within the pixel (Olano and Baker, "LEAN Mapping", 2010), of two sets of waves that cross.
vec3 slopes(vec2 at, float wind) {
    float t = picture.x * wave.x;
    vec3 a = texture(wave_map, at * wave.x + vec2(0.42, 0.10) * t).rgb;
    vec3 b = texture(wave_map, vec2(at.x * 0.62 - at.y * 0.78, at.x * 0.78 + at.y * 0.62) * (wave.x * 0.37) + vec2(0.30, -0.16) * t).rgb;
    vec2 turned = vec2(b.x * 0.62 + b.y * 0.78, -b.x * 0.78 + b.y * 0.62);
    float spread = max(a.z - dot(a.xy, a.xy), 0.0) + 1.4 * max(b.z - dot(b.xy, b.xy), 0.0);
    return vec3((a.xy + 1.2 * turned) * wind, spread * wind * wind);
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
    vec3 s = slopes(point.xy, mix(wave.y, wave.z, smoothstep(0.35, 0.8, breeze)));
    vec3 n = normalize(vec3(-s.xy, 1.0));
    // At a flat angle waves hide their far sides: those that are seen lean towards the eye (Bruneton et al., 2010, section 5).
    float nv = max(dot(n, v), 0.02 + 0.5 * sqrt(s.z));
    float fresnel = 0.02 + 0.98 * pow(max(1.0 - nv, 0.0), 5.0) / (1.0 + 11.0 * sqrt(s.z));

    vec3 r = reflect(-v, n);
    float reach = 25.0 + 1.5 * far;
    float blur = sqrt(s.z) * 1.6;
    // Far off, what is seen below a point's own flat reflection lies before the shore: there the image holds nothing but sky.
    float lowest = v.z * (0.3 + 0.7 * smoothstep(50.0, 200.0, far)) + 0.0012;
    r.z = max(abs(r.z), lowest);
    vec3 image = 0.5 * mirrored(r, reach) + 0.25 * mirrored(normalize(r + vec3(0, 0, blur)), reach)
               + 0.25 * mirrored(normalize(vec3(r.xy, max(r.z - blur, lowest))), reach);

    // Glitter: the share of facets within the pixel that mirror the sun, whose disc is 0.27 degrees in radius (Ross et al., 2005).
    vec3 h = normalize(v + sun.xyz);
    vec2 off = -h.xy / h.z - s.xy;
    float width = s.z * 0.7 + 4e-5;
    float facets = exp(-dot(off, off) / (2.0 * width)) / (2.0 * PI * width);
    float lean = 0.02 + 0.98 * pow(clamp(1.0 - dot(h, v), 0.0, 1.0), 5.0);
    vec3 glitter = sun_light.rgb * (sunlit(point, vec3(0, 0, 1)) * risen(point) * lean * facets / (4.0 * max(nv, 0.05) * pow(h.z, 4.0)));
    // The brightest glints would dazzle; they are held at twenty times a white page.
    glitter /= 1.0 + glitter.g * picture.y / 20.0;

    float solid = smoothstep(15.0, 70.0, far);
    vec3 radiance = fresnel * image + glitter + (1.0 - fresnel) * solid * water_body();
    pixel = stored(shown(through_air(radiance, here, point), grain()), mix(fresnel, 1.0, solid), shown(water_body(), 0.5));
}
#endif
