import { ApiError } from '../../../../apps/cli/src/client/api-error.js';
import { HttpApi } from '../../../../apps/cli/src/client/http-api.js';
import { inPortions } from '../in-portions.js';
import type { Stage } from '../start-stage.js';
import type { Pairs } from './pairs.js';
import type { SentLedger } from './sent-ledger.js';

interface Stored {
  seq: number;
  messageId: string;
  clientMsgId: string;
}

const AT_ONCE = 8;
const MAX_SHOWN = 5;

/** Reads every conversation through the API: what was answered is there once, at its seq, without holes, and nothing that was never sent. */
export async function readBack({ target }: Stage, pairs: Pairs): Promise<{ stored: number; broken: string[] }> {
  const api = new HttpApi({ url: target.url, key: target.adminKey });
  const check = new ReadBack(pairs.ledger);
  try {
    await inPortions(pairs.conversations, AT_ONCE, async ({ conversationId, reader }) => {
      for await (const page of pagesOf(api, conversationId, reader)) check.take(conversationId, page);
    });
  } finally {
    api.close();
  }
  return { stored: check.stored, broken: check.broken() };
}

async function* pagesOf(api: HttpApi, conversationId: string, as: string): AsyncGenerator<Stored[]> {
  for (let after = 0; ;) {
    const path = `/v1/conversations/${encodeURIComponent(conversationId)}/messages?afterSeq=${after}`;
    const page = await api.call<{ items: Stored[] }>('GET', path, { as }).catch((error: unknown) => {
      // Of two who have not written yet.
      if (error instanceof ApiError && error.code === 'conversation_not_found') return { items: [] };
      throw error;
    });
    if (page.items.length === 0) return;
    after = page.items.at(-1)?.seq ?? 0;
    yield page.items;
  }
}

class ReadBack {
  private readonly found = new Map<string, Stored>();
  private readonly nextSeq = new Map<string, number>();
  private readonly wrong: string[] = [];

  constructor(private readonly ledger: SentLedger) {}

  get stored(): number {
    return this.found.size;
  }

  take(conversationId: string, page: readonly Stored[]): void {
    for (const message of page) {
      const { seq, clientMsgId } = message;
      const expected = this.nextSeq.get(conversationId) ?? 1;
      if (seq !== expected) this.wrong.push(`${conversationId} has seq ${seq} where ${expected} belongs`);
      if (this.found.has(clientMsgId)) this.wrong.push(`${clientMsgId} is stored twice`);
      if (!this.ledger.knows(clientMsgId)) this.wrong.push(`${clientMsgId} was never sent`);
      this.nextSeq.set(conversationId, seq + 1);
      this.found.set(clientMsgId, message);
    }
  }

  broken(): string[] {
    for (const clientMsgId of this.ledger.answeredIds) {
      const [said, is] = [this.ledger.answerOf(clientMsgId), this.found.get(clientMsgId)];
      if (!is) this.wrong.push(`${clientMsgId} was answered and is not stored`);
      else if (is.seq !== said?.seq || is.messageId !== said.messageId) this.wrong.push(`${clientMsgId} is not stored as answered`);
    }
    const more = this.wrong.length - MAX_SHOWN;
    return more > 0 ? [...this.wrong.slice(0, MAX_SHOWN), `and ${more} more of messages`] : this.wrong;
  }
}
