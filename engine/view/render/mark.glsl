// A mark: a figure drawn by its distance, as crisp from near as from far, white with a dark rim so that it shows on anything.
// Nothing is told by colour alone: each meaning has a figure of its own.

#include "eye.glsl"

#ifdef VERTEX
uniform mat4 p3d_ModelMatrix;
in vec4 p3d_Vertex;
in vec2 p3d_MultiTexCoord0;
out vec2 at;

void main() {
    at = p3d_MultiTexCoord0 * 2.0 - 1.0;
    see(p3d_ModelMatrix * p3d_Vertex);
}
#endif

#ifdef FRAGMENT
uniform int figure;        // 0 ring, 1 ring with progress, 2 disc in a ring, 3 plus, 4 minus, 5 cross, 6 line, 7 vignette, 8 way out,
                           // 9 two rings
uniform vec4 ink;          // colour, and how much of it is there
uniform float progress;    // 0 to 1
uniform float fine;        // 1, or less for a large ring, whose line is no thicker than that of a small one
in vec2 at;
out vec4 pixel;

const float TURN = 6.28318530718;

float ring(float radius, float thick) { return abs(length(at) - radius) - thick * fine; }
float bar(vec2 p, vec2 half_size) { vec2 d = abs(p) - half_size; return length(max(d, 0.0)) + min(max(d.x, d.y), 0.0); }

// How far a point is outside the figure (negative within), and in `faint` a part that is only hinted at.
float shape(out float faint) {
    faint = 1.0;
    if (figure == 0) return ring(0.78, 0.055);
    if (figure == 1) {
        faint = ring(0.78, 0.05);
        float around = fract(atan(at.x, at.y) / TURN + 1.0);   // clockwise from the top, as a clock goes
        return around <= progress ? ring(0.78, 0.11) : 1.0;
    }
    if (figure == 2) return min(ring(0.78, 0.06), length(at) - 0.34);
    if (figure == 3) return min(ring(0.78, 0.05), min(bar(at, vec2(0.42, 0.07)), bar(at, vec2(0.07, 0.42))));
    if (figure == 4) return min(ring(0.78, 0.05), bar(at, vec2(0.42, 0.07)));
    if (figure == 9) return min(ring(0.78, 0.075), ring(0.78 - 0.3 * fine, 0.06));   // what is worked stays to be seen in them
    vec2 turned = vec2(at.x + at.y, at.x - at.y) * 0.70710678;
    if (figure == 5) return min(ring(0.78, 0.05), min(bar(turned, vec2(0.5, 0.07)), bar(turned, vec2(0.07, 0.5))));
    // The way out: a doorway, and an arrow that leads through it (ISO 7010 E001 shows a door and a way to it).
    float door = max(bar(at - vec2(0.18, 0.0), vec2(0.34, 0.52)), -bar(at - vec2(0.18, -0.04), vec2(0.25, 0.50)));
    float shaft = bar(at - vec2(-0.22, 0.0), vec2(0.34, 0.06));
    vec2 head = at - vec2(0.16, 0.0);
    float tip = max(abs(head.y) + head.x, -head.x - 0.2) - 0.02;
    return min(min(door, shaft), tip);
}

void main() {
    keep_to_eye();
    if (figure == 7) {   // what is at the rim of sight goes dark; `progress` is how far from the rim
        float edge = mix(0.62, 0.27, progress);   // times 67 degrees: at most, 60 across are left (Fernandes and Feiner, 2016)
        float cover = smoothstep(edge - 0.10, edge + 0.06, length(at)) * ink.a;
        pixel = stored(vec3(0.0), cover);
        return;
    }
    if (figure == 6) {
        float across = abs(at.x), soft = fwidth(at.x);
        float core = 1.0 - smoothstep(0.45 - soft, 0.45 + soft, across), rim = 1.0 - smoothstep(1.0 - soft, 1.0, across);
        float fade = ink.a * mix(1.0, 0.25, smoothstep(0.6, 1.0, at.y * 0.5 + 0.5) * (1.0 - progress));
        float cover = max(core, 0.45 * rim) * fade;
        pixel = stored(ink.rgb * core * fade, cover);
        return;
    }
    float faint, near = shape(faint), soft = fwidth(length(at)) + 1e-4;
    float core = 1.0 - smoothstep(-soft, soft, near);
    float hint = 0.35 * (1.0 - smoothstep(-soft, soft, faint));
    // At least a pixel and a half of dark, so that white stands out from a white wall too (WCAG 2.2, 1.4.11).
    float dark = max(0.075 * fine, 1.5 * soft);
    float rim = 0.8 * (1.0 - smoothstep(dark - soft, dark + soft, min(near, faint)));
    if (figure == 8 && progress > 0.0) {
        float around = fract(atan(at.x, at.y) / TURN + 1.0);
        core = max(core, around <= progress ? 1.0 - smoothstep(-soft, soft, ring(0.86, 0.08)) : 0.0);
    }
    float light = max(core, hint), cover = max(light, rim) * ink.a;
    pixel = stored(ink.rgb * light * ink.a, cover);
}
#endif
