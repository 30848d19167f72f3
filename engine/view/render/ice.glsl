// A frozen lake: ice that one looks a hand's breadth into, cracks, blown snow, and a blurred image of the land. Nothing moves.

#include "eye.glsl"
#include "light.glsl"
#include "lake.glsl"

#ifdef FRAGMENT
#include "cloud.glsl"
uniform sampler2D crack_map;         // r: 1 on a crack, 0 where `crack.y` metres from it and further; tiles
uniform vec4 crack;                  // 1 / metres of a tile, metres at which the map is 0, unused
in vec3 point;
out vec4 pixel;
#include "mirror.glsl"

float noise(vec2 at) { return texture(cloud_map, at).r; }

// How much of a crack `width` metres wide the pixel shows, in a map whose tile is `scale` times as wide.
float cracked(vec2 at, float scale, float width) {
    // The map's texels are wider than fine cracks: half of one is taken off its distance, or lines would come out as dots.
    float texel = 1.0 / float(textureSize(crack_map, 0).x) / crack.x * scale;
    float away = max((1.0 - texture(crack_map, at * crack.x / scale, -1.5).r) * crack.y * scale - 0.68 * texel, 0.0);
    // Never drawn thinner than a pixel and a half: fainter instead.
    float blur = max(0.75 * sqrt(length(dFdx(at)) * length(dFdy(at))), 0.4 * width);
    return (1.0 - smoothstep(0.0, width + blur, away)) * min(1.0, 1.5 * width / blur);
}

// How deep the snow lies, about 0 to 1: drifts, drawn out by the wind.
float drift(vec2 at) {
    return 0.50 * noise(at * vec2(0.011, 0.021) + 0.13) + 0.36 * noise(at.yx * vec2(0.051, 0.031) + 0.37) + 0.14 * noise(at * vec2(0.09, 0.15));
}

void main() {
    keep_to_eye();
    const vec3 UP = vec3(0, 0, 1);
    vec3 here = eye_position[eye].xyz;
    vec3 path = here - point;
    float far = length(path);
    vec3 v = path / far;
    vec2 at = point.xy;

    const float STEP = 0.06;
    float deep = drift(at);
    vec2 slope = vec2(drift(at + vec2(STEP, 0)) - deep, drift(at + vec2(0, STEP)) - deep) / STEP;
    float snow = smoothstep(0.61, 0.68, deep);
    float dust = 0.22 * smoothstep(0.46, 0.62, deep) * smoothstep(0.3, 0.8, noise(at * 0.37));
    float cover = clamp(max(snow, dust), 0.0, 1.0);

    // Ice: clear and dark where it froze slowly, milky where air was caught; cracks are sheets of air that go down into it.
    float milk = smoothstep(0.25, 0.85, 0.6 * noise(at * 0.027 + 0.61) + 0.4 * noise(at.yx * 0.13));
    vec3 albedo = mix(vec3(0.050, 0.110, 0.150), vec3(0.20, 0.35, 0.45), milk);
    vec2 turned = vec2(at.x * 0.80 - at.y * 0.60, at.x * 0.60 + at.y * 0.80);
    float line = max(cracked(at, 1.0, 0.010), 0.7 * cracked(turned, 0.37, 0.006));
    vec3 down = refract(-v, UP, 1.0 / 1.31);
    vec2 shift = down.xy / -down.z;
    float sheet = 0.0;
    for (int layer = 1; layer <= 4; layer++) {
        float below = 0.045 * float(layer);
        sheet = max(sheet, cracked(at + shift * below, 1.0, 0.012) * (0.50 - 0.10 * float(layer)));
    }
    albedo = mix(albedo, vec3(0.36, 0.47, 0.53), sheet);
    albedo = mix(albedo, vec3(0.50, 0.60, 0.66), line * mix(0.85, 0.5, milk));
    albedo = mix(albedo, vec3(0.82, 0.85, 0.88), cover);

    vec3 n = normalize(vec3(-slope * 0.16 * snow, 1.0));
    vec3 light = SHADE * sky_irradiance(n) + sun_light.rgb * (sunlit(point, UP) * risen(point) * max(dot(n, sun.xyz), 0.0));
    for (int lamp = 0; lamp < 2; lamp++) {
        vec3 l;
        vec3 arriving = from_lamp(lamp, point, l);
        light += arriving * max(l.z, 0.0);
    }
    vec3 radiance = albedo * light / PI;

    // Frozen ripples and frost blur what is mirrored, most of all upwards.
    float rough = mix(0.035, 0.075, milk);
    float nv = max(v.z, 0.02);
    float fresnel = (0.02 + 0.98 * pow(1.0 - nv, 5.0) / (1.0 + 11.0 * rough)) * (1.0 - cover) * (1.0 - 0.6 * line);
    if (fresnel > 0.004) {
        vec3 r = vec3(-v.xy, v.z);
        vec3 side = normalize(vec3(-r.y, r.x, 0.0));
        float reach = 25.0 + 1.5 * far;
        float spread = 1.9 * rough;
        float lowest = v.z * (0.3 + 0.7 * smoothstep(50.0, 200.0, far)) + 0.0012; // as in water.glsl
        vec3 image = vec3(0);
        for (int tap = 0; tap < 9; tap++) {
            float up = (float(tap) - 4.0 + 0.6 * (grain() - 0.5)) / 4.0;
            float aside = (tap & 1) == 0 ? 0.25 : -0.25;
            vec3 towards = r + side * (aside * spread * (1.0 - abs(up)));
            towards.z = max(abs(r.z + up * spread), lowest);
            image += mirrored(normalize(towards), reach);
        }
        // As in water.glsl: the image was drawn through the air on the whole way.
        image = image / 9.0 - through_air(vec3(0.0), here, point);
        radiance = through_air(radiance * (1.0 - fresnel), here, point) + fresnel * image;
    } else radiance = through_air(radiance, here, point);
    pixel = stored(shown(max(radiance, vec3(0.0)), grain()), 1.0);
}
#endif
