// The light and the air that every shader shares; engine/view/render/light.py fills these inputs and gives their units.

#include "tone.glsl"
#include "lamp.glsl"

uniform sampler2D sky_map;           // the sky's radiance; see sky()
uniform vec4 sky_light[9];           // what the sky gives to a surface, as spherical harmonics
uniform vec4 sun;                    // unit vector towards the sun
uniform vec4 sun_light;              // irradiance of a surface that faces the sun
uniform vec4 air;                    // haze extinction per metre, mist extinction per metre at the ground, 1 / mist height, water level
uniform mat4 shadow_matrix[2];       // scene to shadow map: near, far
uniform sampler2DShadow shadow_near; // round the person
uniform sampler2DShadow shadow_far;  // the landscape
uniform sampler2D horizon_map;       // across: towards the sun; the tangent of the land's horizon there as seen from the ground,
                                     // 1 / metres to the crest, the ground's height
uniform vec4 horizon;                // towards the sun on the level, 1 / metres of the map

// Radiance of the sky without the sun's disc. Across: sin of half the bearing from the sun; up: root of the sine of the elevation.
vec3 sky(vec3 direction) {
    vec2 level = direction.xy * inversesqrt(max(dot(direction.xy, direction.xy), 1e-9));
    float across = sqrt(max(0.5 - 0.5 * dot(level, sun.xy * inversesqrt(max(dot(sun.xy, sun.xy), 1e-9))), 0.0));
    vec2 at = vec2(across, sqrt(clamp(direction.z, 0.0, 1.0)));
    return texture(sky_map, at * (63.0 / 64.0) + 0.5 / 64.0).rgb;
}

// Irradiance from sky and ground on a surface that faces n (Ramamoorthi and Hanrahan, "An Efficient Representation for Irradiance
// Environment Maps", 2001, equation 13; their constants are in the coefficients).
vec3 sky_irradiance(vec3 n) {
    vec3 e = sky_light[0].rgb + sky_light[1].rgb * n.y + sky_light[2].rgb * n.z + sky_light[3].rgb * n.x
           + sky_light[4].rgb * (n.x * n.y) + sky_light[5].rgb * (n.y * n.z) + sky_light[6].rgb * (3.0 * n.z * n.z - 1.0)
           + sky_light[7].rgb * (n.x * n.z) + sky_light[8].rgb * (n.x * n.x - n.y * n.y);
    return max(e, vec3(0.0));
}

// Eyes adapt to a shade that they look into, a display does not; and sunlit land and trunks send their warm light into it too.
const vec3 SHADE = vec3(1.9, 1.6, 1.4);

// The glow round the sun: droplets and dust send its light on almost as it came, and eyes and lenses spread some of it too. The sky's
// map is too coarse for it.
vec3 aureole(vec3 direction) {
    float off = 1.0 - dot(direction, sun.xyz);
    float broad = 1.0 + 10.0 * off;
    float close = 1.1 / (1.0 + 16000.0 * off) + 0.16 / (1.0 + 1900.0 * off);
    vec3 wide = vec3(1.12, 0.94, 0.56) * (0.050 / (1.0 + 240.0 * off) + 0.026 / (broad * broad));
    return sun_light.rgb * (close + wide);
}

// Dust near the ground lets less blue through, the straighter one looks into the sun.
const vec3 DUST = vec3(0.98, 0.80, 0.60);

// What the air between puts before what is seen, and how much of that comes through: haze everywhere, and mist that thins out with
// height (Wenzel, "Real-time Atmospheric Effects in Games", 2006). Blue is scattered more than red, so near hills turn blue before
// far ones turn pale. Haze shines as the sky over the horizon does; droplets of mist are white: they send on the light of the whole
// sky, and the sun's, most of it nearly straight on.
vec3 air_between(vec3 here, vec3 there, out vec3 clear) {
    vec3 path = there - here;
    float far = length(path);
    vec3 direction = path / max(far, 1e-4);
    float rise = path.z * air.z;
    float mist = far * air.y * exp(-max(here.z, 0.0) * air.z) * (abs(rise) > 1e-3 ? (1.0 - exp(-rise)) / rise : 1.0 - 0.5 * rise);
    float haze = far * air.x;
    float off = 1.0 - dot(direction, sun.xyz), straight = 1.0 + 14.0 * off, aside = 1.0 + 3.0 * off;
    // Before the sun it is dust that one sees, which scatters all colours alike, and forwards; its light has come far and is golden.
    float dusty = 1.0 / (1.0 + 9.0 * off);
    clear = exp(-(haze * mix(vec3(0.75, 1.0, 1.45), vec3(1.35, 1.30, 1.30), dusty) + mist));
    vec3 white = (sky_light[0].rgb + sky_light[2].rgb + 2.0 * sky_light[6].rgb) * vec3(0.50, 0.60, 0.72)
               + sun_light.rgb * (vec3(0.66, 0.50, 0.31) / (straight * straight) + vec3(0.110, 0.142, 0.188) / (aside * aside));
    float drops = mist / (mist + haze + 1e-6);
    vec3 air_light = sky(vec3(direction.xy, max(direction.z, 0.08))) * mix(vec3(1.0), DUST, dusty);
    return (mix(air_light, white, drops) + 0.6 * aureole(direction)) * (1.0 - clear);
}

vec3 through_air(vec3 radiance, vec3 here, vec3 there) {
    vec3 clear;
    vec3 before = air_between(here, there, clear);
    return before + radiance * clear;
}

// What a deep lake sends back of the light that enters it.
vec3 water_body() {
    return (sky_irradiance(vec3(0, 0, 1)) + sun_light.rgb * max(sun.z, 0.0)) * vec3(0.018, 0.064, 0.074) / PI;
}

// How much of the sun's disc a point sees over the mountains, 0 to 1; no shadow map reaches that far. Woods on the crests make the edge
// of their shadow wider than the disc alone does.
float risen(vec3 point) {
    vec2 at = vec2(dot(point.xy, horizon.xy), dot(point.xy, vec2(horizon.y, -horizon.x))) * horizon.z + 0.5;
    vec3 land = texture(horizon_map, at).rgb;
    float over = sun.z * inversesqrt(max(1.0 - sun.z * sun.z, 1e-9)) - land.r + max(point.z - land.b, 0.0) * land.g;
    return smoothstep(-0.012, 0.012, over);
}

#ifdef FRAGMENT
float shade_near(vec3 at) {
    const float STEP = 1.6 / 2048.0;
    return 0.2 * (texture(shadow_near, at) + texture(shadow_near, at + vec3(STEP, 0.4 * STEP, 0.0))
                + texture(shadow_near, at + vec3(-0.4 * STEP, STEP, 0.0)) + texture(shadow_near, at + vec3(-STEP, -0.4 * STEP, 0.0))
                + texture(shadow_near, at + vec3(0.4 * STEP, -STEP, 0.0)));
}

// How much of the sun comes past what stands on the foot of lamp i, too thin and too clear for a map of shadows: a tank so wide, burner,
// globe, hood and roof over it, and two bent tubes on its own left and right; `up` is in heights of its light, widths are in feet.
// It starts at the foot and gets softer on its way, as the sun is half a degree wide and the air round it shines.
float sun_past_lamp(int i, vec3 point) {
    vec4 body = lamp_body[i];
    if (body.x <= 0.0) return 1.0;
    vec2 off = (point.xy - lamp_position[i].xy) / body.x;
    float level = max(length(sun.xy), 1e-3), climb = sun.z / level * body.x / body.y;
    vec2 to = sun.xy / level, aside = vec2(to.y, -to.x);
    float way = -dot(off, to), from = dot(off, aside), up = (point.z - lamp_position[i].z) / body.y + 1.0 + way * climb;
    float far = max(way, 0.0) * body.x, soft = 0.04 + 0.20 * far, tall = soft * 0.5 + 0.02;
    float wide = mix(1.0, 0.60, smoothstep(0.34, 0.50, up)) + 0.13 * clamp(1.0 - abs(up - 1.06) * 3.0, 0.0, 1.0)
               + 0.07 * smoothstep(1.9, 2.1, up) - 0.60 * smoothstep(2.1, 2.42, up);
    float solid = 1.0 - smoothstep(wide - soft, wide + soft, abs(from));
    // Glass bends the light at its sides away, and lets most of it through its middle.
    float globe = smoothstep(0.62, 0.70, up) * (1.0 - smoothstep(1.44, 1.54, up));
    solid *= 1.0 - globe * (0.52 - 0.40 * smoothstep(0.25, 0.75, abs(from)));
    solid *= smoothstep(-tall, tall, up) * (1.0 - smoothstep(2.36 - tall, 2.36 + tall, up)) * smoothstep(0.3, 0.7, way);
    for (float side = -1.15; side < 2.0; side += 2.3) {
        vec2 post = side * vec2(dot(lamp_shade[i].zw, aside), dot(lamp_shade[i].zw, to));
        float at = up + post.y * climb;
        float bow = abs(from - post.x * (1.0 - 0.5 * smoothstep(1.70, 1.90, at) - 0.3 * (1.0 - smoothstep(0.46, 0.60, at))));
        float thin = body.z > 0.0 ? 1.0 - smoothstep(0.12 - soft, 0.12 + soft, bow) : 0.0;
        solid = max(solid, thin * smoothstep(0.42 - tall, 0.42 + tall, at) * (1.0 - smoothstep(1.88 - tall, 1.88 + tall, at))
                           * smoothstep(0.1, 0.3, way + post.y) * min(1.0, 0.24 / (0.12 + soft)));
    }
    return 1.0 - 0.94 * solid;
}

// How much of the sun a point sees, 0 to 1.
float sunlit(vec3 point, vec3 normal) {
    vec3 near = (shadow_matrix[0] * vec4(point + normal * 0.014, 1.0)).xyz;
    if (all(lessThan(abs(near.xy - 0.5), vec2(0.49)))) return shade_near(near);
    vec3 far = (shadow_matrix[1] * vec4(point + normal * 1.0, 1.0)).xyz;
    if (all(lessThan(abs(far - 0.5), vec3(0.49)))) return texture(shadow_far, far);
    return 1.0;
}
#endif
