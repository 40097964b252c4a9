import type { ErrorCode } from '#contracts';

export interface Request {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: string;
  /** Whose credentials go along: alice's token by default. */
  as?: 'alice' | 'backend' | 'backend for alice' | 'nobody';
  body?: unknown;
  headers?: Record<string, string>;
}

/** One answer that a route must give. */
export interface RouteCase {
  /** As in the OpenAPI document: `POST /v1/users`. */
  route: string;
  name: string;
  request: Request;
  /** What the services behind the gateway answer in this case. */
  bus?: Record<string, object | ((payload: never) => unknown)>;
  expected: { status: number; body?: unknown; headers?: Record<string, unknown> } | { error: ErrorCode; pointer?: string };
  /** What the gateway must have asked. */
  asks?: { name: string; key?: string; payload: object };
}
