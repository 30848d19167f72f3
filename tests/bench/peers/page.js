// The load of `engine/view/loads.py` in three.js: boxes on a square raster before the eye, 12 triangles each, of one standard material.
// `window.prepare` makes the load of a case, `window.run` draws blocks of frames and gives milliseconds.
import * as THREE from "three";

const WIDE = 0.6; // metres of the whole raster
const AWAY = 1.0; // metres before the eye
const FILLED = 0.7; // width of a box as a share of its place

function places(count) {
  const side = Math.ceil(Math.sqrt(count));
  const step = WIDE / side;
  return Array.from({ length: count }, (_, index) => [
    ((index % side) - (side - 1) / 2) * step,
    (Math.floor(index / side) - (side - 1) / 2) * step,
    -AWAY,
    step * FILLED,
  ]);
}

function material() {
  return new THREE.MeshStandardMaterial({ color: 0x808080, metalness: 0, roughness: 0.6 });
}

function box(wide) {
  return new THREE.BoxGeometry(wide, wide, wide);
}

const LOADS = {
  empty() {
    return () => {};
  },
  // One call of many draws, each box with its own matrix: what three.js has for many things that stand still.
  batched(scene, count) {
    const at = places(count);
    const mesh = new THREE.BatchedMesh(count, 24, 36, material());
    const shape = mesh.addGeometry(box(at[0][3]));
    const matrix = new THREE.Matrix4();
    for (const [x, y, z] of at) mesh.setMatrixAt(mesh.addInstance(shape), matrix.makeTranslation(x, y, z));
    scene.add(mesh);
    return () => {};
  },
  // One geometry, made by hand: the least that three.js can do.
  merged(scene, count) {
    const merged = new THREE.BufferGeometry();
    const positions = new Float32Array(count * 72);
    const normals = new Float32Array(count * 72);
    const index = new Uint32Array(count * 36);
    places(count).forEach(([x, y, z, wide], number) => {
      const one = box(wide).translate(x, y, z);
      positions.set(one.attributes.position.array, number * 72);
      normals.set(one.attributes.normal.array, number * 72);
      one.index.array.forEach((corner, place) => (index[number * 36 + place] = corner + number * 24));
    });
    merged.setAttribute("position", new THREE.BufferAttribute(positions, 3));
    merged.setAttribute("normal", new THREE.BufferAttribute(normals, 3));
    merged.setIndex(new THREE.BufferAttribute(index, 1));
    scene.add(new THREE.Mesh(merged, material()));
    return () => {};
  },
  // A mesh each, all of which move in every frame.
  separate(scene, count) {
    const shared = material();
    const meshes = places(count).map(([x, y, z, wide]) => {
      const mesh = new THREE.Mesh(box(wide), shared);
      mesh.position.set(x, y, z);
      scene.add(mesh);
      return mesh;
    });
    return (frame) => {
      const z = -AWAY + 0.001 * (frame % 2);
      for (const mesh of meshes) mesh.position.z = z;
    };
  },
};

const LIGHTS = {
  // The least that gives shape: a sun without shadows, and light from above and below.
  plain(renderer, scene) {
    scene.add(new THREE.HemisphereLight(0xffffff, 0x444444, 1));
    scene.add(sun());
  },
  // What Abaton's picture has: a sun whose shadows are drawn once and looked up softly, a sky that lights and is mirrored, haze, and a
  // filmic curve (the same one, ACES by Hill).
  alike(renderer, scene) {
    const light = sun();
    light.castShadow = true;
    light.shadow.mapSize.set(2048, 2048);
    Object.assign(light.shadow.camera, { left: -14, right: 14, top: 14, bottom: -14, near: 1, far: 120 });
    light.position.multiplyScalar(20);
    scene.add(light);
    scene.traverse((one) => {
      one.castShadow = one.receiveShadow = true;
    });
    renderer.shadowMap.enabled = true;
    scene.environment = sky(renderer);
    scene.fog = new THREE.FogExp2(0x8899aa, 1e-3);
    renderer.toneMapping = THREE.ACESFilmicToneMapping;
  },
};

function sun() {
  const light = new THREE.DirectionalLight(0xffffff, 2);
  light.position.set(1, 2, 1);
  return light;
}

// A sky that is lighter at its foot, over grey ground, filtered for every roughness.
function sky(renderer) {
  const [wide, high] = [64, 32];
  const rows = new Float32Array(wide * high * 4);
  for (let row = 0; row < high; row++) {
    const up = (2 * row) / (high - 1) - 1;
    const colour = up > 0 ? [0.9 - 0.6 * up, 1 - 0.5 * up, 1.1 - 0.2 * up] : [0.2, 0.2, 0.2];
    for (let column = 0; column < wide; column++) rows.set([...colour, 1], (row * wide + column) * 4);
  }
  const picture = new THREE.DataTexture(rows, wide, high, THREE.RGBAFormat, THREE.FloatType);
  picture.mapping = THREE.EquirectangularReflectionMapping;
  picture.needsUpdate = true;
  return new THREE.PMREMGenerator(renderer).fromEquirectangular(picture).texture;
}

// A picture as WebXR gives a headset's (three.js's WebXRManager makes such a target): its samples are resolved in every frame, where
// a canvas's are only when the browser shows it.
function target(renderer, wide, high, samples) {
  const made = new THREE.WebGLRenderTarget(wide, high, {
    samples,
    colorSpace: renderer.outputColorSpace,
    resolveDepthBuffer: false,
    stencilBuffer: false,
  });
  made.isXRRenderTarget = true;
  return made;
}

let held = null; // what was prepared last

window.prepare = ({ load, count, size, eyes, samples, lights }) => {
  held?.renderer.forceContextLoss();
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("webgl2", { antialias: false });
  const renderer = new THREE.WebGLRenderer({ canvas, context });
  renderer.setSize(size * eyes, size, false);
  const scene = new THREE.Scene();
  const move = LOADS[load](scene, count);
  LIGHTS[lights](renderer, scene);
  const fov = (2 * Math.atan(0.5) * 180) / Math.PI;
  const views = Array.from({ length: eyes }, (_, eye) => {
    const camera = new THREE.PerspectiveCamera(fov, 1, 0.08, 100);
    camera.position.x = eyes === 1 ? 0 : (eye - 0.5) * 0.063;
    camera.viewport = new THREE.Vector4(eye * size, 0, size, size);
    camera.updateMatrixWorld();
    return camera;
  });
  // As in WebXR: one camera of several draws the scene once for each eye.
  const camera = eyes === 1 ? views[0] : new THREE.ArrayCamera(views);
  if (eyes > 1) {
    camera.projectionMatrix.copy(views[0].projectionMatrix);
    camera.projectionMatrixInverse.copy(views[0].projectionMatrixInverse);
  }
  const picture = target(renderer, size * eyes, size, samples);
  renderer.setRenderTarget(picture);
  const gl = renderer.getContext();
  const pixel = new Uint8Array(4);
  const finish = () => renderer.readRenderTargetPixels(picture, 0, 0, 1, 1, pixel);
  held = { renderer, scene, camera, move, finish };
  window.run({ blocks: 1, frames: 5, each: false });
  renderer.shadowMap.autoUpdate = false; // Abaton's are drawn again only when something that throws one has moved.
  const { calls, triangles } = renderer.info.render;
  const about = gl.getExtension("WEBGL_debug_renderer_info");
  return {
    calls,
    triangles,
    samples: Math.min(samples, gl.getParameter(gl.MAX_SAMPLES)),
    renderer: gl.getParameter(about ? about.UNMASKED_RENDERER_WEBGL : gl.RENDERER),
    three: THREE.REVISION,
  };
};

// Milliseconds of a frame, by block: `script` is spent in three.js and WebGL calls, `clock` goes until the graphics process has
// done the block. With `each`, every frame is waited for.
window.run = ({ blocks, frames, each }) => {
  const { renderer, scene, camera, move, finish } = held;
  const script = [];
  const clock = [];
  for (let block = 0; block < blocks; block++) {
    let spent = 0;
    finish();
    const began = performance.now();
    for (let frame = 0; frame < frames; frame++) {
      const started = performance.now();
      move(frame);
      renderer.render(scene, camera);
      spent += performance.now() - started;
      if (each) finish();
    }
    finish();
    script.push(spent / frames);
    clock.push((performance.now() - began) / frames);
  }
  return { script, clock };
};

window.ready = true;
