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
    return sun_light.rgb * (0.8 / (1.0 + 24000.0 * off) + 0.12 / (1.0 + 3000.0 * off) + 0.022 / (1.0 + 200.0 * off));
}

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
    clear = exp(-(haze * vec3(0.75, 1.0, 1.45) + mist));
    float off = 1.0 + 14.0 * (1.0 - dot(direction, sun.xyz));
    vec3 white = (sky_light[0].rgb + sky_light[2].rgb + 2.0 * sky_light[6].rgb) * vec3(0.66, 0.72, 0.80)
               + sun_light.rgb * vec3(1.02, 1.03, 0.93) * (0.62 / (off * off));
    float drops = mist / (mist + haze + 1e-6);
    return (mix(sky(vec3(direction.xy, max(direction.z, 0.08))), white, drops) + 0.6 * aureole(direction)) * (1.0 - clear);
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

// How much of the sun's disc a point sees over the mountains, 0 to 1; no shadow map reaches that far.
float risen(vec3 point) {
    vec2 at = vec2(dot(point.xy, horizon.xy), dot(point.xy, vec2(horizon.y, -horizon.x))) * horizon.z + 0.5;
    vec3 land = texture(horizon_map, at).rgb;
    float over = sun.z * inversesqrt(max(1.0 - sun.z * sun.z, 1e-9)) - land.r + max(point.z - land.b, 0.0) * land.g;
    return smoothstep(-0.0047, 0.0047, over);
}

#ifdef FRAGMENT
float shade_near(vec3 at) {
    const float STEP = 1.6 / 2048.0;
    return 0.2 * (texture(shadow_near, at) + texture(shadow_near, at + vec3(STEP, 0.4 * STEP, 0.0))
                + texture(shadow_near, at + vec3(-0.4 * STEP, STEP, 0.0)) + texture(shadow_near, at + vec3(-STEP, -0.4 * STEP, 0.0))
                + texture(shadow_near, at + vec3(0.4 * STEP, -STEP, 0.0)));
}

// How much of the sun comes past what stands on the foot of lamp i, too thin and too clear for a map of shadows: as a tank so wide, and
// a slimmer post on it with a globe of glass in its middle. Their shadow is dark and crisp at the foot and dissolves slowly on its way.
float sun_past_lamp(int i, vec3 point) {
    vec4 body = lamp_body[i];
    vec2 off = point.xy - lamp_position[i].xy;
    float level = max(length(sun.xy), 1e-3);
    vec2 to = sun.xy / level;
    float way = -dot(off, to), aside = abs(off.x * to.y - off.y * to.x);
    float high = (point.z + way * sun.z / level - lamp_position[i].z) / max(body.y, 1e-3) + 1.0;
    float far = max(way, 0.0), behind = clamp(way / max(body.x, 1e-4) - 0.5, 0.0, 1.0) * step(1e-4, body.x);
    float wide = body.x * (0.98 - 0.28 * clamp(4.0 * high - 1.4, 0.0, 1.0)), soft = body.x * 0.2 + 0.035 * far + 1e-4;
    float shade = clamp(2.0 * high + 0.4, 0.0, 1.0) * clamp(3.4 - 1.25 * high, 0.0, 1.0);
    shade *= (1.0 - smoothstep(wide - soft, wide + soft, aside)) * (1.0 - 0.3 * clamp(2.5 - 5.0 * abs(high - 1.07), 0.0, 1.0));
    return 1.0 - shade * behind * 0.92 / (1.0 + 0.5 * far);
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
