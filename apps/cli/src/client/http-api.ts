import { Agent, request as requestHttp, type IncomingMessage } from 'node:http';
import { Agent as SecureAgent, request as requestHttps } from 'node:https';
import { text } from 'node:stream/consumers';
import { apiErrorOf, ConnectionError } from './api-error.js';

export interface HttpApiOptions {
  /** For example http://127.0.0.1:8080. */
  url: string;
  /** An admin key (hk_…) or an access token. */
  key: string;
  /** How long one call may take (ms, default 20,000): longer than the server's own deadlines. */
  timeoutMs?: number;
}

export interface Call {
  /** With an admin key: which user it is for. */
  as?: string;
  body?: object;
}

const DEFAULT_TIMEOUT_MS = 20_000;
const MAX_SOCKETS = 64;

/** The public HTTP API, over a few connections that are kept. Rejects with an ApiError or a ConnectionError. */
export class HttpApi {
  private readonly agent: Agent;
  private readonly request: typeof requestHttp;

  constructor(private readonly options: HttpApiOptions) {
    const secure = new URL(options.url).protocol === 'https:';
    // Node's own fetch costs twice the CPU a call, and an import makes a hundred thousand.
    this.agent = new (secure ? SecureAgent : Agent)({ keepAlive: true, maxSockets: MAX_SOCKETS });
    this.request = secure ? requestHttps : requestHttp;
  }

  async call<Answer>(method: string, path: string, { as, body }: Call = {}): Promise<Answer> {
    const payload = body === undefined ? undefined : JSON.stringify(body);
    const headers = {
      authorization: `Bearer ${this.options.key}`,
      ...(as !== undefined && { 'hecto-user': as }),
      ...(payload !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) }),
    };
    const response = await this.send(method, path, headers, payload);
    const said = await text(response).catch((cause: unknown) => Promise.reject(new ConnectionError(`${method} ${path}: ${String(cause)}`)));
    const status = response.statusCode ?? 0;
    const parsed = said === '' ? undefined : parseJson(said);
    if (status < 200 || status >= 300) throw apiErrorOf(status, parsed as object | undefined);
    return parsed as Answer;
  }

  close(): void {
    this.agent.destroy();
  }

  private send(
    method: string,
    path: string,
    headers: Record<string, string | number>,
    payload: string | undefined,
  ): Promise<IncomingMessage> {
    const timeout = this.options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    return new Promise((resolve, reject) => {
      const fail = (why: string) => reject(new ConnectionError(`${method} ${this.options.url}${path}: ${why}`));
      const request = this.request(`${this.options.url}${path}`, { method, headers, agent: this.agent, timeout }, resolve);
      request.once('timeout', () => request.destroy(new Error(`no answer within ${timeout / 1000} s`)));
      request.once('error', (error) => fail(error.message));
      request.end(payload);
    });
  }
}

function parseJson(said: string): unknown {
  try {
    return JSON.parse(said);
  } catch {
    return undefined;
  }
}
