import type { Actor } from '../actor.js';
import type { KnownGroup } from '../group-book.js';
import { anyActor, command, type Action, type Scene } from '../scene.js';

/** Between these sizes people come and go; beyond them they only go, or only come. */
const SIZE = { least: 4, most: 11 };

/** What changes who is in which group. */
export const MEMBERS: readonly Action[] = [
  { name: 'join', weight: 4, run: (scene) => withGroup(scene, join) },
  { name: 'leave', weight: 3, run: (scene) => withGroup(scene, leave) },
  { name: 'kick', weight: 3, run: (scene) => withGroup(scene, kick) },
  { name: 'invite', weight: 3, run: (scene) => withGroup(scene, invite) },
  { name: 'overstep', weight: 2, run: (scene) => withGroup(scene, overstep) },
  { name: 'dismiss, and create another', weight: 1, run: (scene) => withGroup(scene, replace) },
];

/** A new group of these many people, in the history and, once it is there, in the book. */
export function createGroup(scene: Scene, done: () => void = () => undefined): void {
  const { random, actors, groups } = scene;
  const [owner, ...members] = random.some(actors, random.whole(SIZE.least, SIZE.most));
  if (!owner) return;
  const groupId = scene.newId('g');
  const memberIds = members.map(({ userId }) => userId);
  const history = random.chance(0.5) ? 'join' : 'all';
  command(scene, owner, { type: 'create-group', groupId, history, memberIds }, () => {
    groups.created(groupId, owner.userId, memberIds);
    done();
  });
}

function withGroup(scene: Scene, act: (scene: Scene, group: KnownGroup) => void): void {
  const group = scene.random.pick(scene.groups.active);
  if (group) act(scene, group);
}

function join(scene: Scene, group: KnownGroup): void {
  if (group.members.size >= SIZE.most) {
    leave(scene, group);
    return;
  }
  const actor = outsider(scene, group);
  if (actor) command(scene, actor, { type: 'join', groupId: group.groupId }, () => scene.groups.entered(group, [actor.userId]));
}

function leave(scene: Scene, group: KnownGroup): void {
  const userId = ordinaryMember(scene, group);
  if (userId === undefined || group.members.size <= SIZE.least) return;
  command(scene, scene.actor(userId), { type: 'leave', groupId: group.groupId }, () => scene.groups.gone(group, userId));
}

function kick(scene: Scene, group: KnownGroup): void {
  const userId = ordinaryMember(scene, group);
  if (userId === undefined || group.members.size <= SIZE.least) return;
  command(scene, scene.actor(group.ownerId), { type: 'kick', groupId: group.groupId, userId }, () => scene.groups.gone(group, userId));
}

function invite(scene: Scene, group: KnownGroup): void {
  const userIds = [outsider(scene, group), outsider(scene, group)].flatMap((actor) => (actor ? [actor.userId] : []));
  const by = scene.random.pick([...group.members]) ?? group.ownerId;
  if (userIds.length === 0 || group.members.size >= SIZE.most) return;
  const invited = [...new Set(userIds)];
  command(scene, scene.actor(by), { type: 'invite', groupId: group.groupId, userIds: invited }, () => scene.groups.entered(group, invited));
}

/** To be refused, as far as things are as they are believed to be. */
function overstep(scene: Scene, group: KnownGroup): void {
  const { groupId } = group;
  const member = ordinaryMember(scene, group);
  const stranger = outsider(scene, group);
  const way = scene.random.whole(1, 4);
  if (way === 1) command(scene, scene.actor(group.ownerId), { type: 'leave', groupId });
  if (way === 2 && member !== undefined) command(scene, scene.actor(member), { type: 'kick', groupId, userId: group.ownerId });
  if (way === 3 && stranger) command(scene, stranger, { type: 'invite', groupId, userIds: [stranger.userId] });
  if (way === 4 && member !== undefined) command(scene, scene.actor(member), { type: 'dismiss', groupId });
}

function replace(scene: Scene, group: KnownGroup): void {
  command(scene, scene.actor(group.ownerId), { type: 'dismiss', groupId: group.groupId }, () => scene.groups.ended(group));
  createGroup(scene);
}

/** Somebody who is not in it: often one who was. */
function outsider(scene: Scene, group: KnownGroup): Actor | undefined {
  const former = scene.random.chance(0.4) ? scene.random.pick([...group.former]) : undefined;
  const actor = former === undefined ? anyActor(scene) : scene.actor(former);
  return group.members.has(actor.userId) ? undefined : actor;
}

function ordinaryMember(scene: Scene, group: KnownGroup): string | undefined {
  return scene.random.pick([...group.members].filter((userId) => userId !== group.ownerId));
}
