import { anyActor, type Action, type Scene } from '../scene.js';

/** What happens to connections without any fault of the server's. */
export const TROUBLE: readonly Action[] = [
  { name: 'disconnect', weight: 1, run: (scene) => disconnect(scene, 'clean') },
  { name: 'lose the network', weight: 1, run: (scene) => disconnect(scene, 'cut') },
];

function disconnect(scene: Scene, how: 'clean' | 'cut'): void {
  scene.random.pick(anyActor(scene).devices)?.disconnect(how);
}
