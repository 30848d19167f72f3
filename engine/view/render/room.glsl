// Solid things in a room: glTF 2.0's metallic-roughness surface under the room's light.
// COPIES, MAPS, GLOWS, CUT, SKIN, UNLIT as in surface.glsl; LAMPS n: there are so many live ones in the room (none if not said). SUN: it comes in by windows. Where the traced light comes from: BAKED with the vertices, MAPPED from the room's light map,
// else (what moves freely) from six directions round the thing; APIECE: round each of many copies. BAKED TURNS: those six directions times what the vertices say, so that
// what a joint turns is lit from the side that it now faces. BAKED FORMS: it runs along a wall, on whose map it has its place, and what
// is thrown there is thrown on it. MIXED: several materials of the same textures are drawn in one, and each
// vertex says which is its own.

#define OWN
#include "eye.glsl"
#include "copies.glsl"
#include "indoor.glsl"
#include "cast.glsl"
#include "lamp.glsl"
#ifdef SUN
#include "sunbeam.glsl"
#define PANELS 3                     // the sun has the place of the fourth
#else
#define PANELS 4
#endif
#ifdef SKIN
#include "skin.glsl"
#define LIT(l) skin_lit(n, plain, v, l, diffuse, mirror, rough)
#else
#define LIT(l) lit(n, v, l, diffuse, mirror, rough)
#endif
#if defined(CUT) && defined(MAPS)
#define LEAFY
#include "coverage.glsl"
#endif

#ifdef VERTEX
in vec4 p3d_Vertex;
in vec3 p3d_Normal;
in vec4 p3d_Color;
out vec3 point;
centroid out vec3 normal;            // of where a face is: beyond its edges, thin tubes and bevels would glitter
out vec4 colour;
#ifdef MAPS
in vec2 p3d_MultiTexCoord0;
in vec4 tangent;
out vec2 uv;
out vec4 along;
#endif
#ifdef MIXED
uniform samplerBuffer materials;     // three rows for each: base, finish, glow, as below
in float material;
flat out vec4 base;
flat out vec4 finish;
flat out vec4 glow;
#endif
#ifdef BAKED
in vec4 bounce;
in vec4 seen;
out vec4 traced;
out vec4 reached;
#endif
#if defined(MAPPED) || defined(FORMS)
in vec2 light_uv;
out vec2 light_at;
#endif
#ifdef APIECE
flat out int copy;
#endif

void main() {
    mat4 place = placed();
    vec4 at = place * p3d_Vertex;
    point = at.xyz;
    normal = turned(place, p3d_Normal);
    colour = p3d_Color;
#ifdef MAPS
    uv = p3d_MultiTexCoord0;
    along = vec4(mat3(place) * tangent.xyz, tangent.w);
#endif
#ifdef MIXED
    int row = 3 * int(material);
    base = texelFetch(materials, row);
    finish = texelFetch(materials, row + 1);
    glow = texelFetch(materials, row + 2);
#endif
#ifdef BAKED
    traced = bounce;
    reached = seen;
#endif
#if defined(MAPPED) || defined(FORMS)
    light_at = light_uv;
#endif
#ifdef APIECE
    copy = which_copy();
#endif
    see(at);
}
#endif

#ifdef FRAGMENT
#ifdef MIXED
#define GIVEN flat in
#else
#define GIVEN uniform
#endif
GIVEN vec4 base;                     // colour, alpha
GIVEN vec4 finish;                   // metallic, roughness, 1 if light shines through it (cloth), unused
GIVEN vec4 glow;                     // emitted, 1 as bright as a white page in this light
uniform vec4 emitted;                // emitted, cd/m2
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
#ifdef BAKED
in vec4 traced;
in vec4 reached;
#endif
#ifdef MAPPED
uniform sampler2D bounce_map;        // irradiance by way of walls and things; a: how open the point lies, 0 to 1
uniform sampler2D seen_map;          // how much of each panel a point sees
in vec2 light_at;
#endif
#ifdef FORMS
uniform sampler2D forms_map;         // how much light what stands before walls leaves to them
in vec2 light_at;
#endif
#if defined(TURNS) || !(defined(BAKED) || defined(MAPPED))
#define ROUND
#ifdef APIECE
uniform samplerBuffer copies_light;  // seven rows for each copy: `ambient`, `ambient_seen`
flat in int copy;
#define AMBIENT(side) texelFetch(copies_light, 7 * copy + (side))
#define ambient_seen texelFetch(copies_light, 7 * copy + 6)
#else
uniform vec4 ambient[6];             // irradiance from +x, -x, +y, -y, +z, -z; w: how open
uniform vec4 ambient_seen;
#define AMBIENT(side) ambient[side]
#endif
#endif
in vec3 point;
centroid in vec3 normal;
in vec4 colour;
out vec4 pixel;

#ifdef ROUND
vec4 from_round(vec3 n) {
    vec3 squared = n * n;
    return squared.x * AMBIENT(n.x < 0.0 ? 1 : 0) + squared.y * AMBIENT(n.y < 0.0 ? 3 : 2) + squared.z * AMBIENT(n.z < 0.0 ? 5 : 4);
}

#ifdef SKIN
vec4 from_round(vec3 n, vec3 plain) {
    vec4 found = from_round(plain);
    for (int i = 0; i < 3; i++) found[i] = from_round(skin_normal(i, n, plain))[i];
    return found;
}
#else
#define from_round(n, plain) from_round(n)
#endif
#endif

void main() {
    keep_to_eye();
    vec4 albedo = base * vec4(colour.rgb, 1.0);
    float shut = colour.a;
    float metal = finish.x, rough = finish.y;
    vec3 v = normalize(eye_position[eye].xyz - point);
    vec3 n = normalize(normal), plain = n;
#ifdef MAPS
#ifdef LEAFY
    // What is cut out covers a part of a pixel at its edge.
    vec4 leaf = foliage(colour_map, uv);
    if (leaf.a < 0.06) discard;
    albedo = vec4(albedo.rgb * leaf.rgb, 1.0);
#else
    albedo *= texture(colour_map, uv);
#endif
    vec3 surface = texture(surface_map, uv).rgb;
    shut *= surface.r;
    rough *= surface.g;
    metal *= surface.b;
    vec3 bump = texture(normal_map, uv).xyz * 2.0 - 1.0;
    vec3 t = normalize(along.xyz);
    n = normalize(bump.x * t + bump.y * along.w * cross(n, t) + bump.z * n);
    // What bumps are too small to see make the surface rougher (Toksvig, "Mipmapping Normal Maps", 2005).
    float flat_ = min(length(bump), 1.0);
    rough = sqrt(clamp(rough * rough + 0.5 * (1.0 - flat_), 0.0, 1.0));
#endif
#if defined(CUT) && !defined(LEAFY)
    if (albedo.a < 0.5) discard;
#endif
#ifdef UNLIT
    pixel = stored(unlit(albedo.rgb), 1.0);
    return;
#endif
    if (finish.z > 0.5 && !gl_FrontFacing) n = -n;
    rough = clamp(rough, 0.06, 1.0);
#ifndef MAPPED
    rough = calmed(rough, normalize(normal));
#endif
    vec3 diffuse = albedo.rgb * (1.0 - metal);
#ifdef SKIN
    vec3 mirror = vec3(SKIN_MIRROR), opened = skin_open(shut, diffuse);
#else
    vec3 mirror = mix(vec3(0.04), albedo.rgb, metal);
    float opened = shut;
#endif

#ifdef BAKED
    vec4 indirect = traced, sight = reached;
#ifdef TURNS
    indirect.rgb *= from_round(n, plain).rgb;
#endif
#ifdef FORMS
    float left = texture(forms_map, light_at).r;
    indirect *= left;
    sight *= left;
#endif
#elif defined(MAPPED)
    vec4 indirect = texture(bounce_map, light_at), sight = texture(seen_map, light_at);
#else
    vec4 indirect = from_round(n, plain), sight = ambient_seen;
#endif
    // What is as close as a thing that lies there has no place in the maps of shadows, which so leave its foot in the light.
    float apart = past_balls(point, normalize(normal));
    indirect *= apart;
    sight *= max(3.0 * apart - 2.0, 0.65);
#if defined(LAMPS) && !defined(MAPPED)
    // What faces lose beside a foot is in their map.
    for (int lamp = 0; lamp < LAMPS; lamp++) {
        float beside = beside_lamp(lamp, point, normalize(normal));
        shut *= beside;
        sight *= beside;
    }
#endif
    float nv = max(dot(n, v), 0.0);
    vec2 share = mirror_share(rough, nv);
    vec3 r = reflect(-v, n);
    vec3 reflected = mirror * share.x + share.y;
    float a = rough * rough;
    float open = indirect.a * shut;
    // Hollows mirror less (Lagarde and de Rousiers, "Moving Frostbite to PBR", 2014, section 4.10.2).
    float unhidden = clamp(pow(nv + open, exp2(-16.0 * rough - 1.0)) - 1.0 + open, 0.0, 1.0);

    vec3 radiance = diffuse * indirect.rgb * opened * (bounce_gain.x / PI)
                  + reflected * room_mirrored(point, r, rough, 1.0) * unhidden;
    for (int i = 0; i < PANELS; i++) {
        if (panel_light[i].g <= 0.0 || sight[i] <= 0.0) continue;
#ifdef SKIN
        vec3 lights = skin_factor(n, plain, panel_sum(i, point));
#else
        float lights = panel_factor(i, point, n);
#endif
        // Thin cloth lets some of the light through that falls on its other side.
        if (finish.z > 0.5) lights += 0.25 * panel_factor(i, point, -n);
        float mirrored = panel_mirrored(i, point, r, a);
        float seen = min(sight[i], past_movers(i, point, normalize(normal)));
#ifdef SKIN
        radiance += panel_light[i].rgb * (diffuse * skin_seen(seen) * lights + seen * reflected * mirrored * unhidden);
#else
        radiance += panel_light[i].rgb * seen * (diffuse * lights + reflected * mirrored * unhidden);
#endif
    }
#ifdef SUN
    float sunny = in_beam(point, normalize(normal));
    for (bool lit_ = sunny > 0.0; lit_; lit_ = false) {
        sunny *= past_movers(3, point, normalize(normal));
#ifdef MAPPED
        sunny *= smoothstep(0.02, 0.42, indirect.a);         // a foot's own line goes round it in the sun too
#endif
        float facing = dot(n, beam.xyz);
        vec3 back = finish.z > 0.5 ? diffuse * (0.25 / PI) * max(-facing, 0.0) : vec3(0.0);
        radiance += beam_light.rgb * sunny * (into_hollow(shut, facing) * LIT(beam.xyz) + back);
    }
#endif
#ifdef LAMPS
    for (int lamp = 0; lamp < LAMPS; lamp++) {
        vec3 l;
        vec3 arriving = from_lamp(lamp, point, l);
#if defined(MAPPED) || defined(BAKED)
        int channel = int(lamp_light[lamp].w) - 1;
        if (channel >= 0) arriving *= sight[channel];
#endif
#ifdef MAPPED
        else arriving *= smoothstep(0.0, 0.7, indirect.a);    // what stands there keeps lamps' light off too
#endif
        if (arriving.g > 0.0) radiance += arriving * into_hollow(shut, dot(n, l)) * LIT(l);
    }
#endif
    vec3 shine = glow.rgb / picture.y;
#ifdef GLOWS
    shine *= texture(glow_map, uv).rgb;
#endif
    radiance += shine + emitted.rgb * colour.a;              // a lamp's cover says so how much of its light comes through where
    pixel = stored(shown(radiance, grain()), 1.0);
#ifdef LEAFY
    pixel = covering(pixel.rgb, leaf.a);
#endif
}
#endif
