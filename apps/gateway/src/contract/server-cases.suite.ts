import { LIMITS } from '#contracts';
import type { RouteCase } from './route-case.suite.js';

export const SERVER_CASES: RouteCase[] = [
  {
    route: 'GET /v1/server',
    name: 'says what it is, to anyone',
    request: { method: 'GET', url: '/v1/server', as: 'nobody' },
    expected: { status: 200, body: expect.objectContaining({ apiVersions: ['v1'], limits: LIMITS }) },
  },
  {
    route: 'GET /v1/server',
    name: 'can only be read',
    request: { method: 'DELETE', url: '/v1/server', as: 'nobody' },
    expected: { error: 'method_not_allowed' },
  },
  {
    route: 'GET /health/live',
    name: 'is live',
    request: { method: 'GET', url: '/health/live', as: 'nobody' },
    expected: { status: 200, body: { status: 'live' } },
  },
  {
    route: 'GET /health/live',
    name: 'can only be read',
    request: { method: 'POST', url: '/health/live', as: 'nobody', body: {} },
    expected: { error: 'method_not_allowed' },
  },
  {
    route: 'GET /health/ready',
    name: 'is ready when the log answers',
    request: { method: 'GET', url: '/health/ready', as: 'nobody' },
    expected: { status: 200, body: { status: 'ready', dependencies: { log: { ok: true } } } },
  },
  {
    route: 'GET /health/ready',
    name: 'can only be read',
    request: { method: 'PUT', url: '/health/ready', as: 'nobody', body: {} },
    expected: { error: 'method_not_allowed' },
  },
];
