/** Something that happens to a whole system, and that somebody must mend: too much to be one fault among others. */
export interface Scenario {
  name: string;
  /** Returns the exit code: 0 when all went as it is promised. */
  play(options: ScenarioOptions): Promise<0 | 1>;
}

export interface ScenarioOptions {
  seed: number;
  rate: number;
  users: number;
  keep?: boolean;
  say: (line: string) => void;
}

/** How long it is under load before and after what happens. */
export const UNDER_LOAD_MS = 20_000;
