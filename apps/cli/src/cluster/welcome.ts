import { relative } from 'node:path';
import type { ServerAddresses } from '#testing';

export interface WelcomeFacts {
  urls: readonly string[];
  adminKey: string;
  logDir: string;
  addresses: ServerAddresses;
}

/** What a person needs who has just started the cluster. */
export function welcome({ urls, adminKey, logDir, addresses }: WelcomeFacts): string {
  const [first = ''] = urls;
  return `
Hecto is ready.

  ${urls.length === 1 ? 'Gateway ' : 'Gateways'}   ${urls.join('  ')}
  API pages  ${first}/docs
  Admin key  ${adminKey}
  Logs       ${relative('.', logDir)}
  MongoDB    ${addresses.mongoUrl}
  Kafka      ${addresses.kafkaBrokers}
  Redis      ${addresses.redisUrl}

Try it: register a user.

  curl -s ${first}/v1/users -H 'content-type: application/json' \\
    -d '{"userId": "alice", "password": "correct horse battery", "nickname": "Alice"}'

Ctrl-C stops all.`;
}
