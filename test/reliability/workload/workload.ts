import { HttpClient } from '../client/http-client.js';
import type { Device } from '../client/device.js';
import type { Recorder } from '../history/recorder.js';
import type { RunCounts } from '../history/run-counts.js';
import { createGroup, MEMBERS } from './actions/members.js';
import { READING } from './actions/reading.js';
import { SENDS } from './actions/sends.js';
import { TROUBLE } from './actions/trouble.js';
import type { Actor } from './actor.js';
import { cast } from './cast.js';
import { readEverything } from './final-reads.js';
import { GroupBook } from './group-book.js';
import { Pace } from './pace.js';
import { Persistence } from './persistence.js';
import { devicesOf, untilAnswered, untilSynced } from './quiet.js';
import { Random } from './random.js';
import type { Action, Scene } from './scene.js';
import { SentBook } from './sent-book.js';

export interface WorkloadOptions {
  /** The gateways that there are; asked again for each connection and call, so they may come and go. */
  urls: () => readonly string[];
  adminKey: string;
  seed: number;
  /** Sends a second, repeated ones included. Reading and everything else come on top, in proportion. */
  rate: number;
  recorder: Recorder;
  /** Begins every user, group and message id. Give another one to each run on the same database. Default: made of the seed. */
  name?: string;
  users?: number;
  groups?: number;
  /** What users do while they send. `nothing` changes only what a log of the sends brings back. Default: everything. */
  beside?: 'everything' | 'nothing';
}

export interface SettleOptions {
  /** For all answers to come, and again for all devices to come to rest. */
  withinMs?: number;
  /** Called when everything is answered, before the devices' last syncs: to wait for what clients can't see, such as an outbox. */
  untilAtRest?: () => Promise<void>;
}

/** What is done beside sending, as a share of the sends. */
const BESIDE: readonly { share: number; actions: readonly Action[] }[] = [
  { share: 0.1, actions: READING },
  { share: 0.02, actions: MEMBERS },
  { share: 0.005, actions: TROUBLE },
];
const DEFAULTS = { users: 40, groups: 8, settleWithinMs: 120_000 };
const START_WITHIN_MS = 60_000;

/**
 * Many users with several devices each, who write to one another and to groups, come and go, read, repeat themselves, lose their
 * connections; all of it recorded. The same seed makes the same choices, as far as the server's answers and their times are the same.
 *
 *     const file = new HistoryFile(path);
 *     const recorder = new Recorder(file);
 *     const workload = new Workload({ urls: () => cluster.urls, adminKey, seed, rate: 300, recorder });
 *     await workload.start();                    // users, devices and first groups are there; from now on it sends
 *     recorder.mark('kill -9 of message-1');     // … faults, all healed in the end …
 *     const counts = await workload.settle();    // answered, synced, mark `quiet`, everything read back; then nothing runs any more
 *     file.close();
 *
 * The servers must have room for it: rate limits as high as `HECTO_RATE_SEND`, `_REQUEST` and `_SOCKET` = `1000/5000`.
 */
export class Workload {
  private readonly http = new HttpClient();
  private readonly persistence = new Persistence();
  private readonly groups = new GroupBook();
  private readonly sent: SentBook;
  private readonly name: string;
  private readonly byId = new Map<string, Actor>();
  private actors: Actor[] = [];
  private devices: Device[] = [];
  private paces: Pace[] = [];
  private ids = 0;

  constructor(private readonly options: WorkloadOptions) {
    this.name = options.name ?? `w${options.seed}`;
    this.sent = new SentBook(new Random(options.seed));
  }

  get counts(): RunCounts {
    return this.options.recorder.counts;
  }

  /** Resolves when every device is connected and the first groups are there; from then on it sends. */
  async start(): Promise<void> {
    const { users = DEFAULTS.users, groups = DEFAULTS.groups, rate, seed } = this.options;
    this.actors = await cast({ ...this.options, users, name: this.name, http: this.http });
    for (const actor of this.actors) this.byId.set(actor.userId, actor);
    this.devices = devicesOf(this.actors);
    for (const device of this.devices) device.start();
    await untilSynced(this.devices, START_WITHIN_MS);
    const scene = this.sceneOf(new Random(seed));
    for (let n = 0; n < groups; n++) createGroup(scene);
    await untilAnswered(this.devices, this.persistence, START_WITHIN_MS);
    this.options.recorder.mark('running');
    const lists = [{ share: 1, actions: SENDS }, ...(this.options.beside === 'nothing' ? [] : BESIDE)];
    this.paces = lists.map(({ share, actions }, i) => new Pace(rate * share, (n) => this.act(actions, seed + i * 1e6 + n)));
  }

  /** Begins nothing new. What has begun goes on. */
  stop(): void {
    for (const pace of this.paces) pace.stop();
  }

  /**
   * After the last fault was healed: stops, waits until everything is answered and every device has everything, writes the mark
   * `quiet`, reads everything back, and disconnects. Rejects when that does not come about in time.
   */
  async settle({ withinMs = DEFAULTS.settleWithinMs, untilAtRest }: SettleOptions = {}): Promise<RunCounts> {
    const { recorder } = this.options;
    this.stop();
    try {
      recorder.mark('settling');
      await untilAnswered(this.devices, this.persistence, withinMs);
      await untilAtRest?.();
      await untilSynced(this.devices, withinMs);
      recorder.mark('quiet');
      await readEverything(this.actors, this.persistence);
      recorder.mark('end');
      return this.counts;
    } finally {
      await this.abandon();
    }
  }

  /** Disconnects everybody at once, whatever is open. */
  async abandon(): Promise<void> {
    this.stop();
    this.persistence.stop();
    await Promise.all(this.devices.map((device) => device.stop()));
    this.http.close();
  }

  /** Each action has a random sequence of its own, so that one that was held up doesn't change the next. */
  private act(actions: readonly Action[], seed: number): void {
    const random = new Random(seed * 2654435761);
    random.weighted(actions).run(this.sceneOf(random));
  }

  private sceneOf(random: Random): Scene {
    const { actors, groups, sent, persistence } = this;
    const newId = (kind: string) => `${this.name}-${kind}${++this.ids}`;
    return { random, actors, groups, sent, persistence, newId, actor: (userId) => this.actorOf(userId) };
  }

  private actorOf(userId: string): Actor {
    const actor = this.byId.get(userId);
    if (!actor) throw new Error(`there is no user ${userId}`);
    return actor;
  }
}
