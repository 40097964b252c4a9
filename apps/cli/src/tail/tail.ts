import type { ConversationId, MessageView, PushData, Seq } from '#contracts';
import { newId } from '#kernel';
import { ApiError } from '../client/api-error.js';
import { ApiSocket } from '../client/api-socket.js';
import { HttpApi } from '../client/http-api.js';
import { mintToken } from '../client/mint-token.js';
import { patiently } from '../client/patiently.js';
import type { Target } from '../client/target.js';

export interface TailRequest {
  target: Target;
  conversationId: string;
  userId: string;
  /** Messages to begin with. */
  lines: number;
  say: (line: string) => void;
}

/** Follows until the member may read no more; what is missed while the connection is away is read after it. */
export async function tail(request: TailRequest): Promise<void> {
  const api = new HttpApi(request.target);
  const follower = new Follower(request);
  // A device of its own: a token for one that is in use would end its session.
  const deviceId = `tail-${newId()}`;
  try {
    for (;;) await patiently(async () => follower.follow((await mintToken(api, request.userId, deviceId)).accessToken));
  } finally {
    api.close();
  }
}

class Follower {
  private last = -1;
  private over: ApiError | undefined;
  private pulling: Promise<void> = Promise.resolve();

  constructor(private readonly request: TailRequest) {}

  /** One connection, to its end. */
  async follow(token: string): Promise<void> {
    const socket = await ApiSocket.open({
      url: this.request.target.url,
      key: token,
      onPush: (type, data) => this.take(type, data, socket),
    });
    try {
      await this.pull(socket);
      await socket.closed;
      if (this.over) throw this.over;
    } finally {
      socket.close();
    }
  }

  private take(type: string, data: unknown, socket: ApiSocket): void {
    const { conversationId, seq } = data as Partial<MessageView>;
    if (type !== 'resync' && conversationId !== this.request.conversationId) return;
    if (type === 'message' && seq === this.last + 1) this.show(data as MessageView);
    else if (type === 'message' || type === 'hint' || type === 'resync') this.pullLater(socket);
    else if (type === 'conversation.closed') this.end(data as PushData<'conversation.closed'>, socket);
  }

  private pullLater(socket: ApiSocket): void {
    // A lost connection is followed by another one, which pulls.
    this.pulling = this.pulling.then(() => this.pull(socket)).catch(() => socket.close());
  }

  /** What is behind the last one shown; at first, the latest. */
  private async pull(socket: ApiSocket): Promise<void> {
    const conversationId = this.request.conversationId as ConversationId;
    for (let complete = false; !complete;) {
      const page = this.last < 0 ? { limit: this.request.lines } : { afterSeq: this.last as Seq };
      const answer = await socket.ask('history', { conversationId, ...page });
      complete = this.last < 0 || answer.complete;
      for (const message of answer.items) this.show(message);
      this.last = Math.max(this.last, 0);
    }
  }

  private show({ seq, sentAt, senderId, senderNickname, content }: MessageView): void {
    if (seq <= this.last) return;
    this.last = seq;
    const text = (content as { text?: unknown } | null)?.text;
    const said = typeof text === 'string' ? text : JSON.stringify(content);
    this.request.say(`${seq} ${sentAt} ${senderNickname || senderId}: ${said}`);
  }

  private end({ conversationId, maxSeq }: PushData<'conversation.closed'>, socket: ApiSocket): void {
    this.over = new ApiError(403, 'not_a_member', `${this.request.userId} is out of ${conversationId} since seq ${maxSeq}`, false);
    socket.close();
  }
}
