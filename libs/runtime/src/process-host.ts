/** What a program needs of the operating system; Node's `process`, or a test's stand-in. */
export interface ProcessHost {
  env: NodeJS.ProcessEnv;
  on(event: 'SIGTERM' | 'SIGINT', listener: () => void): unknown;
  on(event: 'unhandledRejection' | 'uncaughtException', listener: (error: unknown) => void): unknown;
  exit(code: number): void;
  /** A message for the person who started it. */
  complain(message: string): void;
}

export const nodeProcess: ProcessHost = {
  env: process.env,
  on: (event: string, listener: (error: unknown) => void) => process.on(event, listener),
  exit: (code) => process.exit(code),
  complain: (message) => void process.stderr.write(`${message}\n`),
};
