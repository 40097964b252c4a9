import { normaliseEmail } from './normalise-email.js';

it('gives all spellings of an address one form', () => {
  for (const spelling of ['Ann@Example.com', ' ann@example.com ', 'ａnn@example.com'])
    expect(normaliseEmail(spelling)).toBe('ann@example.com');
});
