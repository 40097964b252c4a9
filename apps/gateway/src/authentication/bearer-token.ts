import { problem } from '#contracts';

/** The token of an `Authorization` header; throws `unauthenticated` when there is none. */
export function bearerToken(header: string | undefined): string {
  const token = /^Bearer +([\x21-\x7e]+) *$/i.exec(header ?? '')?.[1];
  if (token === undefined) throw problem('unauthenticated', 'send the header `Authorization: Bearer <access token or API key>`');
  return token;
}
