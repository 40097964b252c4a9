import { ReadConcern, type Db, type MongoClient, type Timestamp } from 'mongodb';
import { problem } from '#contracts';
import { schemaCollection } from './schema-collection.js';

/** How long a primary is given to find that the others still follow it (ms). */
const CONFIRM_WITHIN_MS = 3000;

/** Majority reads that wait until what the last barrier saw is there. Every command takes it as it is when it is sent. */
class BarrierReadConcern extends ReadConcern {
  declare afterClusterTime?: Timestamp;

  constructor() {
    super('majority');
  }

  raise(to: Timestamp | undefined): void {
    if (to && (!this.afterClusterTime || to.greaterThan(this.afterClusterTime))) this.afterClusterTime = to;
  }
}

/**
 * What makes reads see everything that was answered before them, also while MongoDB changes its primary. A majority read alone may be
 * old then: a primary that was replaced does not know it yet, and a new one does not know yet what is committed. As in Raft's
 * ReadIndex, a primary first confirms that the others follow it (one linearizable read), and reads name the time of that.
 */
export class ReadBarrier {
  /** For every read that shall stand behind the barriers that were passed. */
  readonly readConcern: ReadConcern;
  private readonly floor = new BarrierReadConcern();
  /** The round that is on its way: it may have begun before what a new caller must see. */
  private running: Promise<void> = Promise.resolve();
  /** The round after it, for all who came meanwhile. */
  private next: Promise<void> | undefined;
  private needed = true;

  constructor(
    private readonly client: MongoClient,
    private readonly db: Db,
  ) {
    this.readConcern = this.floor;
    // One member alone is its own majority. Behind mongos there is no one primary to confirm.
    client.on('topologyDescriptionChanged', ({ newDescription: { type, servers } }) => {
      this.needed = type !== 'Sharded' && servers.size > 1;
    });
  }

  /** Resolves when reads see what was committed before this call; rejects with `unavailable` when no primary could say so. */
  pass(): Promise<void> {
    if (!this.needed) return Promise.resolve();
    this.next ??= this.running.then(() => this.begin());
    return this.next;
  }

  private begin(): Promise<void> {
    this.next = undefined;
    const round = this.confirm();
    this.running = round.catch(() => undefined);
    return round;
  }

  private async confirm(): Promise<void> {
    try {
      await this.client.withSession({ causalConsistency: true }, async (session) => {
        const options = { session, readConcern: { level: 'linearizable' }, maxTimeMS: CONFIRM_WITHIN_MS } as const;
        // Whether there is such a document does not matter.
        await schemaCollection(this.db).findOne({ _id: 'read-barrier' }, options);
        this.floor.raise(session.operationTime);
      });
    } catch (error) {
      throw problem('unavailable', 'MongoDB did not confirm its primary', { cause: error });
    }
  }
}
