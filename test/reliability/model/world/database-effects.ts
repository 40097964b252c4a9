import { canonical } from '../canonical.js';
import { Interner } from '../interner.js';
import { Memo } from '../memo.js';
import { DatabaseStates } from '../mongo/database-states.js';
import type { DatabaseRequest } from '../mongo/document-store.js';
import { ProgressLost } from '../../../../apps/message/src/train/progress-lost.js';
import type { Reply } from '../process/calls.js';
import type { ProcessStates } from '../process/process-states.js';

export interface Effect {
  database: number;
  reply: Reply;
}

/** What calls do to MongoDB, by the state they find it in. */
export class DatabaseEffects {
  readonly states = new DatabaseStates();
  private readonly requests = new Interner<DatabaseRequest>(canonical);
  private readonly ofRequests = new Map<string, Effect>();
  private readonly transactions = new Memo<Effect>();

  constructor(private readonly processes: ProcessStates) {}

  request(request: DatabaseRequest, database: number): Effect {
    const key = `${database} ${this.requests.idOf(request)}`;
    let effect = this.ofRequests.get(key);
    if (!effect) {
      const store = this.states.open(database);
      const reply = structuredClone(store.execute(request));
      effect = { database: this.states.keep(store), reply: { ok: reply } };
      this.ofRequests.set(key, effect);
    }
    return effect;
  }

  /** All of a transaction that this process is waiting for, at one moment; nothing of it, when it fails. */
  transaction(process: number, n: number, database: number): Effect {
    return this.transactions.get(`${process} ${n} ${database}`, async () => {
      const store = this.states.open(database);
      const failed = await this.processes.work(process, n, store);
      return failed ? { database, reply: replyOf(failed.error) } : { database: this.states.keep(store), reply: { ok: null } };
    });
  }
}

function replyOf(error: unknown): Reply {
  if (error instanceof ProgressLost) return { error: 'lost' };
  return { error: 'fault', message: error instanceof Error ? error.message : String(error) };
}
