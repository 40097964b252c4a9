import type { Random } from '../random.js';

const SHORT = 80;
/** Above 4 KiB a body is stored apart from its message. */
const LONG = { share: 0.01, least: 3_000, most: 12_000 };

/** A content that nobody else's is: its digest tells whose it is. */
export function newContent(random: Random, clientMsgId: string): { text: string } {
  const length = random.chance(LONG.share) ? random.whole(LONG.least, LONG.most) : random.whole(0, SHORT);
  return { text: `${clientMsgId} ${'.'.repeat(length)}` };
}
