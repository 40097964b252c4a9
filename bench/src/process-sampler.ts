import { readFileSync } from 'node:fs';

/** Of Linux: `getconf CLK_TCK`. */
const TICKS_PER_SECOND = 100;
const PAGE_BYTES = 4096;

export interface ProcessUse {
  name: string;
  cpuMs: number;
  /** The most memory that was resident at any sample, bytes. */
  maxRss: number;
}

/** CPU and memory of processes over a step, from /proc. */
export class ProcessSampler {
  private readonly before: Map<string, number>;
  private readonly maxRss = new Map<string, number>();
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly pids: Readonly<Record<string, number>>) {
    this.before = new Map(Object.entries(pids).map(([name, pid]) => [name, cpuMsOf(pid)]));
    this.timer = setInterval(() => this.sample(), 500);
    this.sample();
  }

  stop(): ProcessUse[] {
    clearInterval(this.timer);
    this.sample();
    return Object.entries(this.pids).map(([name, pid]) => ({
      name,
      cpuMs: cpuMsOf(pid) - (this.before.get(name) ?? 0),
      maxRss: this.maxRss.get(name) ?? 0,
    }));
  }

  private sample(): void {
    for (const [name, pid] of Object.entries(this.pids)) {
      this.maxRss.set(name, Math.max(this.maxRss.get(name) ?? 0, rssOf(pid)));
    }
  }
}

function cpuMsOf(pid: number): number {
  // The name may hold spaces and brackets: the fields are counted from behind its closing bracket.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  const [user, system] = [Number(fields[11]), Number(fields[12])];
  return ((user + system) * 1000) / TICKS_PER_SECOND;
}

function rssOf(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * PAGE_BYTES;
}
