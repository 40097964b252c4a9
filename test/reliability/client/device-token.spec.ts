import type { MintedToken } from './backend.js';
import { DeviceToken } from './device-token.js';

const LIFETIME_MS = 900_000;

describe('DeviceToken', () => {
  const minter = () => {
    let minted = 0;
    const mintToken = jest.fn((): Promise<MintedToken> => {
      minted += 1;
      return Promise.resolve({ token: `t${minted}`, expiresAt: Date.now() + LIFETIME_MS });
    });
    return { mintToken, token: new DeviceToken({ userId: 'alice', deviceId: 'd1' }, { mintToken }) };
  };

  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('is minted once for all who ask', async () => {
    const { mintToken, token } = minter();
    expect(await Promise.all([token.get(), token.get()])).toEqual(['t1', 't1']);
    expect(await token.get()).toBe('t1');
    expect(mintToken).toHaveBeenCalledTimes(1);
  });

  it('is replaced before it runs out', async () => {
    const { token } = minter();
    await token.get();
    const freshFor = await token.freshForMs();
    expect(freshFor).toBeLessThanOrEqual(LIFETIME_MS - 90_000);
    expect(freshFor).toBeGreaterThanOrEqual(LIFETIME_MS - 270_000);
    jest.advanceTimersByTime(freshFor + 1);
    expect(await Promise.all([token.get(), token.get()])).toEqual(['t2', 't2']);
  });

  it('is kept when one before it is refused, for a new one would end its session', async () => {
    const { token } = minter();
    await token.get();
    await token.drop('t1');
    expect(await token.get()).toBe('t2');
    await token.drop('t1');
    expect(await token.get()).toBe('t2');
  });

  it('is asked for again when the first try failed', async () => {
    const { mintToken, token } = minter();
    mintToken.mockRejectedValueOnce(new Error('nobody there'));
    await expect(token.get()).rejects.toThrow('nobody there');
    await token.drop('none');
    expect(await token.get()).toBe('t1');
  });
});
