import { parseConversationId, type ConversationId, type UserId } from '#contracts';
import type { MessageKeyRepository } from '../store/message-key.repository.js';
import type { SeqRepository } from '../store/seq.repository.js';
import type { UserWindowRepository, WindowId } from '../store/user-window.repository.js';
import type { InboundRecord } from './command.js';
import type { Known, PartitionCache } from './partition-cache.js';
import { windowKey, type ConversationFacts, type KeyFacts, type TrainFacts, type WindowFacts } from './train-state.js';

type Caches = ReadonlyMap<number, PartitionCache>;

/** Gathers what a train's decisions need: from the partitions' caches, and the rest by one `$in` per collection. */
export class FactLoader {
  constructor(
    private readonly keys: MessageKeyRepository,
    private readonly seqs: SeqRepository,
    private readonly windows: UserWindowRepository,
  ) {}

  async load(records: readonly InboundRecord[], caches: Caches): Promise<TrainFacts> {
    const [keys, conversations, windows] = await Promise.all([
      this.keys.load([...new Set(records.map(({ keyId }) => keyId))]),
      this.loadConversations(records, caches),
      this.loadWindows(records, caches),
    ]);
    return new LoadedFacts(keys, conversations, windows);
  }

  private async loadConversations(
    records: readonly InboundRecord[],
    caches: Caches,
  ): Promise<Map<ConversationId, Known<ConversationFacts>>> {
    const wanted = new Map(records.map(({ command, partition }) => [command.body.conversationId, partition]));
    const { known, missing } = lookUp(wanted, (id, partition) => caches.get(partition)?.conversations.get(id));
    const loaded = await this.seqs.load(missing);
    for (const id of missing) {
      const facts = { facts: loaded.get(id) };
      known.set(id, facts);
      caches.get(wanted.get(id) ?? -1)?.conversations.set(id, facts);
    }
    return known;
  }

  private async loadWindows(records: readonly InboundRecord[], caches: Caches): Promise<Map<string, Known<WindowFacts>>> {
    const ids = new Map(records.flatMap(({ command, partition }) => windowsOf(command).map((id) => [keyOf(id), { id, partition }])));
    const { known, missing } = lookUp(ids, (key, { partition }) => caches.get(partition)?.windows.get(key));
    const loaded = await this.windows.load(missing.flatMap((key) => ids.get(key)?.id ?? []));
    for (const key of missing) {
      const facts = { facts: loaded.get(key) };
      known.set(key, facts);
      caches.get(ids.get(key)?.partition ?? -1)?.windows.set(key, facts);
    }
    return known;
  }
}

class LoadedFacts implements TrainFacts {
  constructor(
    private readonly keys: ReadonlyMap<string, KeyFacts>,
    private readonly conversations: ReadonlyMap<ConversationId, Known<ConversationFacts>>,
    private readonly windows: ReadonlyMap<string, Known<WindowFacts>>,
  ) {}

  key(keyId: string): KeyFacts | undefined {
    return this.keys.get(keyId);
  }

  conversation(id: ConversationId): ConversationFacts | undefined {
    return this.conversations.get(id)?.facts;
  }

  window(id: ConversationId, user: UserId): WindowFacts | undefined {
    return this.windows.get(windowKey(id, user))?.facts;
  }
}

/** The windows that a command's decision looks at: a group's sender, or whom a rule names. */
function windowsOf({ kind, body }: InboundRecord['command']): WindowId[] {
  const { conversationId } = body;
  if (kind === 'send') {
    return parseConversationId(conversationId)?.kind === 'group' ? [{ conversationId, userId: body.senderId }] : [];
  }
  return kind === 'dismiss' ? [] : body.userIds.map((userId) => ({ conversationId, userId }));
}

function keyOf({ conversationId, userId }: WindowId): string {
  return windowKey(conversationId, userId);
}

function lookUp<K, V, F>(wanted: ReadonlyMap<K, V>, cached: (key: K, value: V) => F | undefined): { known: Map<K, F>; missing: K[] } {
  const known = new Map<K, F>();
  const missing: K[] = [];
  for (const [key, value] of wanted) {
    const facts = cached(key, value);
    if (facts === undefined) missing.push(key);
    else known.set(key, facts);
  }
  return { known, missing };
}
