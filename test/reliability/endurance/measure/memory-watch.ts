import { readFileSync } from 'node:fs';
import { table } from '../report.js';

const EVERY_MS = 500;
const MIB = 1024 * 1024;
/** Of a service. Node may use 512 MB for its heap; sockets, buffers and the program itself come on top. */
const MOST_OF_A_SERVICE = 1024 * MIB;
const SERVICE = /^(gateway|message|conversation|group|user)-\d+$/;

/** The resident memory of every process, the most in each phase of a run. */
export class MemoryWatch {
  private readonly most = new Map<string, Map<string, number>>();
  private readonly phases: string[] = [];
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly pids: () => Readonly<Record<string, number>>) {
    this.timer = setInterval(() => this.look(), EVERY_MS);
  }

  /** What follows is counted for it. */
  begin(phase: string): void {
    this.look();
    this.phases.push(phase);
    this.look();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** MB. */
  render(): string {
    const rows = [...this.most].map(([name, byPhase]) => [name, ...this.phases.map((phase) => inMib(byPhase.get(phase) ?? 0))]);
    return `Most resident memory, MB:\n\n${table(['process', ...this.phases], rows)}`;
  }

  /** Services that used more than they may. */
  get broken(): string[] {
    return [...this.most]
      .map(([name, byPhase]) => ({ name, most: Math.max(...byPhase.values()) }))
      .filter(({ name, most }) => SERVICE.test(name) && most > MOST_OF_A_SERVICE)
      .map(({ name, most }) => `${name} used ${inMib(most)} MB`);
  }

  private look(): void {
    const phase = this.phases.at(-1);
    if (phase === undefined) return;
    for (const [name, pid] of Object.entries(this.pids())) {
      const byPhase = this.most.get(name) ?? new Map<string, number>();
      this.most.set(name, byPhase.set(phase, Math.max(byPhase.get(phase) ?? 0, residentBytes(pid))));
    }
  }
}

/** 0 of a process that has just ended. */
function residentBytes(pid: number): number {
  try {
    return Number(/^VmRSS:\s+(\d+)/mu.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

function inMib(bytes: number): number {
  return Math.round(bytes / MIB);
}
