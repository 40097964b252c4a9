import { setTimeout as sleep } from 'node:timers/promises';
import type { AppError } from '#kernel';
import type { Bus, Outgoing, Position } from '#bus';
import { problem } from '#contracts';

export interface Recorded {
  topic: string;
  key: string;
  id: string;
  payload: unknown;
}

/** What an append does: lands and is answered; lands but nobody hears of it; never lands; is refused for good. */
export type Fate = 'lands' | 'lands unheard' | 'is lost' | AppError;

/** A Bus for tests that keeps every record in the order of the appends; `fate` decides over each append. */
export class RecordingBus implements Bus {
  readonly records: Recorded[] = [];
  appends = 0;
  fate: (records: readonly Outgoing[]) => Fate = () => 'lands';

  async publish(topic: string, records: readonly Outgoing[]): Promise<Position[]> {
    await this.append(topic, records);
    return records.map((_, offset) => ({ partition: 0, offset }));
  }

  async command<Reply>(topic: string, command: Outgoing): Promise<Reply> {
    await this.append(topic, [command]);
    return {} as Reply;
  }

  ask(): Promise<never> {
    return Promise.reject(new Error('no questions here'));
  }

  answer(): Promise<void> {
    return Promise.resolve();
  }

  private async append(topic: string, records: readonly Outgoing[]): Promise<void> {
    this.appends += 1;
    const fate = this.fate(records);
    if (fate === 'lands' || fate === 'lands unheard') this.records.push(...records.map((record) => recorded(topic, record)));
    await sleep(Math.random() * 3);
    if (fate === 'lands') return;
    throw typeof fate === 'string' ? problem('unavailable', 'the log is away') : fate;
  }
}

function recorded(topic: string, { key, id, payload }: Outgoing): Recorded {
  return { topic, key, id: id ?? '', payload: JSON.parse(textOf(payload)) };
}

/** The payload of an outbox entry as it is appended: JSON text in a Buffer. */
export function textOf(payload: object): string {
  return Buffer.isBuffer(payload) ? payload.toString() : JSON.stringify(payload);
}
