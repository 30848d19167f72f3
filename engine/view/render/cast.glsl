// The shadows of what moves, on top of the light that was traced for what stands still; engine/view/indoor/cast.py fills these inputs.

uniform vec4 cast_of;                // which of the two maps each panel has, -1 for none
uniform mat4 cast_matrix[2];         // scene to a map: 0 to 1
uniform vec4 cast_lens[2];           // near, far, 1 / (2 tan of half its angle), half of the panel's width; metres
uniform sampler2D cast_map;          // both maps side by side: depth as they were drawn
uniform vec4 cast_ball[6];           // middle and radius of what is carried

#ifdef FRAGMENT
const int LOOKED = 10, TAKEN = 24;
const float CLEAR = 0.5;             // what a bag or a shell hides of the light: two clear sheets

// Points of a disk, spread evenly (Vogel, "A better way to construct the sunflower head", 1979).
vec2 on_disk(int index, int count) {
    float turn = float(index) * 2.399963;
    return sqrt((float(index) + 0.5) / float(count)) * vec2(cos(turn), sin(turn));
}

float cast_depth(int map, vec2 at) {
    return texture(cast_map, vec2((clamp(at.x, 0.002, 0.998) + float(map)) * 0.5, at.y)).r;
}

// How much of panel i a point sees past what moves, 0 to 1: blockers are looked for first, and what they hide is then as soft as the
// panel is wide (Fernando, "Percentage-Closer Soft Shadows", 2005).
float past_movers(int i, vec3 point, vec3 n) {
    if (cast_of[i] < 0.0) return 1.0;
    int map = int(cast_of[i]);
    vec4 lens = cast_lens[map];
    vec4 p = cast_matrix[map] * vec4(point + n * 0.012, 1.0);
    if (p.w <= lens.x) return 1.0;
    vec3 at = p.xyz / p.w;
    float wide = min(lens.w * lens.z * (p.w - lens.x) / (p.w * lens.x), 0.25);
    if (any(lessThan(at.xy, vec2(-wide))) || any(greaterThan(at.xy, vec2(1.0 + wide)))) return 1.0;
    float blockers = 0.0, found = 0.0;
    for (int k = 0; k < LOOKED; k++) {
        float depth = cast_depth(map, at.xy + wide * on_disk(k, LOOKED));
        float far = lens.x * lens.y / (lens.y - depth * (lens.y - lens.x));
        if (depth < 1.0 && far < p.w - 0.01) {
            blockers += far;
            found += 1.0;
        }
    }
    if (found == 0.0) return 1.0;
    float blocker = blockers / found;
    wide = max(lens.w * lens.z * (p.w - blocker) / (p.w * blocker), 0.003);
    float seen = 0.0;
    for (int k = 0; k < TAKEN; k++) {
        float depth = cast_depth(map, at.xy + wide * on_disk(k, TAKEN));
        float far = lens.x * lens.y / (lens.y - depth * (lens.y - lens.x));
        float hides = abs(fract(depth * 65536.0) - 0.5) < 0.25 ? CLEAR : 1.0;
        seen += depth < 1.0 ? 1.0 - hides * smoothstep(0.0, 0.02, p.w - far) : 1.0;
    }
    // Where little was found, so few looks would draw what is small as many faint outlines.
    return 1.0 - (1.0 - seen / float(TAKEN)) * min(found / 3.0, 1.0);
}

// How much of the light from all around what is carried leaves to a point that faces n: each is taken for a ball, which hides its solid
// angle weighed by the cosine (Quilez, "Sphere - ambient occlusion").
float past_balls(vec3 point, vec3 n) {
    float left = 1.0;
    for (int k = 0; k < 6; k++) {
        vec4 ball = cast_ball[k];
        if (ball.w <= 0.0) break;
        vec3 to = ball.xyz - point;
        float square = max(dot(to, to), ball.w * ball.w);
        left *= 1.0 - 0.9 * max(dot(n, to), 0.0) * inversesqrt(square) * ball.w * ball.w / square;
    }
    return left;
}
#endif
