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

For npm run hecto and for your backend:

  export HECTO_ADMIN_KEY=${adminKey}

Try it: register two users; README.md goes on from there.

  curl -s ${first}/v1/users -H 'content-type: application/json' -d '{"userId":"alice","password":"correct horse","nickname":"alice"}'
  curl -s ${first}/v1/users -H 'content-type: application/json' -d '{"userId":"bob","password":"correct horse","nickname":"bob"}'

Ctrl-C stops all.`;
}
