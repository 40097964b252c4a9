import type { PushLine } from '../../history/history.js';
import type { Call, Run } from './run.js';

/**
 * From here on the message is known to be stored. What the servers don't hold is left out: it is a finding of its own, and would
 * make everything that follows look wrong.
 */
function learn(run: Run, line: number, conversationId: string, seq: number): void {
  const log = run.logs.of(conversationId);
  if (seq <= log.maxSeq) log.known.learn(line, seq);
}

export function learnFromAnswer(run: Run, { end, answer, asked, device }: Call): void {
  switch (answer?.type) {
    case 'send': {
      learn(run, end, answer.conversationId, answer.seq);
      return;
    }
    case 'history':
      if (asked.operation.type === 'history') learn(run, end, asked.operation.conversationId, answer.maxSeq);
      return;
    case 'sync':
      for (const { conversationId, maxSeq } of answer.moved) learn(run, end, conversationId, maxSeq);
      if (answer.complete) device.synced = end;
      return;
    case 'list':
      for (const { conversationId, maxSeq } of answer.items) learn(run, end, conversationId, maxSeq);
      return;
    default:
      return;
  }
}

export function learnFromPush(run: Run, line: number, { client, push }: PushLine): void {
  const { connection } = run.devices.of(client);
  if (push.type === 'resync') {
    run.resyncs.set(connection.number, line);
    return;
  }
  const log = run.logs.of(push.conversationId);
  const seq = push.type === 'message' ? push.seq : push.maxSeq;
  if (seq <= log.maxSeq) log.known.learn(line, seq);
  if (push.type === 'message' || push.type === 'hint') run.pushes.add({ line, connection, log, seq, hint: push.type === 'hint' });
}
