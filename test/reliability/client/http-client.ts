import { Agent, request } from 'node:http';

export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  token: string;
  body?: object;
}

export interface HttpAnswer {
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** JSON, or the text when it is none. */
  body: unknown;
}

const WITHIN_MS = 15_000;

/** HTTP over kept connections, at a third of what `fetch` costs: the clients share their cores with the cluster that they try. */
export class HttpClient {
  private readonly agent = new Agent({ keepAlive: true });

  /** Rejects when there is no answer. */
  call(url: string, { method, path, token, body }: HttpRequest): Promise<HttpAnswer> {
    const text = body === undefined ? '' : JSON.stringify(body);
    const headers = {
      authorization: `Bearer ${token}`,
      ...(body !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
    };
    return new Promise((resolve, reject) => {
      const asked = request(`${url}${path}`, { method, headers, agent: this.agent, signal: AbortSignal.timeout(WITHIN_MS) }, (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('error', reject);
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: parsed(Buffer.concat(parts).toString()) }),
        );
      });
      asked.on('error', reject);
      asked.end(text);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
