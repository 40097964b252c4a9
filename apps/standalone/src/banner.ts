export interface BannerFacts {
  /** Where the gateway listens, as it says so. */
  url: string;
  opsHost: string;
  opsPort: number;
  adminKey: string;
  logFile: string;
}

/** What whoever typed `npm start` reads: where it is, and the first thing to try. */
export function banner({ url, opsHost, opsPort, adminKey, logFile }: BannerFacts): string {
  const host = typable(new URL(url));
  const base = `http://${host}`;
  const ops = `http://${typable(new URL(`http://${opsHost.includes(':') ? `[${opsHost}]` : opsHost}:${opsPort}`))}`;
  return `
Hecto is ready.

  API        ${base}/v1        docs ${base}/docs
  WebSocket  ws://${host}/v1/ws
  Health     ${ops}/health/ready        metrics ${ops}/metrics
  Admin key  ${adminKey}
  Log        ${logFile}

For npm run hecto and for your backend:

  export HECTO_ADMIN_KEY=${adminKey}

Try it: register two users, and send a message from one to the other; README.md goes on from there.

  curl -s ${base}/v1/users -H 'content-type: application/json' -d '{"userId":"alice","password":"correct horse","nickname":"alice"}'
  curl -s ${base}/v1/users -H 'content-type: application/json' -d '{"userId":"bob","password":"correct horse","nickname":"bob"}'
  curl -s ${base}/v1/messages -H 'authorization: Bearer ${adminKey}' -H 'content-type: application/json' \\
    -d '{"senderId":"alice","to":{"userId":"bob"},"clientMsgId":"first","type":"text","content":{"text":"Hello, Bob"}}'

Ctrl-C stops it; the data stays.
`;
}

/** Every address is none to type; this one works on this machine. */
function typable({ hostname, port, host }: URL): string {
  return ['0.0.0.0', '[::]'].includes(hostname) ? `127.0.0.1:${port}` : host;
}
