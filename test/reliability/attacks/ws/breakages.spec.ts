import { validateSync } from 'class-validator';
import { REQUEST_FRAMES, type RequestType } from '#contracts';
import { Dice } from '../dice.js';
import { breakagesOf } from './breakages.js';
import { dataSchemaOf } from './schema.js';
import { Sentences } from './sentences.js';
import { Vocabulary } from './vocabulary.js';

const ALICE = { userId: 'alice' as never, token: 'a.b.c' };
const WORLD = {
  attackers: [ALICE],
  pair: [ALICE, ALICE] as const,
  userIds: ['alice'],
  groupIds: ['g1', 'g2'],
  conversationIds: ['sg_g1', 'sg_g2'],
};

/** What lies in objects that the frame's class only shows is checked by the gateway's own input classes. */
const NESTED = /^\/(to|options)\b/;

function isValid(type: RequestType, data: unknown): boolean {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return false;
  // Content may be null too: the one thing that the gateway's own class says and this one does not.
  const frame = Object.assign(new REQUEST_FRAMES[type].data(), data, 'content' in data && { content: 'any' });
  return validateSync(frame, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: false }).length === 0;
}

describe('the grammar of frames', () => {
  const sentences = (seed: number) => {
    const dice = new Dice(seed);
    return new Sentences(new Vocabulary(WORLD, dice), dice);
  };

  it.each(Object.keys(REQUEST_FRAMES) as RequestType[])('makes %s frames that the contract takes', (type) => {
    for (let seed = 0; seed < 200; seed += 1) {
      const { data } = sentences(seed).frame(type);
      expect([data, isValid(type, data)]).toEqual([data, true]);
    }
  });

  it.each(['send', 'read', 'history', 'sync', 'connect', 'refresh'] as const)('breaks %s frames so that it does not take them', (type) => {
    for (let seed = 0; seed < 50; seed += 1) {
      const { data } = sentences(seed).frame(type);
      const taken = breakagesOf(dataSchemaOf(type), data).filter(({ what, broken }) => !NESTED.test(what) && isValid(type, broken()));
      expect(taken.map(({ what }) => what)).toEqual([]);
    }
  });
});
