import type { FastifyInstance } from 'fastify';

interface KnownRoute {
  method: string;
  pattern: RegExp;
}

/** Which routes there are, to tell a wrong method from a wrong path. */
export class KnownRoutes {
  private readonly routes: KnownRoute[] = [];

  watch(server: FastifyInstance): void {
    server.addHook('onRoute', ({ method, url }) => {
      // Of the answers to CORS preflights, which are for any path.
      if (url === '*') return;
      for (const one of [method].flat()) this.routes.push({ method: one, pattern: patternOf(url) });
    });
  }

  /** The methods that this path has. */
  methodsOf(url: string): string[] {
    const path = url.split('?', 1)[0] ?? '';
    return [...new Set(this.routes.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method))];
  }
}

/** Of find-my-way's syntax what our routes use: `:name` for a segment, `::` for a colon. */
function patternOf(url: string): RegExp {
  const source = url
    .split(/(::|:[A-Za-z]+|\*)/)
    .map((part) => {
      if (part === '::') return ':';
      if (part === '*') return '.*';
      return part.startsWith(':') ? '[^/]+' : part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&');
    })
    .join('');
  return new RegExp(`^${source}$`);
}
