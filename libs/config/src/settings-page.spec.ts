import { describeSettings, settingsPage } from './settings-page.js';

describe('the configuration page', () => {
  it('has a section for every variable, and each variable once', () => {
    const headings = [...settingsPage().matchAll(/^## `(HECTO_[A-Z_]+)`$/gm)].map(([, variable]) => variable);
    expect(headings).toEqual(describeSettings().map(({ variable }) => variable));
    expect(new Set(headings).size).toBe(headings.length);
    expect(headings).toEqual(expect.arrayContaining(['HECTO_MONGO_URL', 'HECTO_KAFKA_BROKERS', 'HECTO_JWT_KEYS', 'HECTO_DATA_DIR']));
  });

  it('says which program needs a variable and what holds without it', () => {
    const opsPort = describeSettings().find(({ variable }) => variable === 'HECTO_OPS_PORT');
    expect(opsPort?.programs).toEqual(
      expect.arrayContaining([
        { program: 'gateway', fallback: '9100' },
        { program: 'user', fallback: '9104' },
      ]),
    );
    expect(settingsPage()).toContain('| user | **must be set** |');
  });

  it('says that standalone makes an admin key, and what hecto reads', () => {
    const adminKeys = describeSettings().find(({ variable }) => variable === 'HECTO_ADMIN_KEYS');
    expect(adminKeys?.programs).toContainEqual({ program: 'standalone', fallback: 'standalone makes one and keeps it in its data folder' });
    for (const variable of ['HECTO_URL', 'HECTO_ADMIN_KEY']) expect(settingsPage()).toContain(`| \`${variable}\` |`);
  });

  it('says of which limits an API key frees, and of no other', () => {
    const limits = describeSettings().filter(({ variable }) => /^HECTO_(RATE|QUOTA)_/.test(variable));
    const saying = (text: string) => limits.filter(({ about }) => about.includes(text)).map(({ variable }) => variable);
    expect(saying('Backends with an API key have no limit')).toEqual(['HECTO_RATE_SEND', 'HECTO_RATE_REQUEST', 'HECTO_QUOTA_REGISTRATION']);
    expect(saying('everyone')).toEqual([
      'HECTO_RATE_SOCKET',
      'HECTO_QUOTA_LOGIN_ADDRESS',
      'HECTO_QUOTA_LOGIN_ACCOUNT',
      'HECTO_QUOTA_REFRESH_ADDRESS',
    ]);
  });

  it('shows no default of a secret but in words', () => {
    const shown = describeSettings().filter(({ secret }) => secret);
    expect(shown.flatMap(({ programs }) => programs.map(({ fallback }) => fallback ?? '')).join()).not.toMatch(/[=/]|hk_\S{8}/);
  });
});
