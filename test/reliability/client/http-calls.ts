import type { Answer, Client } from '../history/history.js';
import type { Recorder } from '../history/recorder.js';
import { answerOf } from './answered.js';
import { requestOf, type Ask } from './asked.js';
import type { WireError } from './frame.js';
import type { HttpAnswer, HttpClient } from './http-client.js';
import { failed, SILENCE, type Outcome } from './outcome.js';

/** Requests of one device over HTTP, recorded. */
export class HttpCalls {
  constructor(
    private readonly client: Client,
    private readonly recorder: Recorder,
    private readonly http: HttpClient,
  ) {}

  async ask(url: string, token: string, ask: Ask): Promise<Outcome<Answer>> {
    const { operation } = ask;
    const call = this.recorder.call(this.client, operation);
    const outcome = await this.http.call(url, { ...requestOf(ask), token }).then(
      (answer) => outcomeOf(ask, answer),
      () => SILENCE,
    );
    this.recorder.returned(call, operation, outcome);
    return outcome;
  }
}

function outcomeOf({ operation }: Ask, { status, headers, body }: HttpAnswer): Outcome<Answer> {
  if (status >= 200 && status < 300) return { outcome: 'ok', answer: answerOf(operation, dataOf(operation.type, headers, body)) };
  return isProblem(body) ? failed(body) : { outcome: 'unknown', code: `http_${status}` };
}

/** On the socket `replayed` is a field, on HTTP a header. */
function dataOf(type: string, headers: HttpAnswer['headers'], body: unknown): unknown {
  return type === 'send' ? { ...(body as object), replayed: headers['idempotent-replayed'] === 'true' } : body;
}

function isProblem(body: unknown): body is WireError {
  return typeof body === 'object' && body !== null && 'code' in body && 'retryable' in body;
}
