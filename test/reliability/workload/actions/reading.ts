import { groupConversation, type GroupId } from '#contracts';
import type { Device } from '../../client/device.js';
import type { Operation } from '../../history/history.js';
import type { Random } from '../random.js';
import { anyActor, command, type Action, type Scene } from '../scene.js';

type Range = Extract<Operation, { type: 'history' }>['range'];

const OVER_HTTP = 0.15;

/** What reads, and moves read cursors. */
export const READING: readonly Action[] = [
  { name: 'move a read cursor', weight: 10, run: (scene) => withConversation(scene, moveCursor) },
  { name: 'read history', weight: 8, run: (scene) => withConversation(scene, readHistory) },
  { name: 'read what is not his', weight: 1, run: readForeign },
  { name: 'list', weight: 2, run: (scene) => command(scene, anyActor(scene), { type: 'list' }) },
  { name: 'sync', weight: 1, run: (scene) => void anyDevice(scene).sync() },
];

function anyDevice(scene: Scene): Device {
  const { devices } = anyActor(scene);
  return scene.random.pick(devices) ?? devices[0];
}

function withConversation(scene: Scene, act: (scene: Scene, device: Device, conversationId: string) => void): void {
  const device = anyDevice(scene);
  const conversationId = scene.random.pick(device.cursors.conversations());
  if (conversationId !== undefined) act(scene, device, conversationId);
}

/** Mostly to the end, at times not so far, or back, or beyond. */
function moveCursor({ random }: Scene, device: Device, conversationId: string): void {
  const upTo = device.cursors.upTo(conversationId);
  const roll = random.next();
  const seq = roll < 0.7 ? upTo : roll < 0.95 ? random.whole(0, upTo) : upTo + random.whole(1, 1000);
  once(random, device, { type: 'read', conversationId, seq });
}

function readHistory({ random }: Scene, device: Device, conversationId: string): void {
  once(random, device, { type: 'history', conversationId, range: anyRange(random, device.cursors.upTo(conversationId)) });
}

/** Of a group that he isn't in, or of two others. */
function readForeign(scene: Scene): void {
  const { random, groups } = scene;
  const device = anyDevice(scene);
  const group = random.pick(groups.active);
  const others = random.pick(anyDevice(scene).cursors.conversations());
  const conversationId = random.chance(0.5) && group ? groupConversation(group.groupId as GroupId) : others;
  if (conversationId !== undefined) once(random, device, { type: 'history', conversationId, range: {} });
}

/** Every form that there is: after, before, from and to, the latest. */
function anyRange(random: Random, upTo: number): Range {
  const seq = random.whole(0, upTo + 2);
  switch (random.whole(1, 4)) {
    case 1:
      return { afterSeq: seq };
    case 2:
      return { beforeSeq: seq };
    case 3:
      return { fromSeq: seq, toSeq: seq + random.whole(0, 70) };
    default:
      return {};
  }
}

function once(random: Random, device: Device, operation: Extract<Operation, { type: 'read' | 'history' }>): void {
  if (random.chance(OVER_HTTP)) void device.askOverHttp({ operation });
  else void device.ask(operation);
}
