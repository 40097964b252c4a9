/** What a test looks at of an answer. Bodies are what the public API says, so they are not typed by the code under test. */
export interface Answer {
  status: number;
  headers: Headers;
  body: any;
}

/** An HTTP client of the public API, with one caller's credentials. */
export class Api {
  constructor(
    readonly url: string,
    private readonly token?: string,
    private readonly actAs?: string,
  ) {}

  as(userId: string): Api {
    return new Api(this.url, this.token, userId);
  }

  get(path: string): Promise<Answer> {
    return this.call('GET', path);
  }

  post(path: string, body?: unknown): Promise<Answer> {
    return this.call('POST', path, body);
  }

  put(path: string, body?: unknown): Promise<Answer> {
    return this.call('PUT', path, body);
  }

  patch(path: string, body?: unknown): Promise<Answer> {
    return this.call('PATCH', path, body);
  }

  delete(path: string): Promise<Answer> {
    return this.call('DELETE', path);
  }

  /** A string body goes as it is. */
  async call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        ...(this.token !== undefined && { authorization: `Bearer ${this.token}` }),
        ...(this.actAs !== undefined && { 'hecto-user': this.actAs }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const json: unknown = text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text;
    return { status: response.status, headers: response.headers, body: json };
  }
}
