export interface Sent {
  /** Places of people. */
  from: number;
  to: number;
  clientMsgId: string;
}

export interface SendAnswer {
  conversationId: string;
  seq: number;
  messageId: string;
  replayed: boolean;
}

/** What was sent, and what the server said of it. */
export class SentLedger {
  private readonly all = new Map<string, Sent>();
  private readonly answers = new Map<string, SendAnswer>();

  sent(send: Sent): void {
    this.all.set(send.clientMsgId, send);
  }

  answered(clientMsgId: string, answer: unknown): void {
    this.answers.set(clientMsgId, answer as SendAnswer);
  }

  get sends(): Sent[] {
    return [...this.all.values()];
  }

  knows(clientMsgId: string): boolean {
    return this.all.has(clientMsgId);
  }

  answerOf(clientMsgId: string): SendAnswer | undefined {
    return this.answers.get(clientMsgId);
  }

  get answeredIds(): IterableIterator<string> {
    return this.answers.keys();
  }
}
