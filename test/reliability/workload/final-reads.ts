import type { Device } from '../client/device.js';
import type { Operation } from '../history/history.js';
import type { Actor } from './actor.js';
import type { Persistence } from './persistence.js';

const AT_ONCE = 8;

/**
 * What everybody sees when all is quiet: each user's list, the whole history of each conversation that he has heard of (some of them are
 * not his any more: to be refused), and one more sync of each device.
 */
export async function readEverything(actors: readonly Actor[], persistence: Persistence): Promise<void> {
  const waiting = [...actors];
  const worker = async () => {
    for (let actor = waiting.shift(); actor; actor = waiting.shift()) await readAsUser(actor, persistence);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

async function readAsUser({ devices }: Actor, persistence: Persistence): Promise<void> {
  const [reader] = devices;
  for (const device of devices) await device.sync();
  const list = await persistence.ask(reader, { operation: { type: 'list' } });
  const listed = list?.outcome === 'ok' && list.answer.type === 'list' ? list.answer.items : [];
  const heardOf = devices.flatMap(({ cursors }) => Object.keys(cursors.all()));
  for (const conversationId of new Set([...listed.map((item) => item.conversationId), ...heardOf])) {
    await readConversation(reader, conversationId, persistence);
  }
}

async function readConversation(reader: Device, conversationId: string, persistence: Persistence): Promise<void> {
  for (let afterSeq = 0; ;) {
    const operation: Operation = { type: 'history', conversationId, range: { afterSeq } };
    const outcome = await onceOverSocket(reader, operation, persistence);
    if (outcome?.outcome !== 'ok' || outcome.answer.type !== 'history') return;
    const { items, complete } = outcome.answer;
    if (complete) return;
    afterSeq = items.at(-1)?.seq ?? afterSeq + 1;
  }
}

/** The socket costs less; without one the call goes over HTTP until it is answered. */
async function onceOverSocket(reader: Device, operation: Extract<Operation, { type: 'history' }>, persistence: Persistence) {
  const outcome = await reader.ask(operation);
  if (outcome && outcome.outcome !== 'unknown') return outcome;
  return persistence.ask(reader, { operation });
}
