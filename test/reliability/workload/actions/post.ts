import type { Send } from '../../client/sender.js';
import { digestOf } from '../../history/digest.js';
import type { Actor } from '../actor.js';
import type { Scene } from '../scene.js';

/** Beyond that a device keeps what it would send to itself: the run is about the server, not about this machine's memory. */
const MAX_UNANSWERED = 2000;
const OVER_HTTP = 0.1;

/** Sends by one of the user's devices: mostly over its socket, in its lane. */
export function post(scene: Scene, actor: Actor, send: Send): void {
  const device = scene.random.pick(actor.devices) ?? actor.devices[0];
  if (!scene.random.chance(OVER_HTTP)) {
    if (device.unanswered < MAX_UNANSWERED) device.send(send, () => undefined);
    return;
  }
  if (!scene.persistence.hasRoom) return;
  const { to, clientMsgId, content } = send;
  const operation = { type: 'send', over: 'http', to, clientMsgId, digest: digestOf(content) } as const;
  void scene.persistence.ask(device, { operation, content });
}
