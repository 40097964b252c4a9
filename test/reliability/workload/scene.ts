import type { Operation } from '../history/history.js';
import type { Actor } from './actor.js';
import type { GroupBook } from './group-book.js';
import type { Persistence } from './persistence.js';
import type { Random } from './random.js';
import type { SentBook } from './sent-book.js';

/** What an action finds when its turn comes. */
export interface Scene {
  random: Random;
  actors: readonly Actor[];
  actor: (userId: string) => Actor;
  groups: GroupBook;
  sent: SentBook;
  /** Over HTTP, until there is a final answer. */
  persistence: Persistence;
  /** An id that nothing in this run has yet. */
  newId: (kind: string) => string;
}

/** Something that a user does now and then. It must not throw, and starts its work without waiting for its end. */
export interface Action {
  name: string;
  /** How often, beside the others of its list. */
  weight: number;
  run: (scene: Scene) => void;
}

/** Asks over HTTP until answered, then tells whether it was done. */
export function command(scene: Scene, actor: Actor, operation: Operation, done: () => void = () => undefined): void {
  if (!scene.persistence.hasRoom) return;
  const device = scene.random.pick(actor.devices) ?? actor.devices[0];
  void scene.persistence.ask(device, { operation }).then((outcome) => {
    if (outcome?.outcome === 'ok') done();
  });
}

export function anyActor(scene: Scene): Actor {
  const actor = scene.random.pick(scene.actors);
  if (!actor) throw new Error('a workload needs users');
  return actor;
}
