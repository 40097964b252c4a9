/** One spelling for each address, so that it is found however it was typed, and nobody else can take it in another spelling. */
export function normaliseEmail(email: string): string {
  return email.trim().normalize('NFKC').toLowerCase();
}
