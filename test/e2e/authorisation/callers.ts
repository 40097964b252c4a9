/** Who may call. Each column of the tables, in this order. */
export const CALLERS = [
  'nobody',
  'a forger',
  'an expired token',
  'a revoked session',
  'a stranger',
  'one who left',
  'one who was kicked',
  'a member',
  'an admin',
  'the owner',
  "the owner's other device",
  'a member posing as the owner',
  'an admin key',
  'an admin key for the owner',
] as const;
export type CallerName = (typeof CALLERS)[number];

/** `201`, or `403 not_a_member`; of a frame `ok` or the error's code. `undefined`: there is no such caller of this call. */
export type Outcome = number | string | undefined;
export type Outcomes = Readonly<Record<CallerName, Outcome>>;

/** What those get who are not let in at all, and who is not who he says. */
export const LET_IN = {
  nobody: '401 unauthenticated',
  'a forger': '401 invalid_token',
  'an expired token': '401 token_expired',
  'a revoked session': '401 token_revoked',
  'a member posing as the owner': '403 forbidden',
} as const;

/** A row for the users of a group and beyond: stranger, left, kicked, member, admin, owner; another device is as good as the first. */
export function ofUsers(
  outcomes: readonly [Outcome, Outcome, Outcome, Outcome, Outcome, Outcome],
): Omit<Outcomes, keyof typeof LET_IN | `an admin key${string}`> {
  const [stranger, left, kicked, member, admin, owner] = outcomes;
  return {
    'a stranger': stranger,
    'one who left': left,
    'one who was kicked': kicked,
    'a member': member,
    'an admin': admin,
    'the owner': owner,
    "the owner's other device": owner,
  };
}
