// Skin and what else light goes into: it comes out again a little way off, red farther than blue (SKIN in `room.glsl` and `surface.glsl`).

uniform vec4 scatter;                // metres that light of each colour goes aside in it: 1 / sigma_tr of Jensen et al., "A Practical
                                     // Model for Subsurface Light Transport", 2001

#ifdef FRAGMENT
const float SKIN_MIRROR = 0.028;     // straight on: an index of refraction of 1.4 (Weyrich et al., "Analysis of Human Faces", 2006)
const float SKIN_BUMPS = 0.0015;     // metres from crest to hollow of what its normals show: pores, wrinkles
const float SKIN_ROUND = 0.022;      // metres: how round noses, cheeks and fingers are

// Along which normal each colour is lit: what is finer than its light spreads is not seen by it (Ma et al., "Rapid Acquisition of Specular
// and Diffuse Normal Maps", 2007, section 5).
vec3 skin_normal(int colour_, vec3 bumped, vec3 plain) {
    return normalize(mix(bumped, plain, scatter[colour_] / (scatter[colour_] + SKIN_BUMPS)));
}

// By how much each colour is lit beyond where the light ends (Penner and Borshukov, "Pre-Integrated Skin Shading", 2011: by how far it
// spreads, and how round the skin is).
vec3 skin_wrap() {
    return min(scatter.rgb / SKIN_ROUND, vec3(0.4));
}

// How much of a light each colour has where so much of it is seen: the edges of shadows are red, for the same reason.
vec3 skin_seen(float seen) {
    return pow(vec3(max(seen, 1e-4)), 1.0 / (1.0 + 2.0 * skin_wrap()));
}

// What light of each colour is left in a hollow that so much reaches: the paler its walls, the more is passed on (Jimenez et al., "Practical
// Realtime Strategies for Accurate Indirect Occlusion", 2016, section 5).
vec3 skin_open(float shut, vec3 albedo) {
    vec3 a = 2.0404 * albedo - 0.3324, b = 0.6417 - 4.7951 * albedo, c = 2.7552 * albedo + 0.6903;
    return max(vec3(shut), ((shut * a + b) * shut + c) * shut);
}

// What `lit` says, of skin; no light is gained by what comes round.
vec3 skin_lit(vec3 bumped, vec3 plain, vec3 v, vec3 l, vec3 albedo, vec3 mirror, float rough) {
    vec3 wrap = skin_wrap(), facing;
    for (int i = 0; i < 3; i++) facing[i] = dot(skin_normal(i, bumped, plain), l);
    return albedo / PI * max(facing + wrap, vec3(0.0)) / ((1.0 + wrap) * (1.0 + wrap)) + lit(bumped, v, l, vec3(0.0), mirror, rough);
}

// The same of a wide light whose form factor as a vector is `sum`; over pi, as `panel_factor` is.
vec3 skin_factor(vec3 bumped, vec3 plain, vec3 sum) {
    vec3 wrap = skin_wrap(), facing;
    for (int i = 0; i < 3; i++) facing[i] = dot(skin_normal(i, bumped, plain), sum);
    float all = length(sum);
    return max(all * all + all * wrap + facing, vec3(0.0)) / ((all + 1.0) * (1.0 + wrap) * (1.0 + wrap));
}
#endif
