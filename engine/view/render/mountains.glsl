// Forests and mountains from afar. Maps painted for the whole land say where rock is bare and where snow would lie; a tiling map of
// crags, laid on from the side, says what they are finer than that: ledges that hold snow, and its edge.
// Cheaper than `surface.glsl`: nothing shines, and no lamp reaches it.

#include "eye.glsl"
#include "light.glsl"

#ifdef VERTEX
uniform mat4 p3d_ModelMatrix;
in vec4 p3d_Vertex;
in vec3 p3d_Normal;
in vec2 p3d_MultiTexCoord0;
in vec4 tangent;
out vec3 point;
out vec3 normal;
out vec2 uv;
out vec4 along;
out vec3 towards;                    // the eye
out vec3 before;                     // what the air puts before it, and how much of it that lets through
out vec3 clear;
out float sunny;                     // how much of the sun's disc it sees over other mountains

void main() {
    vec4 at = p3d_ModelMatrix * p3d_Vertex;
    point = at.xyz;
    normal = mat3(p3d_ModelMatrix) * p3d_Normal;
    uv = p3d_MultiTexCoord0;
    along = vec4(mat3(p3d_ModelMatrix) * tangent.xyz, tangent.w);
    see(at);
    // Air and the shadows of mountains change little from one corner of a triangle to the next.
    vec3 here = eye_position[eye].xyz;
    towards = normalize(here - point);
    before = air_between(here, point, clear);
    sunny = risen(point);
}
#endif

#ifdef FRAGMENT
uniform sampler2D colour_map;        // colour without snow; a: how much snow lies about there
uniform sampler2D normal_map;        // a: how bare the ground is of trees
uniform sampler2D surface_map;       // crags: how far a spot stands out, its slope across and upwards; tiles
in vec3 point;
in vec3 normal;
in vec2 uv;
in vec4 along;
in vec3 towards;
in vec3 before;
in vec3 clear;
in float sunny;
out vec4 pixel;

const vec3 SNOW = vec3(0.80, 0.84, 0.90);

void main() {
    keep_to_eye();
    vec4 ground = texture(colour_map, uv);
    vec4 bump = texture(normal_map, uv);
    vec3 smooth_n = normalize(normal), t = normalize(along.xyz);
    vec3 n = normalize((bump.x * 2.0 - 1.0) * t + (bump.y * 2.0 - 1.0) * along.w * cross(smooth_n, t) + (bump.z * 2.0 - 1.0) * smooth_n);
    float bare = bump.a;

    vec2 weights = n.yx * n.yx + 1e-4;
    weights /= weights.x + weights.y;
    vec2 across = vec2(point.x + 0.6 * point.y, point.z + 0.35 * point.y);
    vec3 rock = texture(surface_map, across / vec2(560.0, 620.0)).rgb - 0.5;
    vec3 ledges = texture(surface_map, across / vec2(290.0, 84.0)).rgb - 0.5;

    // The map says how much snow lies about here; crags break its edge, a little. High up some lies on ledges, too.
    float snow = smoothstep(0.20, 0.60, ground.a - 0.30 * rock.r - 0.34 * ledges.r);
    snow = max(snow, 0.55 * smoothstep(0.05, 0.24, ledges.r + 0.6 * rock.r) * smoothstep(250.0, 800.0, point.z)) * smoothstep(0.2, 0.6, bare);

    vec3 albedo = ground.rgb * (1.0 + bare * (2.2 * rock.r + 2.4 * ledges.r));
    albedo = mix(max(albedo, 0.25 * ground.rgb), SNOW, snow);
    // Rock is rough, snow lies smooth over it.
    float rough = bare * mix(1.0, 0.15, snow);
    vec2 lean = rough * (1.2 * rock.gb + 1.2 * ledges.gb);
    n = normalize(n - vec3(lean.x * weights.x, lean.x * weights.y, 0.6 * lean.y));

    // No shadow map reaches so far; mountains shade each other by `risen`. Where the mesh turns away at a crest, its far side
    // would show in the sun as a row of slivers.
    float shone = sunny * smoothstep(0.02, 0.22, dot(smooth_n, towards));
    float shut = mix(1.1, clamp(0.95 + 0.7 * rock.r + 0.5 * ledges.r, 0.4, 1.15), bare);
    // The brightest part of the sky lies round the sun, which nine coefficients spread evenly: ribs are lighter on that side.
    float beside = 0.5 + 0.5 * dot(n, normalize(vec3(sun.xy, 0.35)));
    vec3 arriving = sun_light.rgb * (shone * max(dot(n, sun.xyz), 0.0) + 0.22 * bare * beside * beside * beside);
    vec3 radiance = albedo / PI * (arriving + sky_irradiance(n) * shut);
    pixel = stored(shown(before + radiance * clear, grain()), 1.0);
}
#endif
