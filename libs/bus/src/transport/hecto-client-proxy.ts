import { ClientProxy, type ReadPacket, type WritePacket } from '@nestjs/microservices';
import type { Question } from '#contracts';
import type { Bus } from '../client/bus.js';

/** What a `ClientProxy.send` carries beside its pattern. */
export interface Keyed {
  key: string;
  payload: object;
}

/**
 * Nest's own client interface over the Bus: `client.send(GROUP_QUESTIONS.get, { key, payload })`, and
 * `client.emit({ topic, type }, { key, payload })`. Services inject the Bus itself, whose types say more.
 */
export class HectoClientProxy extends ClientProxy {
  constructor(private readonly bus: Bus) {
    super();
  }

  override connect(): Promise<Bus> {
    return Promise.resolve(this.bus);
  }

  /** The Bus outlives it. */
  override close(): void {}

  override unwrap<T>(): T {
    return this.bus as T;
  }

  protected override publish(packet: ReadPacket, callback: (packet: WritePacket) => void): () => void {
    const { key, payload } = packet.data as Keyed;
    this.bus.ask(packet.pattern as Question<object, unknown>, key, payload).then(
      (response) => callback({ response, isDisposed: true }),
      (err: unknown) => callback({ err }),
    );
    return () => undefined;
  }

  protected override async dispatchEvent<T = unknown>(packet: ReadPacket): Promise<T> {
    const { topic, type } = packet.pattern as { topic: string; type: string };
    return (await this.bus.publish(topic, [{ type, ...(packet.data as Keyed) }])) as T;
  }
}
