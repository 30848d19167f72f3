// The light of live lamps, out of doors and in rooms, and what surfaces do with light from one direction. Needs `tone.glsl`.
// engine/view/render/lamps.py fills these inputs.

uniform vec4 lamp_position[2];       // w: 1 / range in metres to the fourth power
uniform vec4 lamp_light[2];          // radiant intensity; no lamp where 0; w: 1 + the channel of `sight` that it was traced in, or 0
uniform vec4 lamp_shade[2];          // how far its light goes below and above the level (sines); its own x axis, on the level
uniform vec4 lamp_body[2];           // radius of its foot, height of its light over it, sine of half of what each post hides, what comes through its cloth

// Irradiance of a surface that faces lamp i, at a point; l: the unit vector towards it. A flame has a size, and globe and burner spread
// its light: close by it is not endlessly bright. What the lamp is built of shades it, as makers' photometric files say of theirs: foot
// and roof, with edges as soft as the globe is wide, and two posts, whose shadows dissolve within an arm's length.
vec3 from_lamp(int i, vec3 point, out vec3 l) {
    vec3 to = lamp_position[i].xyz - point;
    float square = dot(to, to);
    l = to * inversesqrt(max(square, 1e-9));
    float window = clamp(1.0 - square * square * lamp_position[i].w, 0.0, 1.0);
    vec4 shade = lamp_shade[i];
    float open = smoothstep(-0.06, 0.34, shade.x - l.z) * smoothstep(-0.055, 0.10, shade.y + l.z);
    vec2 level = l.xy * inversesqrt(max(dot(l.xy, l.xy), 1e-9));
    float aside = abs(level.x * shade.w - level.y * shade.z), post = lamp_body[i].z;
    open *= 1.0 - 0.48 * (1.0 - smoothstep(0.02, 0.30, square)) * (1.0 - smoothstep(0.0, 2.6 * post + 1e-4, aside));
    // A shade of cloth hides what is level with it, and is open above and below.
    if (lamp_body[i].w > 0.0) {
        float behind = smoothstep(-0.035, 0.035, shade.x - l.z) * smoothstep(-0.035, 0.035, shade.y + l.z);
        open = mix(1.0, lamp_body[i].w, behind);
    }
    // Nearer than its parts, nothing of the lamp is in the way.
    open = mix(1.0, open, smoothstep(0.0026, 0.0044, square));
    return lamp_light[i].rgb * (window * window * open / (square + 0.035));
}

// How much of the sky, or of a room, a point beside the foot of lamp i still sees: the shade hugs the foot.
float beside_lamp(int i, vec3 point, vec3 n) {
    vec4 body = lamp_body[i];
    vec3 from = point - lamp_position[i].xyz;
    float out_ = length(from.xy) / max(body.x, 1e-4) - 1.0;
    float near = 0.42 * (1.0 - smoothstep(-0.1, 0.45, out_)) + 0.40 * (1.0 - smoothstep(-0.02, 0.12, out_));
    return 1.0 - near * (1.0 - smoothstep(0.006, 0.03, abs(from.z + body.y))) * max(n.z, 0.0);
}

// Hollows that the sky does not reach, lamps do not either, but from straight ahead (Brinck and Maximov, "The Technical Art of
// Uncharted 4", 2016).
float into_hollow(float shut, float nl) {
    return clamp(nl + 2.0 * shut * shut - 1.0, 0.0, 1.0);
}

// What is mirrored at the flattest angle: all, but of what mirrors hardly at all, being rough all through (Lagarde and de Rousiers, "Moving
// Frostbite to PBR", 2014, section 3.1.2).
float at_a_slant(vec3 mirror) {
    return clamp(50.0 * mirror.g, 0.0, 1.0);
}

// Cook-Torrance with GGX and Hammon's visibility (Karis, "Real Shading in Unreal Engine 4", 2013; Hammon, GDC 2017).
vec3 lit(vec3 n, vec3 v, vec3 l, vec3 albedo, vec3 mirror, float rough) {
    float nl = dot(n, l);
    if (nl <= 0.0) return vec3(0.0);
    float a = rough * rough;
    vec3 h = normalize(v + l);
    float nv = max(dot(n, v), 1e-3), nh = max(dot(n, h), 0.0), lh = max(dot(l, h), 0.0);
    float d = nh * nh * (a * a - 1.0) + 1.0;
    float spread = a * a / (PI * d * d);
    float visible = 0.5 / mix(2.0 * nl * nv, nl + nv, a);
    float f = max(1.0 - lh, 0.0), square = f * f;
    f *= square * square;
    return (albedo / PI + (mirror + max(at_a_slant(mirror) - mirror, 0.0) * f) * (spread * visible)) * nl;
}
