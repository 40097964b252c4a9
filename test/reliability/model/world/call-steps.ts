import type { Call, PendingCall, Reply } from '../process/calls.js';
import type { Model } from './model.js';
import { OWNERS, type Step } from './step.js';
import { replaced, trouble, withFlight, type World } from './world.js';

type Of<K extends Call['kind']> = PendingCall & { call: Call & { kind: K } };

const DONE: Reply = { ok: null };
const AWAY: Reply = { error: 'away' };
const UNKNOWN: Reply = { error: 'timeout' };

/** What may come of the calls that a process waits for. */
export class CallSteps {
  constructor(private readonly model: Model) {}

  *of(world: World, owner: number): Generator<Step> {
    const { state } = this.model.processOf(world, owner);
    for (const { n, call } of this.model.processes.view(state).calls) {
      switch (call.kind) {
        case 'database':
          yield this.request(world, owner, { n, call });
          break;
        case 'transaction':
          yield* this.transaction(world, owner, n);
          break;
        case 'publish':
          yield* this.publish(world, owner, { n, call });
          break;
        case 'setAside':
          yield* this.setAside(world, owner, { n, call });
          break;
        case 'answer':
          // It was given at once: see `replied`.
          break;
      }
    }
  }

  private request(world: World, owner: number, { n, call: { request } }: Of<'database'>): Step {
    const { database, reply } = this.model.effects.request(request, world.database);
    const label = `${nameOf(owner)}: ${request.method} ${request.collection}`;
    const next = this.replied(label, world, owner, n, reply);
    if (database !== world.database) return this.model.write(label, next.world, database);
    return request.method === 'find' && !this.model.log.slowReads ? this.restOfLoad(next, owner) : next;
  }

  /** All that was to be read together, at the same moment. */
  private restOfLoad(step: Step, owner: number): Step {
    const { calls } = this.model.processes.view(this.model.processOf(step.world, owner).state);
    const find = calls.find(({ call }) => call.kind === 'database' && call.request.method === 'find');
    if (find?.call.kind !== 'database') return step;
    const { reply } = this.model.effects.request(find.call.request, step.world.database);
    return this.restOfLoad({ ...this.replied(step.label, step.world, owner, find.n, reply), label: `${nameOf(owner)}: loads` }, owner);
  }

  private *transaction(world: World, owner: number, n: number): Generator<Step> {
    const who = nameOf(owner);
    const { state } = this.model.processOf(world, owner);
    const { database, reply } = this.model.effects.transaction(state, n, world.database);
    const committed = 'ok' in reply;
    yield this.replied(committed ? `${who}: commits` : `${who}: ${failure(reply)}`, this.model.write('', world, database), owner, n, reply);
    const flight = this.model.flights.idOf({ kind: 'transaction', process: state, n });
    if (this.model.guards.commitsAreHeard === 'before the majority') {
      yield this.replied(`${who}: hears of a commit that has no majority yet`, withFlight(world, flight), owner, n, DONE);
    }
    if (world.troubles === 0) return;
    const troubled = trouble(world);
    yield this.replied(`${who}: does not hear that its commit failed`, troubled, owner, n, UNKNOWN);
    yield this.replied(`${who}: does not hear of its commit, which is on its way`, withFlight(troubled, flight), owner, n, UNKNOWN);
    if (!committed) return;
    yield this.replied(`${who}: commits, and does not hear of it`, this.model.write('', troubled, database), owner, n, UNKNOWN);
  }

  /** That the last record has arrived is heard at once: until the process does something else, hearing of it changes nothing. */
  private *publish(world: World, owner: number, { n, call: { records } }: Of<'publish'>): Generator<Step> {
    const who = nameOf(owner);
    const { landed } = this.model.processOf(world, owner);
    const [record = -1, ...rest] = records.slice(landed).map((one) => this.model.records.idOf(one));
    const heard = (at: Step) => this.replied(`${who}: publishes`, at, owner, n, DONE);
    const arrived = this.model.arrive(`${who}: publishes in part`, this.withLanded(world, owner, landed + 1), record);
    yield rest.length > 0 ? arrived : heard(arrived);
    if (world.troubles === 0) return;
    const troubled = trouble(world);
    yield this.replied(`${who}: can't publish`, troubled, owner, n, AWAY);
    const flight = this.model.flights.idOf({ kind: 'publish', records: [record, ...rest] });
    yield this.replied(`${who}: gives up publishing, and it is on its way`, withFlight(troubled, flight), owner, n, AWAY);
    const unheard = this.model.arrive('', trouble(this.withLanded(world, owner, landed + 1)), record);
    yield this.replied(`${who}: publishes, and does not hear of it`, unheard, owner, n, AWAY);
    if (landed > 0) yield { label: `${who}: begins to publish again`, world: this.withLanded(troubled, owner, 0) };
    else if (rest.length === 0)
      yield { ...unheard, label: `${who}: publishes, and publishes again`, world: this.withLanded(unheard.world, owner, 0) };
  }

  private *setAside(world: World, owner: number, { n, call: { origins } }: Of<'setAside'>): Generator<Step> {
    const who = nameOf(owner);
    const violation = origins.map((origin) => this.model.invariants.setAside(origin)).find((text) => text !== undefined);
    const kept = { ...world, setAside: [...new Set([...world.setAside, ...origins])].sort() };
    yield this.replied(`${who}: sets records aside`, { label: '', world: kept, violation }, owner, n, DONE);
    if (world.troubles === 0) return;
    yield this.replied(`${who}: sets records aside, and does not hear of it`, trouble(kept), owner, n, AWAY);
    yield this.replied(`${who}: can't set records aside`, trouble(world), owner, n, AWAY);
  }

  private withLanded(world: World, owner: number, landed: number): World {
    const { state } = this.model.processOf(world, owner);
    return { ...world, processes: replaced(world.processes, owner, { state, landed }) };
  }

  /**
   * The process goes on with this reply, and gives at once the answers that it owes: nobody waits for them, and the sooner they are
   * given, the less they may say.
   */
  private replied(label: string, at: World | Step, owner: number, n: number, reply: Reply): Step {
    const { world, violation } = 'world' in at ? at : { world: at, violation: undefined };
    if (violation !== undefined) return { label, world, violation };
    const before = this.model.processes.view(this.model.processOf(world, owner).state);
    const call = before.calls.find((pending) => pending.n === n)?.call;
    const landed = call?.kind === 'publish' ? 0 : this.model.processOf(world, owner).landed;
    const next = this.model.advance(world, owner, { kind: 'reply', n, reply, wave: waveOf(call) }, landed);
    const owed = this.model.processes.view(this.model.processOf(next, owner).state).calls.find(isAnswer);
    if (!owed) return { label, world: next };
    const documents = this.model.effects.states.read(next.database);
    const wrong = owed.call.answers.map((answer) => this.model.invariants.answered(answer, documents)).find((text) => text !== undefined);
    return this.replied(label, { label, world: next, violation: wrong }, owner, owed.n, DONE);
  }
}

function isAnswer(pending: PendingCall): pending is Of<'answer'> {
  return pending.call.kind === 'answer';
}

function nameOf(owner: number): string {
  return OWNERS[owner] ?? String(owner);
}

/** What a train loads, it loads at once; and what it has to say, it says at once. */
function waveOf(call: Call | undefined): 'load' | 'tell' | undefined {
  switch (call?.kind) {
    case 'publish':
    case 'answer':
      return 'tell';
    case 'database':
      if (call.request.method === 'find') return 'load';
      return call.request.collection === 'progress' ? undefined : 'tell';
    default:
      return undefined;
  }
}

function failure(reply: Reply): string {
  if ('ok' in reply) return 'commits';
  return reply.error === 'lost' ? 'finds that the progress was moved by somebody else' : 'finds that MongoDB refuses its writes';
}
