import { canonical } from '../canonical.js';
import { Interner } from '../interner.js';
import type { DocumentStore } from '../mongo/document-store.js';
import { Machine, type MachineLog } from './machine.js';
import type { MessageWiring } from './message-wiring.js';
import { FRESH, type ProcessInput, type ProcessState, type ProcessView } from './process-state.js';

/**
 * Every state that a process has been in, by number. A process that runs can't be copied, so each state is kept as what led to it from
 * the last rest, and a step builds a new process and lets the same happen to it again: what it does is a function of its inputs.
 */
export class ProcessStates {
  private readonly states = new Interner<ProcessState>(canonical);
  private readonly views = new Map<number, ProcessView>();
  readonly fresh: number;

  constructor(
    private readonly wiring: MessageWiring,
    private readonly log: MachineLog,
  ) {
    this.fresh = this.states.idOf(FRESH);
    this.views.set(this.fresh, new Machine(FRESH.rest, wiring, log).view());
  }

  view(id: number): ProcessView {
    const view = this.views.get(id);
    if (!view) throw new Error(`process state ${id} was never looked at`);
    return view;
  }

  get size(): number {
    return this.states.size;
  }

  /** The state after one more thing has happened. */
  async step(id: number, input: ProcessInput): Promise<number> {
    const { rest, script } = this.states.get(id);
    const ordered = inOrder(script, input);
    const machine = await this.run({ rest, script: ordered });
    const settled = machine.rest();
    const next = this.states.idOf(settled ? { rest: settled, script: [] } : { rest, script: ordered });
    // At rest its calls are counted anew.
    if (!this.views.has(next)) this.views.set(next, machine.view());
    return next;
  }

  /** What the work of a waiting transaction does to these documents, or what it rejects with. */
  async work(id: number, n: number, documents: DocumentStore): Promise<{ error: unknown } | undefined> {
    const machine = await this.run(this.states.get(id));
    try {
      await machine.work(n, documents);
      return undefined;
    } catch (error) {
      return { error };
    }
  }

  private async run({ rest, script }: ProcessState): Promise<Machine> {
    const machine = new Machine(rest, this.wiring, this.log);
    for (const input of script) {
      machine.take(input);
      await quiet();
    }
    return machine;
  }
}

/** Replies of one wave may have come in any order: the order of the calls stands for all. */
function inOrder(script: readonly ProcessInput[], input: ProcessInput): ProcessInput[] {
  let at = script.length;
  for (; input.kind === 'reply' && input.wave && at > 0; at -= 1) {
    const before = script[at - 1];
    if (before?.kind !== 'reply' || before.wave !== input.wave || before.n < input.n) break;
  }
  return [...script.slice(0, at), input, ...script.slice(at)];
}

/** Until everything that can go on has gone on. */
function quiet(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
