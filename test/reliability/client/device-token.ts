import type { Client } from '../history/history.js';
import type { Backend, MintedToken } from './backend.js';

/** So long before its end a token is replaced at the next connect; spread, for all devices begin together. */
const RENEW_BEFORE_MS = { least: 90_000, spread: 180_000 };

/** The access token of one device: minted when there is none, or when its end is near. */
export class DeviceToken {
  private minted: Promise<MintedToken> | undefined;
  private readonly renewBeforeMs = RENEW_BEFORE_MS.least + Math.random() * RENEW_BEFORE_MS.spread;

  constructor(
    private readonly client: Client,
    private readonly backend: Pick<Backend, 'mintToken'>,
  ) {}

  /** Rejects when none could be minted. */
  async get(): Promise<string> {
    const { minted } = this;
    const held = await minted;
    if (held && !this.isStale(held)) return held.token;
    // Whoever asks at the same moment waits for the same new one.
    const minting = this.minted === minted || !this.minted ? this.mint() : this.minted;
    return (await minting).token;
  }

  /** The server won't have this one any more. A newer one stays: to mint another would end its session too. */
  async drop(refused: string): Promise<void> {
    const held = this.minted;
    const token = await held?.catch(() => undefined);
    if (token?.token === refused && this.minted === held) this.minted = undefined;
  }

  /** How long the token is to be used. */
  async freshForMs(): Promise<number> {
    const held = await this.minted;
    return held ? Math.max(0, held.expiresAt - this.renewBeforeMs - Date.now()) : 0;
  }

  private isStale({ expiresAt }: MintedToken): boolean {
    return Date.now() >= expiresAt - this.renewBeforeMs;
  }

  private mint(): Promise<MintedToken> {
    const { userId, deviceId } = this.client;
    const minting = this.backend.mintToken(userId, deviceId);
    this.minted = minting;
    minting.catch(() => {
      if (this.minted === minting) this.minted = undefined;
    });
    return minting;
  }
}
