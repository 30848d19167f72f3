// Forests and mountains from afar. Maps painted for the whole land say where rock is bare and where snow would lie; a tiling map of
// crags, laid on from the sides, says what they are finer than that: ledges and couloirs that hold snow, and its edge, as sharp as a pixel.
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

void main() {
    vec4 at = p3d_ModelMatrix * p3d_Vertex;
    point = at.xyz;
    normal = mat3(p3d_ModelMatrix) * p3d_Normal;
    uv = p3d_MultiTexCoord0;
    along = vec4(mat3(p3d_ModelMatrix) * tangent.xyz, tangent.w);
    see(at);
}
#endif

#ifdef FRAGMENT
uniform sampler2D colour_map;        // colour without snow; a: how readily snow lies, 0.5 where it begins to
uniform sampler2D normal_map;        // a: how bare the ground is of trees
uniform sampler2D surface_map;       // crags: how far a spot stands out, its slope across and upwards; tiles
in vec3 point;
in vec3 normal;
in vec2 uv;
in vec4 along;
out vec4 pixel;

const vec3 SNOW = vec3(0.80, 0.84, 0.90);

// Crags as seen from the south and from the east, as much of each as the face looks there; `size` is the metres of a tile, across and up.
vec3 crag(vec2 weights, vec2 size, float shift) {
    vec2 south = vec2(point.x + 0.37 * point.y, point.z + 0.35 * point.y) / size + shift;
    vec2 east = vec2(point.y - 0.37 * point.x, point.z + 0.35 * point.x) / size + 0.5 + shift;
    return texture(surface_map, south).rgb * weights.x + texture(surface_map, east).rgb * weights.y - 0.5;
}

void main() {
    keep_to_eye();
    vec3 here = eye_position[eye].xyz;
    vec3 v = normalize(here - point);
    vec4 ground = texture(colour_map, uv);
    vec4 bump = texture(normal_map, uv);
    vec3 smooth_n = normalize(normal), t = normalize(along.xyz);
    vec3 n = normalize((bump.x * 2.0 - 1.0) * t + (bump.y * 2.0 - 1.0) * along.w * cross(smooth_n, t) + (bump.z * 2.0 - 1.0) * smooth_n);
    float bare = bump.a;

    vec2 weights = n.yx * n.yx + 1e-4;
    weights /= weights.x + weights.y;
    vec3 rock = crag(weights, vec2(760.0, 760.0), 0.0);
    vec2 across = vec2(point.x + 0.6 * point.y, point.z + 0.35 * point.y);
    vec3 ledges = texture(surface_map, across / vec2(420.0, 110.0)).rgb - 0.5;
    vec3 gullies = texture(surface_map, across / vec2(150.0, 900.0) + 0.67).rgb - 0.5;
    // Crowns of trees, from above.
    float crowns = texture(surface_map, point.xy / 90.0).r - 0.5;

    float lies = ground.a - 0.5 - 0.24 * rock.r - 0.36 * ledges.r - 0.62 * gullies.r;
    float edge = max(0.75 * fwidth(lies), 0.035);
    float snow = smoothstep(-edge, edge, lies) * smoothstep(0.2, 0.6, bare);

    vec3 albedo = ground.rgb * mix(1.0 + 3.2 * crowns, 1.0 + 0.8 * rock.r + 1.2 * ledges.r + 0.6 * gullies.r, bare);
    albedo = mix(max(albedo, vec3(0.0)), SNOW, snow);
    // Rock is rough, snow lies smooth over it.
    float rough = bare * mix(1.0, 0.12, snow);
    vec2 lean = rough * (1.2 * rock.gb + 1.2 * ledges.gb + 1.0 * gullies.gb);
    n = normalize(n - vec3(lean.x * weights.x, lean.x * weights.y, 0.6 * lean.y));

    // No shadow map reaches so far; mountains shade each other by `risen`. Where the mesh turns away at a crest, its far side
    // would show in the sun as a row of slivers.
    float sunny = risen(point) * smoothstep(0.02, 0.22, dot(smooth_n, v));
    float shut = mix(clamp(0.4 + 1.6 * crowns, 0.1, 0.9), clamp(0.95 + 0.7 * rock.r + 0.5 * (ledges.r + gullies.r), 0.4, 1.15), bare);
    vec3 radiance = albedo / PI * (sun_light.rgb * sunny * max(dot(n, sun.xyz), 0.0) + sky_irradiance(n) * shut);
    float veil = under_trees(length(point - here)) * (0.55 - 0.25 * crowns) * (1.0 - bare);
    pixel = stored(shown(through_veil(radiance, here, point, veil), grain()), 1.0);
}
#endif
