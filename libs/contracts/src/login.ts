import { isUserId } from './ids/user-id.js';

/** One spelling for each address, so that it is found however it was typed, and nobody else can take it in another spelling. */
export function normaliseEmail(email: string): string {
  return email.trim().normalize('NFKC').toLowerCase();
}

/** What a log-in names: the user id as it is, or the one spelling of the e-mail. Whoever counts log-ins of an account counts by this. */
export function normaliseLogin(login: string): string {
  return isUserId(login) ? login : normaliseEmail(login);
}
