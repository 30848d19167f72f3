// Cirrus, and the sun's disc: what the sky shows beside clear air. Shared with the water, which mirrors them where it must.

uniform sampler2D cloud_map;         // r: how much cloud, tiles
uniform vec4 cloud;                  // cover 0 to 1, drift in tiles, tiles per height

// A thin layer at one height, lit from the side by the sun through the same air; it fades into the haze.
vec3 with_cloud(vec3 clear, vec3 d) {
    float up = max(d.z, 0.0) + 0.06;
    vec2 at = d.xy / up * cloud.w + cloud.yz;
    float veil = texture(cloud_map, at * vec2(1.0, 1.9)).r * 0.65 + texture(cloud_map, at.yx * 2.7 + 0.3).r * 0.35;
    float cover = smoothstep(1.0 - cloud.x, 1.35 - 0.5 * cloud.x, veil) * smoothstep(0.02, 0.3, d.z);
    float towards = max(dot(d, sun.xyz), 0.0);
    vec3 lit = sun_light.rgb * (0.10 + 0.35 * pow(towards, 6.0)) + sky_light[0].rgb * 0.30;
    return mix(clear, lit, cover * 0.75);
}

// The disc is 0.53 degrees wide.
vec3 disc(vec3 d) {
    return sun_light.rgb * (smoothstep(0.99998, 0.99999, dot(d, sun.xyz)) * 400.0 * step(-0.02, d.z));
}
