import { readFileSync } from 'node:fs';
import { WebSocket } from 'ws';
import { deferred, type Deferred } from '#kernel';

/** For the environment of a process: opens its inspector, which says in its log where. */
export const WITH_INSPECTOR = { NODE_OPTIONS: '--inspect=127.0.0.1:0' };

const ADDRESS = /^Debugger listening on (ws:\S+)$/gmu;

interface HeapUsage {
  usedSize: number;
  /** Of buffers, outside the heap. */
  backingStorageSize?: number;
}

interface Reply {
  id?: number;
  result?: unknown;
  error?: { message: string };
}

/** Bytes of the heap that are in use when everything was collected that nobody holds. */
export async function heapAfterCollection(logFile: string): Promise<number> {
  const inspector = await Inspector.open(addressIn(logFile));
  try {
    await inspector.ask('HeapProfiler.collectGarbage');
    const { usedSize, backingStorageSize = 0 } = (await inspector.ask('Runtime.getHeapUsage')) as HeapUsage;
    return usedSize + backingStorageSize;
  } finally {
    inspector.close();
  }
}

function addressIn(logFile: string): string {
  const address = [...readFileSync(logFile, 'utf8').matchAll(ADDRESS)].at(-1)?.[1];
  if (address === undefined) throw new Error(`${logFile} does not say where the inspector listens`);
  return address;
}

class Inspector {
  private readonly waiting = new Map<number, Deferred<unknown>>();
  private lastId = 0;

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => this.take(JSON.parse(data.toString()) as Reply));
    socket.on('close', () => this.end());
  }

  static async open(address: string): Promise<Inspector> {
    const socket = new WebSocket(address, { perMessageDeflate: false });
    const opened = deferred();
    socket.once('open', () => opened.resolve());
    socket.once('error', (error) => opened.reject(error));
    await opened.promise;
    return new Inspector(socket);
  }

  ask(method: string): Promise<unknown> {
    const id = ++this.lastId;
    const answer = deferred<unknown>();
    this.waiting.set(id, answer);
    this.socket.send(JSON.stringify({ id, method }));
    return answer.promise;
  }

  close(): void {
    this.socket.close();
  }

  private take({ id, result, error }: Reply): void {
    const answer = id === undefined ? undefined : this.waiting.get(id);
    if (error) answer?.reject(new Error(error.message));
    else answer?.resolve(result);
  }

  private end(): void {
    for (const answer of this.waiting.values()) answer.reject(new Error('the inspector has hung up'));
  }
}
