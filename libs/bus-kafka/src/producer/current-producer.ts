import type { Producer } from 'kafkajs';

/** A producer as one request got it. */
export interface LentProducer {
  producer: Producer;
  /** It failed in a way that a new one may mend: whoever asks later gets that. */
  renew: () => void;
}

/** The one producer that requests go through, connected when the first needs it and replaced when one of them says so. */
export class CurrentProducer {
  private current: Promise<Producer> | undefined;

  constructor(
    private readonly connect: () => Promise<Producer>,
    /** How long requests in flight may still end by a producer that was replaced. */
    private readonly lingerMs: number,
  ) {}

  async lend(): Promise<LentProducer> {
    const lent = (this.current ??= this.connect());
    try {
      const producer = await lent;
      return { producer, renew: () => this.replace(lent, producer) };
    } catch (error) {
      this.forget(lent);
      throw error;
    }
  }

  async disconnect(): Promise<void> {
    await (await this.current)?.disconnect();
  }

  private replace(lent: Promise<Producer>, old: Producer): void {
    if (!this.forget(lent)) return;
    setTimeout(() => void old.disconnect().catch(() => undefined), this.lingerMs).unref();
  }

  /** Whether it was the current one: of several requests that failed by it only the first may replace it. */
  private forget(lent: Promise<Producer>): boolean {
    if (this.current !== lent) return false;
    this.current = undefined;
    return true;
  }
}
