// What stirs a calm lake here and there: cat's paws, where a breath of air touches it, and rings where a fish has risen.
// Needs `picture` and `cloud_map`.

// How much a breath of air ruffles the water at a point, 0 to 1: patches some metres wide with torn edges, which drift along the wind
// and change as they go; between them it lies still.
float ruffled(vec2 at) {
    float t = picture.x;
    float broad = texture(cloud_map, at * vec2(0.028, 0.020) - vec2(0.0085, 0.0012) * t + vec2(0.31, 0.08), -1.0).r;
    float torn = texture(cloud_map, vec2(at.x * 0.80 + at.y * 0.60, at.y * 0.80 - at.x * 0.60) * 0.075 - vec2(0.017, -0.012) * t, -1.0).r;
    float streaks = texture(cloud_map, at * vec2(0.31, 0.10) - vec2(0.074, 0.011) * t, -1.0).r;
    return smoothstep(0.53, 0.71, 0.66 * broad + 0.26 * torn + 0.08 * streaks) * (0.45 + 0.55 * streaks);
}

// Equal on every GPU (Jarzynski and Olano, "Hash Functions for GPU Rendering", 2020: pcg3d).
uvec3 scattered(uvec3 v) {
    v = v * 1664525u + 1013904223u;
    v.x += v.y * v.z; v.y += v.z * v.x; v.z += v.x * v.y;
    v ^= v >> 16u;
    v.x += v.y * v.z; v.y += v.z * v.x; v.z += v.x * v.y;
    return v;
}

// Slope of the rings round a spot where a fish has risen. In a square of water FISH metres wide one may rise every PAUSE seconds, and
// does so about every other time; its rings spread at the speed of such waves' groups, their crests run through them twice as fast
// (Lamb, "Hydrodynamics", section 236), and they are gone before they leave the square.
vec2 rings(vec2 at) {
    const float FISH = 9.0, PAUSE = 14.0, WIDEST = 3.0, SPEED = 0.38, LENGTH = 0.40;
    const uint LUCK = 51u;
    vec2 square = floor(at / FISH);
    uvec2 named = uvec2(ivec2(square));
    float clock = picture.x / PAUSE + float(scattered(uvec3(named, LUCK)).x >> 8u) / 16777216.0;
    vec3 luck = vec3(scattered(uvec3(named, uint(int(clock)) + LUCK + 1u)) >> 8u) / 16777216.0;
    vec2 from = at - (square + 0.5) * FISH - (FISH - 2.0 * WIDEST) * (luck.xy - 0.5);
    float away = length(from), age = fract(clock) * PAUSE, reach = SPEED * age;
    vec2 way = from / max(away, 1e-3);
    float crests = 2.0 * PI / LENGTH;
    // What is finer than a pixel is not seen.
    float fine = 0.32 * crests * (abs(dot(dFdx(at), way)) + abs(dot(dFdy(at), way)));
    float behind = (away - 0.75 * reach) / (0.12 + 0.26 * reach);
    float high = 0.19 * exp(-behind * behind - 0.16 * age - fine * fine) * smoothstep(0.0, 0.5, age);
    high *= (1.0 - smoothstep(0.70 * WIDEST, WIDEST, away)) * step(luck.z, 0.475);
    return way * (high * sin((away - 2.0 * reach) * crests));
}
