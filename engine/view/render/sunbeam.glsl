// The sun in a room, where it comes in by a window; engine/view/indoor/sunbeam.py fills these inputs. Needs `indoor.glsl`, `cast.glsl`.

uniform vec4 beam;                   // unit vector towards the sun; metres from the panes at which shadows are as soft as their map
uniform vec4 beam_light;             // lux on what faces it, 0 where it does not come in
uniform mat4 beam_matrix;            // scene to the maps: 0 to 1
uniform sampler2D beam_panes;        // where the sun comes in past walls, frames and bars, as it sees the room
uniform sampler2DShadow beam_things; // how far its light gets among the things of the room
uniform sampler2D beam_depth;        // the same, to be read

#ifdef FRAGMENT
// How much of the sun's disc a point sees, 0 to 1. Bars far off cast soft shadows, things close by sharp ones; what is thin is looked at
// from a little before it, so that it does not shade itself.
// Software OpenGL leaves out loops that no point of a group enters, but no branches.
float in_beam(vec3 point, vec3 n) {
    vec3 far = max((room_low.xyz - point) / beam.xyz, (room_high.xyz - point) / beam.xyz);
    float way = max(min(far.x, min(far.y, far.z)), 0.0);
    vec3 at = (beam_matrix * vec4(point + beam.xyz * 0.006 + n * 0.003, 1.0)).xyz;
    float open = textureLod(beam_panes, at.xy, log2(max(way / beam.w, 1.0))).r;
    // Thin cloud round the sun softens edges a little. One looks along the face on which the point lies: it does not shade itself.
    vec3 across = vec3(beam_matrix[0][0], beam_matrix[1][0], beam_matrix[2][0]), away = vec3(beam_matrix[0][2], beam_matrix[1][2], beam_matrix[2][2]);
    vec3 turned = mat3(beam_matrix) * n;
    float facing = dot(beam.xyz, n);
    float steep = (facing < 0.0 ? -1.0 : 1.0) * max(abs(facing), 0.2);
    vec2 slope = turned.xy * length(away) / (dot(across, across) * steep);
    // What hides the sun is looked for first: its shadow is the softer the further off it is (Fernando, "Percentage-Closer Soft
    // Shadows", 2005).
    const float STEP = 6.0 / 1024.0, HAZY = 0.045;
    const int LOOKS = 12;
    float past = 0.0, gap = 0.0, found = 0.0;
    for (int k = 0; k < LOOKS && open > 0.0; k++) {
        vec2 off = STEP * on_disk(k, LOOKS);
        float before = at.z + dot(slope, off) - texture(beam_depth, at.xy + off).r;
        gap += max(before, 0.0);
        found += step(0.0, before);
    }
    float wide = found > 0.0 ? clamp(HAZY * length(across) / length(away) * gap / found, STEP / 5.0, STEP) : STEP;
    for (int k = 0; k < LOOKS && open > 0.0; k++) {
        vec2 off = wide * on_disk(k, LOOKS);
        past += texture(beam_things, at + vec3(off, dot(slope, off)));
    }
    return open * past / float(LOOKS);
}
#endif
