export interface Source<T> {
  /** As a person would say it: "mongod on PATH". */
  name: string;
  find(): Promise<T>;
}

/** What was looked for could not be had; the message lists every source with the reason, and what to do. */
export class NothingFound extends Error {
  override readonly name = 'NothingFound';
}

/** The first source that delivers. */
export async function firstThatWorks<T>(what: string, sources: readonly Source<T>[], advice: string): Promise<T> {
  const tried: string[] = [];
  for (const source of sources) {
    try {
      return await source.find();
    } catch (error) {
      tried.push(`  - ${source.name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new NothingFound(`No ${what} could be found. Tried:\n${tried.join('\n')}\n${advice}`);
}
