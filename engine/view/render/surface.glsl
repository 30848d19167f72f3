// Solid things: glTF 2.0's metallic-roughness surface under the sun, the sky, two lamps and the air.
// LAMPS n: there are so many in the scene (2 if not said). NO_LAND: no mountains throw shadows, and no lake lies before what is seen.
// Software OpenGL computes both sides of every branch: what is left out here, it need not skip.
// COPIES: drawn many times, each copy's transform in a texture buffer. MAPS: has textures.
// GLOWS: one of them says where it glows. CUT: alpha 0.5 and less is a hole.
// SKIN: light goes into it, and comes out a little way off. UNLIT: no light falls on it, and no air dims it.

#include "eye.glsl"
#include "copies.glsl"
#include "light.glsl"
#include "sway.glsl"
#ifdef SKIN
#include "skin.glsl"
#define LIT(l) skin_lit(n, plain, v, l, diffuse, mirror, rough)
#else
#define LIT(l) lit(n, v, l, diffuse, mirror, rough)
#endif

#ifdef VERTEX
in vec4 p3d_Vertex;
in vec3 p3d_Normal;
in vec4 p3d_Color;
out vec3 point;
out vec3 normal;
out vec4 colour;
#ifdef MAPS
in vec2 p3d_MultiTexCoord0;
in vec4 tangent;
out vec2 uv;
out vec4 along;
#endif

void main() {
    mat4 place = placed();
    vec4 at = place * p3d_Vertex;
    if (sway.x > 0.0) at.xy += bent(place, p3d_Vertex.z);
    point = at.xyz;
    normal = normalize(mat3(place) * p3d_Normal);
    colour = p3d_Color;
#ifdef MAPS
    uv = p3d_MultiTexCoord0;
    along = vec4(mat3(place) * tangent.xyz, tangent.w);
#endif
    see(at);
}
#endif

#ifdef FRAGMENT
#ifndef LAMPS
#define LAMPS 2
#endif

uniform vec4 base;                   // colour, alpha
uniform vec4 finish;                 // metallic, roughness, 1 if light shines through it (leaves), unused
uniform vec4 glow;                   // emitted, 1 as bright as a white page in this light
#ifdef MAPS
uniform sampler2D colour_map;
uniform sampler2D normal_map;
uniform sampler2D surface_map;
#ifdef GLOWS
uniform sampler2D glow_map;            // which of it glows, and in what colour
#endif
in vec2 uv;
in vec4 along;
#endif
in vec3 point;
in vec3 normal;
in vec4 colour;
out vec4 pixel;

void main() {
    keep_to_eye();
    vec4 albedo = base * vec4(colour.rgb, 1.0);
    float shut = colour.a;
    float metal = finish.x, rough = finish.y;
    vec3 here = eye_position[eye].xyz;
    vec3 v = normalize(here - point);
    vec3 n = normalize(normal), plain = n;
#ifdef MAPS
    albedo *= texture(colour_map, uv, -0.5);  // seen at a slant, as decks are, a texture blurs more than it must
    vec3 surface = texture(surface_map, uv).rgb;
    shut *= surface.r;
    rough *= surface.g;
    metal *= surface.b;
    vec3 bump = texture(normal_map, uv).xyz * 2.0 - 1.0;
    vec3 t = normalize(along.xyz);
    n = normalize(bump.x * t + bump.y * along.w * cross(n, t) + bump.z * n);
    // What bumps are too small to see make the surface rougher (Toksvig, "Mipmapping Normal Maps", 2005).
    rough = sqrt(clamp(rough * rough + 0.5 * (1.0 - min(length(bump), 1.0)), 0.0, 1.0));
#endif
#ifdef CUT
    if (albedo.a < 0.5) discard;
#endif
#ifdef UNLIT
    pixel = stored(unlit(albedo.rgb), 1.0);
    return;
#endif
    if (dot(n, v) < 0.0 && finish.z > 0.5) n = -n;
    rough = clamp(rough, 0.06, 1.0);
    vec3 diffuse = albedo.rgb * (1.0 - metal);
#ifdef SKIN
    vec3 mirror = vec3(SKIN_MIRROR);
#else
    // Wax and fine hairs scatter most of what a leaf would mirror; earth and grass shade it.
    vec3 mirror = mix(vec3(finish.z > 0.5 ? 0.003 : 0.04 * (1.0 - smoothstep(0.96, 1.0, rough))), albedo.rgb, metal);
#endif

    float past = 1.0, over = 1.0;
    for (int lamp = 0; lamp < LAMPS; lamp++) past *= sun_past_lamp(lamp, point);
#ifndef NO_LAND
    over = risen(point);
#endif
    float sunny = sunlit(point, n) * over * past;
    // What hides the sun hides the bright sky round it too.
    float sky_left = 1.0 - 0.5 * over * (1.0 - past);
    vec3 radiance = sun_light.rgb * sunny * LIT(sun.xyz);
    if (finish.z > 0.5) radiance += sun_light.rgb * sunny * diffuse * (0.25 / PI) * max(-dot(n, sun.xyz), 0.0);

    // The sky: all of it for the diffuse part; for the mirror part between the mirrored direction (smooth) and all of it (rough),
    // by Karis's fit to the environment's share ("Physically Based Shading on Mobile", 2014).
    for (int lamp = 0; lamp < LAMPS; lamp++) shut *= beside_lamp(lamp, point, n);
    vec3 around = SHADE * sky_irradiance(n) / PI, opened = vec3(shut);
#ifdef SKIN
    opened = skin_open(shut, diffuse);
    for (int i = 0; i < 3; i++) around[i] = SHADE[i] * sky_irradiance(skin_normal(i, n, plain))[i] / PI;
#endif
    float nv = max(dot(n, v), 0.0);
    vec4 r = rough * vec4(-1.0, -0.0275, -0.572, 0.022) + vec4(1.0, 0.0425, 1.04, -0.04);
    float k = min(r.x * r.x, exp2(-9.28 * nv)) * r.x + r.y;
    vec2 share = vec2(-1.04, 1.04) * k + r.zw;
    vec3 seen = mix(sky(reflect(-v, n)), around, min(1.0, rough * 1.4));
    vec3 image = finish.z > 0.5 ? vec3(0.013) : mirror;
    radiance += sky_left * (opened * diffuse * around + shut * seen * (image * share.x + share.y * at_a_slant(image)));

    for (int lamp = 0; lamp < LAMPS; lamp++) {
        vec3 l;
        vec3 arriving = from_lamp(lamp, point, l);
        if (arriving.g > 0.0) radiance += arriving * into_hollow(shut, dot(n, l)) * LIT(l);
    }
    vec3 shine = glow.rgb / picture.y;
#ifdef GLOWS
    shine *= texture(glow_map, uv).rgb;
#endif
    radiance += shine;
    vec3 arrives = through_air(radiance, here, point);
#ifndef NO_LAND
    float deep = air.w - point.z;
    if (deep > 0.0 && here.z > air.w) {
        // Seen through water: red goes first (Pope and Fry 1997, and some silt), on the way down and back up.
        float way = deep * (1.0 + 1.0 / sqrt(1.0 - (1.0 - v.z * v.z) * 0.5625));
        arrives = mix(water_body(), radiance, exp(-way * vec3(0.85, 0.42, 0.38)));
        // Far off, where water hides what is under it, a bank that comes through is seen through the air as the water is.
        vec3 face = mix(here, point, (here.z - air.w) / (here.z - point.z));
        arrives = mix(arrives, through_air(arrives, here, face), smoothstep(40.0, 90.0, length(here - face)));
    }
#endif
    pixel = stored(shown(arrives, grain()), 1.0);
}
#endif
