import { SingleBar } from 'cli-progress';

/** Shows how far it is, and what is waited for. */
export interface ProgressView {
  update(lines: number): void;
  trouble(message: string): void;
  stop(): void;
}

const FORMAT = '{bar} {percentage} % | {value}/{total} lines | {eta_formatted} left {trouble}';
const SAME_TROUBLE_MS = 10_000;

export function progressView(lines: number, stream: NodeJS.WriteStream): ProgressView {
  return stream.isTTY ? new Bar(lines, stream) : new Lines(stream);
}

class Bar implements ProgressView {
  private readonly bar: SingleBar;

  constructor(lines: number, stream: NodeJS.WriteStream) {
    this.bar = new SingleBar({ format: FORMAT, hideCursor: true, stream });
    this.bar.start(lines, 0, { trouble: '' });
  }

  update(lines: number): void {
    this.bar.update(lines, { trouble: '' });
  }

  trouble(message: string): void {
    this.bar.update({ trouble: `| trying again: ${message}` });
  }

  stop(): void {
    this.bar.stop();
  }
}

/** Where nobody watches: only trouble, and each kind of it now and then. */
class Lines implements ProgressView {
  private readonly said = new Map<string, number>();

  constructor(private readonly stream: NodeJS.WriteStream) {}

  update(): void {
    // A log file wants no bar.
  }

  trouble(message: string): void {
    const now = performance.now();
    if (now - (this.said.get(message) ?? -Infinity) < SAME_TROUBLE_MS) return;
    this.said.set(message, now);
    this.stream.write(`trying again: ${message}\n`);
  }

  stop(): void {
    this.said.clear();
  }
}
