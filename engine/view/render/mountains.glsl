// Forests and mountains from afar. Maps painted for the whole land say where rock is bare and where snow would lie; a tiling map of
// crags, laid on as one sees them from the lake, says what they are finer than that: ledges that hold snow, and its edge.
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
out vec2 across;                     // where it is in the map of crags, were that one radian wide

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
    // By bearing and steepness from the lake's middle: seen from there no face draws the crags out, however it is turned. The mesh
    // begins and ends in the south.
    float away = length(p3d_Vertex.xy);
    across = vec2(sign(uv.x - 0.5) * atan(abs(p3d_Vertex.x), p3d_Vertex.y), p3d_Vertex.z / away + 0.6 * log(away));
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
in vec2 across;
out vec4 pixel;

// Crags to a radian across and upwards, large ones and small ones; a whole number goes around.
const vec2 LARGE = vec2(44.0 / (2.0 * PI), 3.2), SMALL = vec2(127.0 / (2.0 * PI), 11.0), GULLIES = vec2(101.0 / (2.0 * PI), 3.1);
const float BEDS = 620.0, THIN = 173.0;    // metres up to one tile of beds, thick ones and thin ones
const vec3 SNOW = vec3(0.80, 0.84, 0.90);

// 1 where a value is above a limit, 0 below, about a pixel between them.
float edged(float limit, float value) {
    float soft = max(0.03, 0.8 * fwidth(value));
    return smoothstep(limit - soft, limit + soft, value);
}

void main() {
    keep_to_eye();
    vec3 rock = texture(surface_map, across * LARGE).rgb - 0.5;
    vec3 ledges = texture(surface_map, across * SMALL, -0.5).rgb - 0.5;
    // Gullies down the slope; and the beds of the rock, tilted, thick and thin, which jut out as ledges: one line of the map, drawn
    // along them.
    float gully = texture(surface_map, across * GULLIES).r - 0.5;
    float bed = point.z + 0.20 * point.x - 0.05 * point.y + 26.0 * rock.r + 9.0 * ledges.r;
    vec3 beds = texture(surface_map, vec2(0.31 + 0.05 * across.x, bed / BEDS), -0.5).rgb - 0.5;
    vec3 thin = texture(surface_map, vec2(0.73 - 0.09 * across.x, bed / THIN), -0.7).rgb - 0.5;
    // Ribs and gullies draw the map's edges out along themselves: its texels show nowhere.
    vec4 ground = texture(colour_map, uv + (2.6 * rock.gb + 2.0 * ledges.gb) / vec2(textureSize(colour_map, 0)));
    vec4 bump = texture(normal_map, uv);
    vec3 smooth_n = normalize(normal), t = normalize(along.xyz);
    float bare = bump.a;
    // Ribs turn further to and from the sun than the map's texels, each an average, say.
    vec2 turned = (bump.xy * 2.0 - 1.0) * (1.0 + 0.7 * bare);
    vec3 n = normalize(turned.x * t + turned.y * along.w * cross(smooth_n, t) + (bump.z * 2.0 - 1.0) * smooth_n);

    // The map says how much snow lies about here. It fills gullies from below and ends at ribs; where it lies thin, walls between two
    // ledges stand out of it, and where little lies, it lies on ledges alone.
    float juts = 0.60 * beds.r + 0.62 * thin.r + 0.85 * gully + 0.20 * rock.r + 0.22 * ledges.r;
    float lies = ground.a - min(3.0 * ground.a, 1.0) * juts;
    float held = -0.55 * beds.r - 0.85 * thin.r - 0.30 * ledges.r - 0.55 * gully;
    float snow = edged(0.375, lies);
    snow = max(snow, 0.9 * smoothstep(250.0, 800.0, point.z) * edged(0.135, held)) * smoothstep(0.2, 0.6, bare);

    // Woods are crowns side by side, light above dark gaps, about as large as small crags.
    float crowns = 1.0 + 4.6 * ledges.r + 1.6 * rock.r;
    vec3 albedo = ground.rgb * mix(crowns, 1.0 + 0.7 * rock.r + 1.0 * ledges.r + 1.6 * beds.r + 1.9 * thin.r, bare);
    albedo = mix(max(albedo, 0.25 * ground.rgb), SNOW, snow);
    // Rock is rough, snow lies smooth over it.
    vec2 lean = bare * mix(1.0, 0.24, snow) * (2.4 * rock.gb + 1.8 * ledges.gb + vec2(0.0, 1.6) * beds.gb + vec2(0.0, 1.6) * thin.gb);
    vec2 side = vec2(point.y, -point.x) * inversesqrt(dot(point.xy, point.xy));
    n = normalize(n - vec3(lean.x * side, 0.6 * lean.y));

    // No shadow map reaches so far; mountains shade each other by `risen`. Where the mesh turns away at a crest, its far side
    // would show in the sun as a row of slivers.
    float shone = sunny * smoothstep(0.02, 0.22, dot(smooth_n, towards));
    float shut = mix(1.1, clamp(0.95 + 0.7 * rock.r + 0.5 * ledges.r, 0.4, 1.15), bare);
    // The brightest part of the sky lies round the sun, which nine coefficients spread evenly: ribs are lighter on that side.
    float beside = 0.5 + 0.5 * dot(n, normalize(vec3(sun.xy, 0.35)));
    vec3 arriving = sun_light.rgb * (shone * max(dot(n, sun.xyz), 0.0) + 0.50 * bare * beside * beside * beside);
    vec3 radiance = albedo / PI * (arriving + sky_irradiance(n) * shut);
    pixel = stored(shown(before + radiance * clear, grain()), 1.0);
}
#endif
