import type { Dice } from '../dice.js';
import type { World } from '../target/create-world.js';

const NEVER_STORED_IDS = 40;
const EDGES = [0, 1, 2, 30, 31, 100, 2 ** 31, 2 ** 32, Number.MAX_SAFE_INTEGER];

/** Words for the fields of a frame: ids that mean something to the server, and some that don't. */
export class Vocabulary {
  constructor(
    private readonly world: World,
    private readonly dice: Dice,
  ) {}

  /** By the name of the field; undefined when any text will do. */
  text(field: string): string | undefined {
    const { userIds, groupIds, conversationIds, attackers } = this.world;
    switch (field) {
      case 'userId':
      case 'senderId':
      case 'mentions':
        return this.known(userIds);
      case 'groupId':
        return this.known(groupIds);
      case 'conversationId':
      case 'cursors':
      case 'after':
      case 'through':
        return this.dice.chance(0.9) ? this.dice.pick(conversationIds) : `sg_${this.word()}`;
      case 'token':
        return this.dice.pick(attackers).token;
      case 'deviceId':
        return 'phone';
      case 'clientMsgId':
        return this.dice.chance(0.3) ? `again-${this.dice.below(NEVER_STORED_IDS)}` : this.word();
      default:
        return undefined;
    }
  }

  word(): string {
    return this.dice.next().toString(36) + this.dice.next().toString(36);
  }

  number(minimum: number, maximum: number): number {
    const chosen = this.dice.chance(0.5) ? this.dice.below(50) : this.dice.pick(EDGES);
    return Math.min(Math.max(chosen, minimum), maximum);
  }

  json(depth = 3): unknown {
    const { dice } = this;
    if (depth > 0 && dice.chance(0.3)) return Array.from({ length: dice.below(4) }, () => this.json(depth - 1));
    if (depth > 0 && dice.chance(0.4))
      return Object.fromEntries(Array.from({ length: dice.below(4) }, () => [this.string(), this.json(depth - 1)]));
    return dice.pick([null, true, false, dice.next(), -0.5, 1e300, this.string(), '']);
  }

  /** Text that is well formed, and yet nothing that a programmer would type. */
  string(): string {
    return this.dice.pick([
      'text',
      'Ünïcödé',
      '😀👩‍👩‍👧',
      '\u0000\u0007',
      '‮abc',
      '\u2028',
      "'; DROP",
      '$where',
      '${7*7}',
      '<b>',
      'constructor',
      'a.b',
      '\\',
      this.word(),
    ]);
  }

  private known(ids: readonly string[]): string {
    return this.dice.chance(0.9) ? this.dice.pick(ids) : this.word();
  }
}
