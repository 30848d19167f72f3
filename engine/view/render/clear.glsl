// Glass, and what glows softly: brighter at its rim, where one looks through more of it. MAPS: its colour and cover have a texture.
// UNLIT: no light falls on it. DARKENS: it is the shade of something; the air before it shines. HALO: the glow around it.
// GLOBE: it is a ball of glass that shines: its rim bends what is behind it. WALL: it is a smooth wall of glass.

#include "eye.glsl"
#include "light.glsl"

#ifdef VERTEX
uniform mat4 p3d_ModelMatrix;
in vec4 p3d_Vertex;
#ifdef HALO
uniform vec4 halo;                   // radius in metres, unscaled; radii of the thing in it if it has a surface, else 0
#else
in vec3 p3d_Normal;
#ifdef MAPS
in vec2 p3d_MultiTexCoord0;
out vec2 uv;
#endif
#endif
#ifdef GAS
in vec4 p3d_Color;
out vec3 shade;
#endif
out vec3 point;
out vec3 normal;

void main() {
    vec4 at = p3d_ModelMatrix * p3d_Vertex;
#ifdef GAS
    shade = p3d_Color.rgb;
#endif
#ifdef HALO
    // A card that faces each eye.
    int mine = stereo == 1 ? gl_InstanceID & 1 : eye_first;
    vec4 middle = p3d_ModelMatrix * vec4(0, 0, 0, 1);
    float size = length(p3d_ModelMatrix[0].xyz);
    vec3 back = normalize(eye_position[mine].xyz - middle.xyz);
    vec3 right = normalize(cross(vec3(0, 0, 1), back));
    at = middle + vec4((right * p3d_Vertex.x + cross(back, right) * p3d_Vertex.z) * size, 0.0);
    normal = vec3(p3d_Vertex.xz / halo.x, 0.0);
#else
    normal = mat3(p3d_ModelMatrix) * p3d_Normal;
#ifdef MAPS
    uv = p3d_MultiTexCoord0;
#endif
#endif
    point = at.xyz;
    see(at);
}
#endif

#ifdef FRAGMENT
uniform vec4 base;
#ifdef HALO
uniform vec4 halo;
#endif
uniform vec4 glow;                   // colour of the glow, 1 as bright as a white page in this light
#ifdef MAPS
uniform sampler2D colour_map;
in vec2 uv;
#endif
#ifdef GAS
in vec3 shade;
#endif
in vec3 point;
in vec3 normal;
out vec4 pixel;

// What lies around a place out of doors, as far as glass shows it: the sky, its image in the water, dark woods between.
vec3 surroundings(vec3 d) {
    vec3 seen = sky(vec3(d.xy, abs(d.z))) + 0.5 * aureole(vec3(d.xy, abs(d.z)));
    float land = smoothstep(0.03, 0.20, abs(d.z - 0.06));
    return seen * mix(0.30, d.z < 0.0 ? 0.55 : 1.0, land);
}

void main() {
    keep_to_eye();
    vec3 here = eye_position[eye].xyz;
    // What shines is brighter and of a deeper colour than a display can show; dark water, which mirrors a part of it, shows by how much.
    vec3 bright = glow.rgb * (tone_map == 0 ? vec3(2.9, 2.3, 1.5) : vec3(1.0)) / picture.y;
#ifdef HALO
    float r = length(normal.xy);
    float around = max(0.0, 1.0 - r);
    // Through a surface one sees what is inside: its glow is in the air around it.
    float strength = halo.y > 0.0 ? 2.8 * smoothstep(0.80, 1.02, r * halo.y) : 0.9;
    pixel = stored(shown(bright * strength * around * around * around, 0.5), 0.0);
#else
    vec3 v = normalize(here - point);
    vec3 n = normalize(normal);
    float nv = min(abs(dot(n, v)), 1.0);
#ifdef GAS
    // As bright as the way through it is long, so that it fades out towards its edge.
    pixel = stored(shown(bright * shade * (nv * nv * nv), 0.5), 0.0);
    return;
#endif
#ifdef GLOBE
    const float GLASS = 1.45;
    float fresnel = 0.04 + 0.96 * pow(1.0 - nv, 5.0), thick = 1.0 - nv;
    // Light goes in here and out on the far side of a ball, which shows the world upside down. It is hollow, with a wall that is seen
    // at its rim: through its middle one looks as through air.
    vec3 into = refract(-v, n, 1.0 / GLASS);
    vec3 far_side = n - 2.0 * dot(n, into) * into;
    vec3 leaves = refract(into, -far_side, GLASS);
    vec3 bent = surroundings(leaves) * (1.0 - fresnel) + surroundings(reflect(-v, n)) * fresnel;
    float edge = smoothstep(0.0, 0.16, nv), wall = edge * (0.05 + 0.87 * smoothstep(0.30, 0.86, thick));
    // What shines in it is in its whole inside; sunlight is gathered on the side away from the sun, and glints on this one.
    vec3 shines = bright * (0.12 + 0.50 * nv * nv + 0.34 * smoothstep(0.35, 0.95, thick)) * edge;
    float gathered = pow(max(-dot(n, sun.xyz), 0.0), 18.0);
    // A glint, being as small as the sun's disc, leaves nothing in a mirror image that ripples break.
    float glint = float(tone_map) * pow(max(dot(n, normalize(v + sun.xyz)), 0.0), 1100.0);
    pixel = stored(shown(bent * wall + shines + sun_light.rgb * ((0.10 * gathered + 3.0 * glint) * edge), grain()), wall);
    return;
#endif
    float rim = pow(1.0 - nv, 2.2);
    // A wall of glass has two faces, and light goes to and fro between them. What lies below the horizon is darker than the sky.
    float back = 0.04 + 0.96 * pow(1.0 - nv, 5.0);
    vec3 r = reflect(-v, n);
    vec3 mirror = (sky(r) + aureole(r)) * (mix(0.22, 1.0, smoothstep(-0.06, 0.10, r.z)) * 2.0 * back / (1.0 + back));
    // Its very edge is thin again, and soft.
    vec3 inside = bright * ((0.45 + 0.35 * nv * nv + 0.9 * rim) * smoothstep(0.0, 0.25, nv));
    vec4 tint = base;
#ifdef MAPS
    tint *= texture(colour_map, uv);
    float alpha = tint.a, there = min(8.0 * tint.a, 1.0);    // where a picture has nothing, nothing is mirrored
#else
    float alpha = clamp(tint.a * (0.40 + 1.7 * rim), 0.0, 1.0), there = 1.0;
#endif
#ifdef DARKENS
    vec3 clear;
    pixel = stored(shown(air_between(here, point, clear), grain()) * alpha, alpha);
    return;
#endif
#ifdef UNLIT
    pixel = stored(unlit(tint.rgb) * alpha, alpha);
    return;
#endif
#ifdef WALL
    // A wall that one looks along bends what lies aside into the eye, and hides what is behind it; its last edge is dark.
    float along = smoothstep(0.52, 0.86, 1.0 - nv), within = smoothstep(0.02, 0.16, nv);
    mirror += surroundings(normalize(0.9 * n - v)) * (0.62 * along * within);
    alpha = clamp(alpha + 0.55 * along, 0.0, 1.0);
#endif
    vec3 veil = tint.rgb * sky_irradiance(n) / PI;
    vec3 h = normalize(v + sun.xyz);
    float spot = float(tone_map) * pow(max(dot(n, h), 0.0), 260.0) * 2.0;
    pixel = stored(shown(inside + veil * alpha + (mirror + sun_light.rgb * spot) * there, grain()), alpha);
#endif
}
#endif
