// From light to what people see. Shared by out of doors, where 1 is the sun's irradiance above the air, and rooms, where it is 1 lux.

uniform vec4 picture;                // seconds, exposure
uniform int tone_map;                // 1 for what people see, 0 for linear radiance (mirror images)

const float PI = 3.14159265;

// ACES filmic curve with its desaturation of bright colours, fitted by Stephen Hill (BakingLab, ACES.hlsl, 2016); linear in and out.
vec3 filmic(vec3 radiance) {
    const mat3 INTO = mat3(0.59719, 0.07600, 0.02840, 0.35458, 0.90834, 0.13383, 0.04823, 0.01566, 0.83777);
    const mat3 BACK = mat3(1.60475, -0.10208, -0.00327, -0.53108, 1.10813, -0.07276, -0.07367, -0.00605, 1.07602);
    vec3 v = INTO * radiance;
    v = (v * (v + 0.0245786) - 0.000090537) / (v * (0.983729 * v + 0.4329510) + 0.238081);
    return clamp(BACK * v, 0.0, 1.0);
}

// From radiance to what people see, still linear: exposed, toned and dithered by half a step of 8 sRGB bits (about a square root).
vec3 shown(vec3 radiance, float noise) {
    if (tone_map == 0) return min(radiance, vec3(60000.0));
    vec3 root = sqrt(filmic(radiance * picture.y)) + (noise - 0.5) / 255.0;
    return root * root;
}

// A colour as it is, whatever the light and the exposure (KHR_materials_unlit); in mirror images as much light as will show so.
vec3 unlit(vec3 colour) {
    return tone_map == 0 ? colour / picture.y : colour;
}
