import { normaliseEmail, normaliseLogin } from './login.js';

it('gives all spellings of an address one form', () => {
  for (const spelling of ['Ann@Example.com', ' ann@example.com ', 'ａnn@example.com', '\u2003ann@example．com']) {
    expect(normaliseEmail(spelling)).toBe('ann@example.com');
    expect(normaliseLogin(spelling)).toBe('ann@example.com');
  }
});

it('leaves user ids alone: they differ by case', () => {
  expect(normaliseLogin('Ann')).toBe('Ann');
});
