import type { Rule } from '../run/run.js';
import { cursorsForward } from './cursors-forward.js';
import { deliveredCompletely } from './delivered-completely.js';
import { deliveredInOrder } from './delivered-in-order.js';
import { honestErrors } from './honest-errors.js';
import { honestPages } from './honest-pages.js';
import { insideTheWindow } from './inside-the-window.js';
import { membersMay } from './members-may.js';
import { nothingDisappears } from './nothing-disappears.js';
import { nothingInvented } from './nothing-invented.js';
import { oncePerId } from './once-per-id.js';
import { pushedWhileConnected } from './pushed-while-connected.js';
import { realTimeOrder } from './real-time-order.js';
import { seenAsStored } from './seen-as-stored.js';
import { socketOrder } from './socket-order.js';
import { storedAsAnswered } from './stored-as-answered.js';
import { syncTellsAll } from './sync-tells-all.js';
import { trueLists } from './true-lists.js';

/** Every rule over a history. To add one: a file beside this, a promise in `promises.ts`, a line here, a corruption in the tests. */
export const ALL_RULES: readonly Rule[] = [
  storedAsAnswered,
  oncePerId,
  nothingInvented,
  socketOrder,
  realTimeOrder,
  seenAsStored,
  deliveredInOrder,
  deliveredCompletely,
  pushedWhileConnected,
  insideTheWindow,
  membersMay,
  honestErrors,
  honestPages,
  nothingDisappears,
  syncTellsAll,
  cursorsForward,
  trueLists,
];
