// Foliage cut out of pictures: its colour, and how much of a pixel it covers, for edges by alpha to coverage.

#ifdef FRAGMENT
// Two of a picture's levels are read and mixed here: drivers choose levels differently, and what is cut out shows it.
vec4 mixed(sampler2D picture_map, vec2 at, out float level) {
    vec2 texels = at * vec2(textureSize(picture_map, 0));
    level = max(0.0, 0.5 * log2(max(max(dot(dFdx(texels), dFdx(texels)), dot(dFdy(texels), dFdy(texels))), 1e-6)));
    float whole = floor(level);
    return mix(textureLod(picture_map, at, whole), textureLod(picture_map, at, whole + 1.0), level - whole);
}

vec4 foliage(sampler2D picture_map, vec2 at) {
    float level;
    vec4 leaf = mixed(picture_map, at, level);
    // Smaller pictures hold ever less of thin leaves: what is lost is made up for by the level; then the edge is drawn as sharp as a
    // pixel or so (Golus, "Anti-aliased Alpha Test", 2017).
    leaf.a *= 1.0 + 0.16 * level;
    leaf.a = clamp((leaf.a - 0.5) / max(1.3 * fwidth(leaf.a), 1e-3) + 0.5, 0.0, 1.0);
    return leaf;
}

// Write a colour to as much of a pixel as is covered. Drivers make samples of alpha in ways of their own, some with a pattern over
// the picture: where a shader can say which of four samples (or of each four) are meant, it does.
vec4 covering(vec3 colour, float share) {
#ifdef GL_ARB_sample_shading
    int count = int(share * 4.0 + 0.5);
    int four = count == 0 ? 0 : count == 1 ? 2 : count == 2 ? 3 : count == 3 ? 7 : 15;
    gl_SampleMask[0] = four | four << 4;
    return vec4(colour, 1.0);
#else
    return vec4(colour, share);
#endif
}
#endif
