import type WebSocket from 'ws';
import { HttpApi } from '../../../../apps/cli/src/client/http-api.js';
import { openLoop } from '../../../../bench/src/open-loop.js';
import { inPortions } from '../in-portions.js';
import type { Stage } from '../start-stage.js';
import type { Crowd } from './crowd.js';
import { openSocket, sayConnect } from './hostile-socket.js';

const AT_ONCE = 20;
const GROUP_SIZE = 100;
/** Of each group: 32 KB a second for each of its members. */
const MESSAGES_A_SECOND = 2;
const CONTENT = { text: 'x'.repeat(16 * 1024) };

/** Members of busy groups, connected, who never read: what is pushed to them piles up. */
export class SilentReaders implements Crowd {
  readonly name: string;
  readonly broken: string[] = [];
  private readonly sockets: WebSocket[] = [];
  private groups: { groupId: string; owner: string }[] = [];
  private api: HttpApi | undefined;
  private sent = 0;

  constructor(private readonly count: number) {
    this.name = `${count} that never read`;
  }

  async gather({ target, backend, urls }: Stage): Promise<void> {
    const api = (this.api = new HttpApi({ url: target.url, key: target.adminKey }));
    const names = Array.from({ length: this.count }, (_, at) => `deaf-${at}`);
    await backend.createUsers(names);
    for (let at = 0; at < names.length; at += GROUP_SIZE) {
      const [owner = '', ...memberIds] = names.slice(at, at + GROUP_SIZE);
      const group = await api.call<{ groupId: string }>('POST', '/v1/groups', { as: owner, body: { name: 'busy', memberIds } });
      this.groups.push({ groupId: group.groupId, owner });
    }
    await inPortions(names, AT_ONCE, async (userId, at) => {
      const { token } = await backend.mintToken(userId, 'phone');
      const socket = await openSocket(urls[at % urls.length] ?? '');
      if (!socket || (await sayConnect(socket, token))?.type !== 'ok') throw new Error(`${userId} could not connect`);
      socket.pause();
      this.sockets.push(socket);
    });
  }

  async act(seconds: number): Promise<void> {
    const sends: Promise<void>[] = [];
    await openLoop(this.groups.length * MESSAGES_A_SECOND, seconds, (_, n) => sends.push(this.send(n)));
    await Promise.all(sends);
  }

  leave(): string {
    for (const socket of this.sockets) socket.terminate();
    this.api?.close();
    return `${this.sent} messages of ${CONTENT.text.length / 1024} KB to groups of ${Math.min(GROUP_SIZE, this.count)} of them`;
  }

  private async send(n: number): Promise<void> {
    const { groupId, owner } = this.groups[n % this.groups.length] ?? { groupId: '', owner: '' };
    const body = { senderId: owner, to: { groupId }, clientMsgId: `busy-${n}`, type: 'text', content: CONTENT };
    try {
      await this.api?.call('POST', '/v1/messages', { as: owner, body });
      this.sent += 1;
    } catch (error) {
      this.broken.push(`a message to a group whose members don't read was not answered: ${String(error)}`);
    }
  }
}
