// Cirrus, and the sun's disc: what the sky shows beside clear air. Shared with the water, which mirrors them where it must.

uniform sampler2D cloud_map;         // r: how much cloud, tiles
uniform vec4 cloud;                  // cover 0 to 1, drift in tiles, tiles per height

// A thin layer at one height, lit from the side by the sun through the same air; it fades into the haze. Threads of ice hang from it,
// drawn out by the wind. Light comes through where it is thin: its rims are bright, its thick middles are not.
vec3 with_cloud(vec3 clear, vec3 d) {
    vec2 at = d.xy / (max(d.z, 0.0) + 0.06) * cloud.w + cloud.yz;
    float broad = texture(cloud_map, at * vec2(1.0, 1.9)).r;
    float threads = texture(cloud_map, vec2(at.x * 2.21 + at.y * 5.72, at.y * 1.69 - at.x * 0.65) + 0.3).r;
    float veil = broad * 0.66 + threads * 0.34;
    float cover = smoothstep(0.97 - cloud.x, 1.30 - 0.5 * cloud.x, veil) * smoothstep(0.02, 0.3, d.z);
    float towards = max(dot(d, sun.xyz), 0.0), straight = towards * towards;
    float rim = 1.45 - 1.25 * cover;
    vec3 lit = sun_light.rgb * ((0.13 + 0.15 * straight * straight) * rim) + sky_light[0].rgb * 0.30;
    return mix(clear, lit, min(cover * 0.85, 0.9));
}

// The disc is 0.53 degrees wide.
vec3 disc(vec3 d) {
    return sun_light.rgb * (smoothstep(0.999975, 0.999994, dot(d, sun.xyz)) * 400.0 * step(-0.02, d.z));
}
