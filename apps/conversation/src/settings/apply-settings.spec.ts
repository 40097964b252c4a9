import { applySettings, DEFAULT_SETTINGS } from './apply-settings.js';

describe('a change of settings', () => {
  const drafted = applySettings(DEFAULT_SETTINGS, { draft: 'hel' }, 100);

  it('leaves what it does not name, and raises the version', () => {
    expect(applySettings(drafted, { pinned: true }, 200)).toEqual({ ...drafted, pinned: true, version: 2 });
  });

  it('is none when everything is as it was', () => {
    expect(applySettings(drafted, { draft: 'hel', pinned: false }, 200)).toBe(drafted);
    expect(applySettings(DEFAULT_SETTINGS, {}, 200)).toBe(DEFAULT_SETTINGS);
  });

  it('dates a draft by its last change, and forgets the time with the draft', () => {
    expect(drafted.draftAt).toBe(100);
    expect(applySettings(drafted, { muted: true }, 200).draftAt).toBe(100);
    expect(applySettings(drafted, { draft: 'hello' }, 200).draftAt).toBe(200);
    expect(applySettings(drafted, { draft: '' }, 200)).toMatchObject({ draft: '', draftAt: 0 });
  });
});
