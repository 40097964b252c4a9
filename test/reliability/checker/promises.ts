/** What Hecto promises, by the names under which a report says what broke. To add one: a line here, and a rule in `rules/all-rules.ts`. */
export const PROMISES = {
  'stored-as-answered': 'An answered send is stored exactly once, at the seq and with the id of its answer, as it was sent.',
  'dense-seqs': 'The seqs of a conversation are 1, 2, 3 … up to its last, each in its own slot.',
  'socket-order': 'The order of the sends of one socket to a conversation is the order of their seqs.',
  'once-per-id': 'The same client message id never makes a second message, and every answer of it names the first.',
  'refused-is-not-stored': 'What was refused is not stored.',
  'nothing-invented': 'Every stored message was sent, as it is stored.',
  'real-time-order': 'What was known to be stored before another message was sent has the smaller seq.',
  'inside-the-window': 'A reader is told of nothing outside his windows, in any answer, preview or delivery.',
  'members-may': 'Who is a member may read and send.',
  'honest-errors': 'What fails says why: nothing is answered with an error of Hecto’s own, whatever is away.',
  'cursors-forward': 'Read cursors never go back, and never pass the last message.',
  'delivered-in-order': 'The pushes of a connection come in the order of the seqs, each message once.',
  'seen-as-stored': 'What was seen of a message is what is stored.',
  'delivered-completely': 'Once it is quiet, each device has every message of its windows.',
  'pushed-while-connected': 'What is stored while a socket is connected is pushed to it, or it is told to ask.',
  'sync-tells-all': 'A sync that says it is complete names every conversation that moved.',
  'honest-pages': 'A page of history has what was asked for, without gaps, and says whether it is all.',
  'nothing-disappears': 'What was answered or seen once is in every later answer of who may read it.',
  'true-lists': 'Unread counts, last seqs and previews are those of the stored messages.',
  'keys-match-slots': 'Keys and slots are one to one.',
  'bodies-match-slots': 'Exactly the bodies are stored that slots name.',
  'sound-storage': 'Counts, previews, windows and progress fit the stored messages.',
  'members-have-windows': "A group's members and the open windows of its conversation are the same users.",
  'outboxes-empty': 'Once it is quiet, no outbox holds anything.',
} as const;

export type PromiseName = keyof typeof PROMISES;
