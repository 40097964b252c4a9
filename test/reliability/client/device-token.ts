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
    private readonly backend: Backend,
  ) {}

  /** Rejects when none could be minted. */
  async get(): Promise<string> {
    const held = await this.minted;
    if (held && !this.isStale(held)) return held.token;
    return (await this.mint()).token;
  }

  /** The server won't have this one any more. */
  drop(): void {
    this.minted = undefined;
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
    minting.catch(() => this.minted === minting && this.drop());
    return minting;
  }
}
