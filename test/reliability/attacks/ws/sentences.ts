import { REQUEST_FRAMES, type RequestType } from '#contracts';
import type { Dice } from '../dice.js';
import { dataSchemaOf, resolved, type Schema } from './schema.js';
import type { Vocabulary } from './vocabulary.js';

const TYPES = Object.keys(REQUEST_FRAMES) as RequestType[];
const MAX_ITEMS = 5;

export interface Frame {
  type: RequestType;
  data: Record<string, unknown>;
}

/** Frames as the published grammar allows them. */
export class Sentences {
  constructor(
    private readonly words: Vocabulary,
    private readonly dice: Dice,
  ) {}

  frame(type: RequestType = this.dice.pick(TYPES)): Frame {
    const data = this.value(dataSchemaOf(type), type) as Record<string, unknown>;
    return { type, data: type === 'send' ? this.withOneTarget(data) : data };
  }

  value(schema: Schema, field: string): unknown {
    const { enum: allowed, minimum = 0, maximum = Number.MAX_SAFE_INTEGER } = schema;
    if (allowed) return this.dice.pick(allowed);
    switch (schema.type) {
      case 'object':
        return this.object(schema, field);
      case 'array':
        return Array.from({ length: this.dice.below(MAX_ITEMS) }, () => this.value(resolved(schema.items ?? {}), field));
      case 'integer':
        return this.words.number(minimum, maximum);
      case 'boolean':
        return this.dice.chance(0.5);
      case 'string':
        return schema.format === 'date-time'
          ? new Date(this.dice.next() * 1000).toISOString()
          : (this.words.text(field) ?? this.words.word());
      default:
        return this.words.json();
    }
  }

  private object({ properties = {}, required = [], additionalProperties }: Schema, field: string): object {
    const named = Object.keys(properties).filter((name) => required.includes(name) || this.dice.chance(0.4));
    const entries = named.map((name) => [name, this.value(resolved(properties[name] ?? {}), name)] as const);
    if (!additionalProperties) return Object.fromEntries(entries);
    const keys = Array.from({ length: this.dice.below(MAX_ITEMS) }, () => this.words.text(field) ?? this.words.word());
    return Object.fromEntries([...entries, ...keys.map((key) => [key, this.value(additionalProperties, key)] as const)]);
  }

  /** What the schema of `send` cannot say: exactly one target, and `senderId` for backends alone. */
  private withOneTarget(data: Record<string, unknown>): Record<string, unknown> {
    const rest = Object.entries(data).filter(([field]) => !['to', 'conversationId', 'senderId'].includes(field));
    const target = this.dice.pick(['userId', 'groupId', 'conversationId']);
    const named = this.words.text(target);
    return { ...Object.fromEntries(rest), ...(target === 'conversationId' ? { conversationId: named } : { to: { [target]: named } }) };
  }
}
