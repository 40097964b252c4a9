import type { Bus, Outgoing } from '#bus';
import { problem, type Question } from '#contracts';

type Reply = object | ((payload: never) => unknown);

export interface Asked {
  name: string;
  key: string;
  payload: object;
}

/** A bus whose other side is what the test says; it remembers what it was asked. */
export class FakeBus implements Bus {
  readonly asked: Asked[] = [];
  readonly commands: { topic: string; command: Outgoing }[] = [];
  private replies: Record<string, Reply> = {};

  /** What a question of this name, or a command of this type, is answered. A function gets the payload, and may throw. */
  answers(replies: Record<string, Reply>): void {
    this.replies = { ...this.replies, ...replies };
  }

  reset(): void {
    this.replies = {};
    this.asked.length = 0;
    this.commands.length = 0;
  }

  async ask<Ask extends object, R>(question: Question<Ask, R>, key: string, payload: Ask): Promise<R> {
    this.asked.push({ name: question.name, key, payload });
    return (await this.replyTo(question.name, payload)) as R;
  }

  async command<R>(topic: string, command: Outgoing): Promise<R> {
    this.commands.push({ topic, command });
    return (await this.replyTo(command.type, command.payload)) as R;
  }

  publish(): Promise<never> {
    return Promise.reject(new Error('the gateway publishes nothing'));
  }

  answer(): Promise<void> {
    return Promise.resolve();
  }

  private async replyTo(name: string, payload: object): Promise<unknown> {
    const reply = this.replies[name];
    if (reply === undefined) throw problem('unavailable', `nobody answers ${name}`);
    return typeof reply === 'function' ? await (reply(payload as never) as Promise<unknown>) : reply;
  }
}
