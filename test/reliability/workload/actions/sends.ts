import { directConversation, groupConversation, type GroupId, type UserId } from '#contracts';
import type { Target } from '../../history/history.js';
import type { Actor } from '../actor.js';
import { anyActor, type Action, type Scene } from '../scene.js';
import { newContent } from './content.js';
import { post } from './post.js';

/** What is sent at the rate of the run. */
export const SENDS: readonly Action[] = [
  { name: 'to a contact', weight: 44, run: (scene) => sendFrom(scene, anyActor(scene), toContact) },
  { name: 'to a group', weight: 38, run: sendToGroup },
  { name: 'to anyone', weight: 2, run: (scene) => sendFrom(scene, anyActor(scene), toAnyone) },
  { name: 'to a group that it is not for', weight: 4, run: sendAsStranger },
  { name: 'to nobody', weight: 1, run: (scene) => sendFrom(scene, anyActor(scene), toNobody) },
  { name: 'repeat a recent one', weight: 5, run: (scene) => repeat(scene, 'recent') },
  { name: 'repeat an old one', weight: 4, run: (scene) => repeat(scene, 'old') },
  { name: 'use an id for another content', weight: 2, run: reuseId },
];

function sendFrom(scene: Scene, actor: Actor, target: (scene: Scene, actor: Actor) => Target): void {
  const clientMsgId = scene.newId('m');
  const send = { to: target(scene, actor), clientMsgId, content: newContent(scene.random, clientMsgId) };
  scene.sent.add({ ...send, userId: actor.userId });
  post(scene, actor, send);
}

function toContact({ random }: Scene, actor: Actor): Target {
  const userId = random.pick(actor.contacts) ?? actor.userId;
  if (random.chance(0.7)) return { userId };
  return { conversationId: directConversation(actor.userId as UserId, userId as UserId) };
}

/** Himself included. */
function toAnyone(scene: Scene): Target {
  return { userId: anyActor(scene).userId };
}

function toNobody({ random, newId }: Scene): Target {
  return random.chance(0.5) ? { userId: newId('nobody') } : { groupId: newId('nothing') };
}

function sendToGroup(scene: Scene): void {
  const { random, groups } = scene;
  const group = random.pick(groups.active);
  const userId = random.pick([...(group?.members ?? [])]);
  if (group && userId !== undefined) sendFrom(scene, scene.actor(userId), () => groupTarget(scene, group.groupId));
}

/** To be refused: he was never in it, or not any more, or nobody is. */
function sendAsStranger(scene: Scene): void {
  const { random, groups } = scene;
  const group = random.pick(random.chance(0.3) && groups.dismissed.length > 0 ? groups.dismissed : groups.active);
  if (!group) return;
  const former = random.chance(0.6) ? random.pick([...group.former]) : undefined;
  const actor = former === undefined ? anyActor(scene) : scene.actor(former);
  sendFrom(scene, actor, () => groupTarget(scene, group.groupId));
}

function groupTarget({ random }: Scene, groupId: string): Target {
  return random.chance(0.8) ? { groupId } : { conversationId: groupConversation(groupId as GroupId) };
}

/** Through whichever of the user's devices, gateways and edges comes. */
function repeat(scene: Scene, age: 'recent' | 'old'): void {
  const sent = scene.sent.pick(age);
  if (sent) post(scene, scene.actor(sent.userId), sent);
}

function reuseId(scene: Scene): void {
  const sent = scene.sent.pick(scene.random.chance(0.2) ? 'recent' : 'old');
  if (sent) post(scene, scene.actor(sent.userId), { ...sent, content: { text: `${sent.clientMsgId} other ${scene.newId('c')}` } });
}
