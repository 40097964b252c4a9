import { digestOf } from '../../history/digest.js';
import type { Answer, CallLine, Client, HistoryLine, Operation, Push } from '../../history/history.js';
import { groupConversation, type GroupId } from '#contracts';
import { documentsOf, type Documents } from './documents.suite.js';
import {
  pairOf,
  PerfectServer,
  seen,
  type Contents,
  type Outcome,
  type PerfectConversation,
  type PerfectMessage,
} from './perfect-server.suite.js';
import { Random } from './random.suite.js';

export interface SimulatedRun {
  lines: HistoryLine[];
  documents: Documents;
  server: PerfectServer;
}

interface Socket {
  open: boolean;
  /** Not before the lane's last effect may the next take place. */
  laneAt: number;
  pushAt: number;
}

interface Device {
  client: Client;
  socket: Socket | undefined;
  connecting: boolean;
  have: Map<string, Set<number>>;
  upTo: Map<string, number>;
}

const USERS = ['ann', 'ben', 'cat', 'dan'];
const GROUPS = ['g1', 'g2'];
const GAP = 40;

/** Some users with two devices each, who do what clients do, over a network that loses answers and connections. */
export function simulate(seed: number, steps = 80): SimulatedRun {
  return new Simulation(new Random(seed)).run(steps);
}

class Simulation {
  private readonly lines: HistoryLine[] = [];
  private readonly server: PerfectServer;
  private readonly devices: Device[];
  private readonly queue: { at: number; order: number; run: () => void }[] = [];
  private now = 0;
  private order = 0;
  private calls = 0;
  private ids = 0;
  /** Nothing is lost any more. */
  private healed = false;

  constructor(private readonly random: Random) {
    this.server = new PerfectServer({
      stored: (message, conversation) => this.stored(message, conversation),
      opened: (conversation, userId, minSeq) => this.tell(userId, () => opened(conversation, minSeq)),
      closed: ({ id, messages }, userId) => this.tell(userId, () => ({ type: 'closed', conversationId: id, maxSeq: messages.length })),
    });
    this.devices = USERS.flatMap((userId) => ['d1', 'd2'].map((deviceId) => newDevice({ userId, deviceId })));
  }

  run(steps: number): SimulatedRun {
    GROUPS.forEach((groupId, i) => {
      const history = i === 0 ? 'join' : 'all';
      const create = (): void => {
        const again = (answer: Answer | undefined) => answer ?? this.later(this.delay(), create);
        this.ask(this.devices[0]!, { type: 'create-group', groupId, history, memberIds: ['ben'] }, undefined, again);
      };
      create();
    });
    for (let step = 0; step < steps; step += 1) this.later(step * GAP + this.random.below(2 * GAP), () => this.step());
    this.drain();
    this.healed = true;
    for (const device of this.devices) if (!device.socket?.open) this.connect(device);
    this.drain();
    for (const device of this.devices) this.sync(device);
    this.drain();
    this.lines.push({ kind: 'mark', at: this.now, what: 'quiet' });
    for (const device of this.devices) this.afterwards(device);
    this.drain();
    return { lines: this.lines, documents: documentsOf(this.server), server: this.server };
  }

  private step(): void {
    const device = this.random.pick(this.devices);
    const roll = this.random.next();
    if (!device.socket && !device.connecting && this.random.chance(0.7)) {
      this.connect(device);
      return;
    }
    if (roll < 0.5) {
      this.sendNew(device);
      return;
    }
    if (roll < 0.62) {
      this.changeGroup(device);
      return;
    }
    if (roll < 0.7) {
      this.readSomething(device);
      return;
    }
    if (roll < 0.78) {
      this.pull(device, this.random.pick(this.readable(device)), this.random.below(6));
      return;
    }
    if (roll < 0.84) {
      this.browse(device);
      return;
    }
    if (roll < 0.89) {
      this.list(device);
      return;
    }
    if (roll < 0.93) {
      this.sync(device);
      return;
    }
    this.disconnect(device);
  }

  private afterwards(device: Device): void {
    this.list(device);
    this.readSomething(device);
    this.browse(device);
    this.sync(device);
  }

  private sendNew(device: Device): void {
    const { random } = this;
    const { userId } = device.client;
    const peers = USERS.filter((peer) => peer !== userId);
    const to = random.chance(0.5) ? { userId: random.pick(peers) } : { groupId: random.pick(GROUPS) };
    const clientMsgId = random.chance(0.05) ? `m-${random.below(this.ids + 1)}` : `m-${(this.ids += 1)}`;
    const content = { text: random.chance(0.03) ? 'x'.repeat(5000) : `${clientMsgId}${random.chance(0.1) ? '!' : ''}` };
    this.send(device, { to, clientMsgId }, { content, counts: random.chance(0.9), shows: random.chance(0.9) });
    if (random.chance(0.4)) this.sendNew(device);
  }

  private send(device: Device, what: Pick<Extract<Operation, { type: 'send' }>, 'to' | 'clientMsgId'>, contents: Contents): void {
    const socket = device.socket?.open && this.random.chance(0.8) ? device.socket : undefined;
    const operation = { type: 'send', over: socket ? 'socket' : 'http', ...what, digest: digestOf(contents.content) } as const;
    const { userId } = device.client;
    const effect = (): Outcome => {
      this.sender = socket && device;
      const outcome = this.server.send(userId, operation, contents);
      this.sender = undefined;
      if (outcome.outcome === 'ok' && outcome.answer.type === 'send' && this.random.chance(0.8)) {
        this.server.follow(userId, outcome.answer.conversationId, outcome.answer.seq);
      }
      return outcome;
    };
    const again = (by: Device) => this.later(this.delay(), () => this.send(by, what, contents));
    const twin = this.devices.filter(({ client }) => client.userId === userId);
    this.ask(
      device,
      operation,
      effect,
      (answer) => {
        if (!answer) again(device);
        else if (!this.healed && this.random.chance(0.08)) again(this.random.pick(twin));
      },
      socket,
    );
  }

  /** Whose socket the send came from that takes effect now. */
  private sender: Device | undefined;

  private changeGroup(device: Device): void {
    const { random } = this;
    const groupId = random.pick(GROUPS);
    const userId = random.pick(USERS);
    const roll = random.next();
    if (roll < 0.35) {
      this.ask(device, { type: 'join', groupId });
      return;
    }
    if (roll < 0.6) {
      this.ask(device, { type: 'leave', groupId });
      return;
    }
    if (roll < 0.75) {
      this.ask(device, { type: 'invite', groupId, userIds: [userId] });
      return;
    }
    if (roll < 0.97) {
      this.ask(device, { type: 'kick', groupId, userId });
      return;
    }
    this.ask(device, { type: 'dismiss', groupId });
  }

  private readSomething(device: Device): void {
    const conversationId = this.random.pick(this.readable(device));
    const seq = this.random.below(this.server.of(conversationId).messages.length + 2);
    this.ask(device, { type: 'read', conversationId, seq });
  }

  private browse(device: Device): void {
    const conversationId = this.random.pick(this.readable(device));
    const a = 1 + this.random.below(10);
    const range = this.random.pick([
      { fromSeq: a, toSeq: a + this.random.below(5) },
      { beforeSeq: a },
      {},
      { beforeSeq: a + 5, afterSeq: a },
    ]);
    this.ask(device, { type: 'history', conversationId, range }, undefined, (answer) => this.take(device, conversationId, answer));
  }

  private list(device: Device): void {
    this.ask(device, { type: 'list' });
  }

  private readable({ client: { userId } }: Device): string[] {
    return [
      ...USERS.filter((peer) => peer !== userId).map((peer) => pairOf(userId, peer)),
      ...GROUPS.map((g) => groupConversation(g as GroupId)),
    ];
  }

  private sync(device: Device): void {
    const cursors = Object.fromEntries(device.upTo);
    this.ask(device, { type: 'sync', via: 'sync', cursors }, undefined, (answer) => this.caughtUp(device, answer));
  }

  private connect(device: Device): void {
    device.connecting = true;
    const cursors = Object.fromEntries(device.upTo);
    const socket: Socket = { open: false, laneAt: 0, pushAt: Infinity };
    const effect = () => {
      device.socket = socket;
      return this.server.sync(device.client.userId, cursors);
    };
    this.ask(device, { type: 'sync', via: 'connect', cursors }, effect, (answer) => {
      device.connecting = false;
      if (!answer) {
        if (device.socket === socket) device.socket = undefined;
        if (this.healed) this.connect(device);
        return;
      }
      socket.open = true;
      socket.pushAt = this.now;
      this.lines.push({ kind: 'socket', at: this.now, client: device.client, event: 'open', gateway: 'gw' });
      for (const tell of this.held.get(socket) ?? []) tell();
      this.held.delete(socket);
      this.caughtUp(device, answer);
    });
  }

  private readonly held = new Map<Socket, (() => void)[]>();

  private disconnect(device: Device): void {
    if (!device.socket?.open) return;
    device.socket.open = false;
    device.socket = undefined;
    this.lines.push({ kind: 'socket', at: this.now, client: device.client, event: 'closed', gateway: 'gw', closeCode: 1006 });
  }

  private caughtUp(device: Device, answer: Answer | undefined): void {
    if (answer?.type !== 'sync') return;
    for (const { conversationId, minSeq } of answer.moved) {
      this.readableFrom(device, conversationId, minSeq);
      this.pull(device, conversationId, device.upTo.get(conversationId) ?? 0);
    }
  }

  private pull(device: Device, conversationId: string, afterSeq: number): void {
    this.ask(device, { type: 'history', conversationId, range: { afterSeq } }, undefined, (answer) => {
      this.take(device, conversationId, answer);
      if (!answer && !this.gone(device, conversationId)) {
        this.later(this.delay(), () => this.pull(device, conversationId, afterSeq));
        return;
      }
      if (answer?.type === 'history' && !answer.complete) this.pull(device, conversationId, answer.items.at(-1)!.seq);
    });
  }

  private gone({ client: { userId } }: Device, conversationId: string): boolean {
    return this.server.history(userId, { type: 'history', conversationId, range: {} }).outcome === 'refused';
  }

  private take(device: Device, conversationId: string, answer: Answer | undefined): void {
    if (answer?.type !== 'history') return;
    this.readableFrom(device, conversationId, answer.minSeq);
    for (const { seq } of answer.items) this.have(device, conversationId, seq);
  }

  private readableFrom(device: Device, conversationId: string, minSeq: number): void {
    device.upTo.set(conversationId, Math.max(minSeq - 1, device.upTo.get(conversationId) ?? 0));
  }

  private have(device: Device, conversationId: string, seq: number): void {
    const have = device.have.get(conversationId) ?? new Set<number>();
    device.have.set(conversationId, have.add(seq));
    let upTo = device.upTo.get(conversationId) ?? 0;
    while (have.has(upTo + 1)) upTo += 1;
    device.upTo.set(conversationId, upTo);
  }

  /** A call that takes effect some time after it is made, and whose answer comes after that, or never. */
  private ask(
    device: Device,
    operation: Operation,
    effect: () => Outcome = () => this.effectOf(device.client.userId, operation),
    onAnswer: (answer: Answer | undefined) => unknown = () => undefined,
    lane?: Socket,
  ): void {
    const call: CallLine = { kind: 'call', at: this.now, call: (this.calls += 1), client: device.client, operation };
    this.lines.push(call);
    const lost = !this.healed && this.random.chance(0.12);
    const never = lost && this.random.chance(0.4);
    const at = Math.max(this.now + this.delay(), lane?.laneAt ?? 0);
    if (lane) lane.laneAt = at;
    if (lost) {
      if (!never) this.at(at, () => void effect());
      this.later(this.delay() * 2, () => this.unanswered(call.call, onAnswer));
      return;
    }
    this.at(at, () => {
      const outcome = effect();
      this.later(this.delay(), () => {
        if (lane && !lane.open) {
          this.unanswered(call.call, onAnswer);
          return;
        }
        this.lines.push({ kind: 'return', at: this.now, call: call.call, ...outcome });
        if (outcome.outcome === 'ok' && outcome.answer.type === 'send')
          this.have(device, outcome.answer.conversationId, outcome.answer.seq);
        if (outcome.outcome === 'ok') onAnswer(outcome.answer);
        else if (operation.type === 'sync') onAnswer(undefined);
      });
    });
  }

  private unanswered(call: number, onAnswer: (answer: undefined) => unknown): void {
    if (this.random.chance(0.7)) this.lines.push({ kind: 'return', at: this.now, call, outcome: 'unknown', code: 'timeout' });
    onAnswer(undefined);
  }

  private effectOf(userId: string, operation: Operation): Outcome {
    switch (operation.type) {
      case 'create-group':
        return this.server.create(operation, userId);
      case 'join':
        return this.server.enter(operation.groupId, [userId]);
      case 'invite':
        return this.server.enter(operation.groupId, operation.userIds);
      case 'leave':
        return this.server.exit(operation.groupId, userId);
      case 'kick':
        return this.server.exit(operation.groupId, operation.userId);
      case 'dismiss':
        return this.server.dismiss(operation.groupId);
      case 'read':
        return this.server.read(userId, operation.conversationId, operation.seq);
      case 'history':
        return this.server.history(userId, operation);
      case 'sync':
        return this.server.sync(userId, operation.cursors);
      case 'list':
        return this.server.list(userId);
      case 'send':
        throw new Error('a send has an effect of its own');
    }
  }

  private stored(message: PerfectMessage, conversation: PerfectConversation): void {
    for (const device of this.devices) {
      const { socket, client } = device;
      const window = conversation.windows.get(client.userId);
      if (!socket || !window?.open || window.minSeq > message.seq || device === this.sender) continue;
      if (this.random.chance(0.05)) {
        const hint = { type: 'hint', conversationId: conversation.id, maxSeq: message.seq } as const;
        this.push(device, socket, hint, () => this.pull(device, conversation.id, device.upTo.get(conversation.id) ?? 0));
      } else {
        this.push(device, socket, { type: 'message', ...seen(message) }, () => this.have(device, conversation.id, message.seq));
      }
    }
  }

  private tell(userId: string, push: () => Push): void {
    for (const device of this.devices) {
      const { socket } = device;
      if (!socket || device.client.userId !== userId) continue;
      const told = push();
      this.push(device, socket, told, () => {
        if (told.type === 'opened') this.readableFrom(device, told.conversationId, told.minSeq);
      });
    }
  }

  /** In the order of the connection, some time later, if it is still open then. */
  private push(device: Device, socket: Socket, push: Push, onPush: () => void): void {
    if (socket.pushAt === Infinity) {
      this.held.set(socket, [...(this.held.get(socket) ?? []), () => this.push(device, socket, push, onPush)]);
      return;
    }
    socket.pushAt = Math.max(socket.pushAt, this.now + this.delay());
    this.at(socket.pushAt, () => {
      if (!socket.open) return;
      this.lines.push({ kind: 'push', at: this.now, client: device.client, push });
      onPush();
    });
  }

  private delay(): number {
    return 1 + this.random.below(60);
  }

  private later(delay: number, run: () => void): void {
    this.at(this.now + delay, run);
  }

  private at(at: number, run: () => void): void {
    this.queue.push({ at, order: (this.order += 1), run });
  }

  private drain(): void {
    for (;;) {
      let first = 0;
      this.queue.forEach((event, i) => {
        const best = this.queue[first]!;
        if (event.at < best.at || (event.at === best.at && event.order < best.order)) first = i;
      });
      const [event] = this.queue.splice(first, 1);
      if (!event) return;
      this.now = Math.max(this.now, event.at);
      event.run();
    }
  }
}

function newDevice(client: Client): Device {
  return { client, socket: undefined, connecting: false, have: new Map(), upTo: new Map() };
}

function opened({ id, messages }: PerfectConversation, minSeq: number): Push {
  return { type: 'opened', conversationId: id, minSeq, maxSeq: messages.length };
}
