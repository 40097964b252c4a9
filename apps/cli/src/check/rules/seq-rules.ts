import { parseConversationId } from '#contracts';
import type { SeqDocument } from '../../../../message/src/store/seq.document.js';
import type { Finding } from '../finding.js';
import { finding, seqName } from './conversation-page.js';

/** The numbers of a conversation, and who its two are. */
export function checkSeqDocument(seq: SeqDocument): Finding[] {
  const { _id, max_seq, min_seq, counted, members } = seq;
  const parsed = parseConversationId(_id);
  const say = (detail: string) => finding('seqs', [seqName(_id)], detail);
  if (!parsed) return [say('its id is no conversation id')];
  const findings: Finding[] = [];
  if (!Number.isSafeInteger(max_seq) || max_seq < 0) findings.push(say(`max_seq is ${max_seq}`));
  if (!(min_seq >= 1 && min_seq <= max_seq + 1)) findings.push(say(`min_seq is ${min_seq}, not within 1 to ${max_seq + 1}`));
  if (!(counted >= 0 && counted <= max_seq)) findings.push(say(`${counted} of ${max_seq} messages count as unread`));
  const two = parsed.kind === 'direct' ? [...new Set<string>(parsed.members)] : undefined;
  if (two?.join() !== members?.join()) findings.push(say(`its members are ${members?.join() ?? 'not there'}`));
  return findings;
}
