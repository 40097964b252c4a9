/** The URL of a MongoDB with another database in its path. By hand: `URL` refuses the several hosts of a replica set. */
export function withDatabase(mongoUrl: string, name: string): string {
  const parts = /^(?<hosts>mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/[^?]*)?(?<query>\?.*)?$/.exec(mongoUrl)?.groups;
  if (parts === undefined) throw new Error(`Not the URL of a MongoDB: ${mongoUrl}`);
  return `${parts.hosts ?? ''}/${encodeURIComponent(name)}${parts.query ?? ''}`;
}
