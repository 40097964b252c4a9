import type { CallLine, HistoryLine, PushLine, ReturnLine } from '../../history/history.js';
import type { Counts } from '../report.js';
import { learnFromAnswer, learnFromPush } from './learn.js';
import type { Call, Listener, Run } from './run.js';
import { conversationOf } from './target.js';
import type { Device } from './devices.js';

interface Pending {
  line: number;
  device: Device;
  asked: CallLine;
  attempt: ReturnType<typeof beginSend>;
}

/** Reads the history into the index, and tells the rules of what it says. */
export class HistoryReader {
  private readonly pending = new Map<number, Pending>();

  constructor(
    private readonly run: Run,
    private readonly listeners: readonly Listener[],
    private readonly counts: Counts,
  ) {}

  read(number: number, line: HistoryLine): void {
    this.counts.lines = number;
    this.run.endedAt = Math.max(this.run.endedAt, line.at);
    switch (line.kind) {
      case 'call': {
        this.called(number, line);
        return;
      }
      case 'return': {
        this.returned(number, line);
        return;
      }
      case 'push': {
        this.pushed(number, line);
        return;
      }
      case 'socket':
        if (line.event === 'closed') {
          this.run.devices.close(line.client, number);
          return;
        }
        this.counts.connections += 1;
        {
          this.run.devices.open(line.client, number);
          return;
        }
      case 'mark':
        if (line.what.startsWith('quiet')) this.run.quiet.push(number);
        if (line.what === 'restored') this.run.restoredAt = number;
        return;
    }
  }

  end(): void {
    for (const pending of this.pending.values()) this.finish(pending, Infinity, { outcome: 'unknown' });
    for (const line of this.run.quiet) this.run.groups.settle(line);
    this.link();
    for (const listener of this.listeners) listener.end?.();
  }

  private called(line: number, asked: CallLine): void {
    this.counts.calls += 1;
    const device = this.run.devices.of(asked.client);
    this.pending.set(asked.call, { line, device, asked, attempt: beginSend(this.run, device, asked, line) });
    if (asked.operation.type === 'send') this.counts.sends += 1;
  }

  private returned(line: number, result: ReturnLine): void {
    const pending = this.pending.get(result.call);
    if (!pending) throw new Error(`line ${line} is the return of call ${result.call}, which was never made`);
    this.pending.delete(result.call);
    this.finish(pending, line, result);
  }

  private finish({ line, device, asked, attempt }: Pending, end: number, result: Pick<ReturnLine, 'outcome' | 'code' | 'answer'>): void {
    const { outcome, code, answer } = result;
    const call: Call = { line, end, device, asked, outcome, code, answer };
    this.count(call);
    if (attempt) Object.assign(attempt, { end, outcome, code, ...(answer?.type === 'send' && { answer }) });
    if (outcome !== 'refused') {
      const certain = outcome === 'ok';
      this.run.groups.record(asked.operation, device.userId, { line, end: certain ? end : Infinity, certain });
    }
    for (const listener of this.listeners) listener.call?.(call);
    learnFromAnswer(this.run, call);
  }

  private pushed(line: number, push: PushLine): void {
    if (push.push.type === 'message') this.counts.deliveries += 1;
    for (const listener of this.listeners) listener.push?.(line, push);
    learnFromPush(this.run, line, push);
  }

  private count({ asked, outcome }: Call): void {
    if (outcome === 'unknown') this.counts.unknown += 1;
    else if (outcome === 'refused') this.counts.refused += 1;
    else this.counts.answered += 1;
    if (outcome === 'ok' && ['history', 'sync', 'list', 'read'].includes(asked.operation.type)) this.counts.reads += 1;
  }

  /** Which send each stored message came from. */
  private link(): void {
    for (const log of this.run.logs.all) {
      for (const message of log.messages) {
        if (!message) continue;
        const sent = this.run.sends.find(log, message.senderId, message.clientMsgId);
        message.sentAs = sent;
        if (sent) sent.stored ??= message;
      }
    }
  }
}

function beginSend(run: Run, device: Device, { operation, at }: CallLine, line: number) {
  if (operation.type !== 'send') return undefined;
  const log = run.logs.of(conversationOf(operation.to, device.userId));
  const connection = operation.over === 'socket' ? device.connection : undefined;
  const attempt = { line, at, end: Infinity, device, connection, digest: operation.digest, outcome: 'unknown' as const };
  run.sends.of(log, device.userId, operation.clientMsgId).attempts.push(attempt);
  return attempt;
}
