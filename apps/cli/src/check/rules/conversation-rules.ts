import type { Finding } from '../finding.js';
import { checkBodies } from './body-rules.js';
import { checkBuckets } from './bucket-rules.js';
import type { Carried, ConversationPage } from './conversation-page.js';
import { checkCounts, checkPreview } from './count-rules.js';
import { checkKeys } from './key-rules.js';

/** What can be said of one page of a conversation; a new rule about messages is one line here. */
export function checkPage(page: ConversationPage, carried: Carried): { findings: Finding[]; carried: Carried } {
  const keys = checkKeys(page, carried.place);
  const counts = checkCounts(page, carried.counted);
  const preview = checkPreview(page, carried.shown);
  return {
    findings: [...checkBuckets(page), ...keys.findings, ...checkBodies(page), ...counts.findings, ...preview.findings],
    carried: { place: keys.place, counted: counts.counted, shown: preview.shown },
  };
}
