import { setTimeout as sleep } from 'node:timers/promises';
import type { Device } from '../client/device.js';
import type { Actor } from './actor.js';
import type { Persistence } from './persistence.js';

const LOOK_EVERY_MS = 100;

/**
 * Waits until every send and every command has its final answer. Rejects when none gets one for `patienceMs`, saying what has none: after
 * an hour of faults a hundred thousand may be left to be sent again, and take their time.
 */
export async function untilAnswered(devices: readonly Device[], persistence: Persistence, patienceMs: number): Promise<void> {
  const open = () => devices.filter(({ unanswered }) => unanswered > 0);
  const count = () => open().reduce((sum, { unanswered }) => sum + unanswered, persistence.size);
  for (let left = count(); left > 0; left = count()) {
    await until(
      () => count() < left,
      patienceMs,
      () => {
        const sends = open().map(({ client, unanswered }) => `${client.userId}/${client.deviceId} (${unanswered})`);
        return `an answer: ${persistence.size} HTTP calls, and sends of ${sends.join(', ')}`;
      },
    );
  }
}

/** Syncs every device until all answers were complete and none told of anything new, in two rounds behind one another. */
export async function untilSynced(devices: readonly Device[], withinMs: number): Promise<void> {
  const deadline = performance.now() + withinMs;
  const left = () => Math.max(0, deadline - performance.now());
  for (let stillRounds = 0; stillRounds < 2;) {
    await untilCaughtUp(devices, left());
    const rounds = await Promise.all(devices.map(async (device) => device.sync()));
    const isStill = rounds.every((synced) => synced?.complete === true && synced.moved === 0);
    stillRounds = isStill ? stillRounds + 1 : 0;
    if (left() === 0) throw new Error(`devices did not come to rest within ${withinMs} ms`);
    if (!isStill) await sleep(LOOK_EVERY_MS);
  }
}

function untilCaughtUp(devices: readonly Device[], withinMs: number): Promise<void> {
  const behind = () => devices.filter(({ isCaughtUp }) => !isCaughtUp);
  return until(
    () => behind().length === 0,
    withinMs,
    () =>
      `devices to catch up: ${behind()
        .map(({ client, cursors }) => `${client.userId}/${client.deviceId} (lacks ${cursors.lacking().join(' ') || 'a connection'})`)
        .join(', ')}`,
  );
}

async function until(condition: () => boolean, withinMs: number, what: () => string): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`waited ${Math.round(withinMs)} ms for ${what()}`);
    await sleep(LOOK_EVERY_MS);
  }
}

export function devicesOf(actors: readonly Actor[]): Device[] {
  return actors.flatMap(({ devices }) => devices);
}
