import { isFairClose } from './fair-close.js';

describe('the end of an attacked connection', () => {
  it.each([1002, 1009, 4503, 4500])('is fair when what came could not be read or believed: %d', (code) => {
    expect(isFairClose(code)).toBe(true);
  });

  it.each([1000, 1005, 3734, 4321])('is fair when the server says back what a close frame said: %d', (code) => {
    expect(isFairClose(code)).toBe(true);
  });

  it.each([1011, 4001, 4002, 4003, 4501, 4504])('is a finding when the server had no reason for it: %d', (code) => {
    expect(isFairClose(code)).toBe(false);
  });
});
