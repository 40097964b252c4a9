/** A service refuses to start, and trying again would not help: something must be set, synced or upgraded first. */
export class StartError extends Error {
  constructor(
    service: string,
    readonly problems: readonly string[],
  ) {
    super(`The ${service} service can't start:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'StartError';
  }
}
