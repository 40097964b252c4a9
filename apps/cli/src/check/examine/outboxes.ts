import type { Database } from '#storage';
import { CONVERSATION_OUTBOX } from '../../../../conversation/src/settings/settings.collections.js';
import { GROUP_OUTBOX } from '../../../../group/src/store/group.collections.js';
import { USER_OUTBOX } from '../../../../user/src/store/user.collections.js';
import type { Waiting } from '../rules/outbox-rules.js';
import { checkOutbox } from '../rules/outbox-rules.js';
import type { Examination } from './examination.js';

const OUTBOXES = [GROUP_OUTBOX, CONVERSATION_OUTBOX, USER_OUTBOX];
const OLDEST = 1000;

/** The outboxes, each looked at now and once more after the other checks. */
export class Outboxes {
  private constructor(
    private readonly examination: Examination,
    private readonly first: ReadonlyMap<string, Waiting[]>,
  ) {}

  static async look(examination: Examination): Promise<Outboxes> {
    return new Outboxes(examination, await waiting(examination.database));
  }

  async lookAgain(): Promise<void> {
    await this.examination.page(async () => {
      const now = await waiting(this.examination.database);
      return { findings: [...now].flatMap(([name, entries]) => checkOutbox(name, this.first.get(name) ?? [], entries, Date.now())) };
    });
    for (const entries of (await waiting(this.examination.database)).values()) this.examination.count('outboxEntries', entries.length);
  }
}

/** The first of each outbox: it is nearly always empty, and where it is not, the first say why. */
async function waiting(database: Database): Promise<Map<string, Waiting[]>> {
  const found = new Map<string, Waiting[]>();
  for (const spec of OUTBOXES) {
    const fields = { entity: 1, type: 1, created_at: 1 };
    found.set(spec.name, await database.collection(spec).find({}).project<Waiting>(fields).sort({ _id: 1 }).limit(OLDEST).toArray());
  }
  return found;
}
