import type { Dice } from '../dice.js';
import { textAttack, type Attack } from './attack.js';
import { mutated } from '../mutations.js';
import { textOf } from './refused-attacks.js';
import type { Sentences } from './sentences.js';

const RECORDED = 200;
const MAX_FRAMES = 6;
const MAX_PARTS = 6;
/** Just below and above what a message may have. */
const SIZES = [512 * 1024 - 1, 512 * 1024, 512 * 1024 + 1, 700_000];

/** Attacks that may succeed: frames as the grammar has them, what became of recorded ones by chance, and abuse of the protocol below. */
export class AnyAttacks {
  private readonly recorded: string[] = [];

  constructor(
    private readonly sentences: Sentences,
    private readonly dice: Dice,
  ) {}

  next(id: string): Attack {
    const roll = this.dice.below(100);
    if (roll < 25) return this.valid(id);
    if (roll < 85) return textAttack('mutated', mutated(this.record(), this.dice));
    if (roll < 91) return this.fragmented(id);
    if (roll < 96) return this.manyFrames();
    if (roll < 97) return textAttack('a hundred frames', `[${Array.from({ length: 100 }, () => '{"type":"ping","id":1}').join(',')}]`);
    if (roll < 99) return { kind: 'below the protocol', parts: [], isBinary: false, raw: this.belowTheProtocol() };
    return textAttack('large', `{"type":"ping","id":1,"data":{}}${' '.repeat(this.dice.pick(SIZES) - 32)}`);
  }

  private valid(id: string): Attack {
    const frame = this.sentences.frame();
    const text = textOf(frame, id);
    if (this.recorded.length < RECORDED) this.recorded.push(text);
    else this.recorded[this.dice.below(RECORDED)] = text;
    return textAttack(`valid ${frame.type}`, text, id);
  }

  private record(): string {
    return this.recorded.length === 0 ? textOf(this.sentences.frame(), 'recorded') : this.dice.pick(this.recorded);
  }

  /** Cut anywhere, in the middle of a character too. */
  private fragmented(id: string): Attack {
    const bytes = Buffer.from(textOf(this.sentences.frame(), id));
    const cuts = Array.from({ length: this.dice.below(MAX_PARTS) }, () => this.dice.below(bytes.length)).sort((a, b) => a - b);
    const parts = [0, ...cuts].map((from, at) => bytes.subarray(from, cuts[at] ?? bytes.length));
    return { kind: 'fragmented', parts, isBinary: this.dice.chance(0.1) };
  }

  private manyFrames(): Attack {
    const frames = Array.from({ length: 1 + this.dice.below(MAX_FRAMES) }, (_, at) => textOf(this.sentences.frame(), `many-${at}`));
    return textAttack('many frames', `[${frames.join(',')}]`);
  }

  /** Frames of RFC 6455 with reserved bits and opcodes, without a mask, with lengths that lie, or plain noise. */
  private belowTheProtocol(): Buffer {
    const { dice } = this;
    const mask = dice.bytes(4);
    return dice.pick([
      Buffer.from([0x80 | dice.below(16), 0x80 | 2, ...mask, ...dice.bytes(2)]),
      Buffer.from([0xf1, 0x80, ...mask]),
      Buffer.from([0x81, 0x02, 0x7b, 0x7d]),
      Buffer.from([0x81, 0xff, ...dice.bytes(8), ...mask]),
      Buffer.from([0x81, 0xff, 0, 0, 0, 0, 0x7f, 0xff, 0xff, 0xff, ...mask]),
      Buffer.from([0x09, 0x80, ...mask]),
      Buffer.from([0x88, 0x82, ...mask, ...dice.bytes(2)]),
      Buffer.from([0x89, 0xfe, 0x01, 0x00, ...mask]),
      dice.bytes(1 + dice.below(200)),
    ]);
  }
}
