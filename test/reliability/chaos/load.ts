import { HistoryFile } from '../history/history-file.js';
import { Recorder } from '../history/recorder.js';
import { Workload, type SettleOptions, type WorkloadOptions } from '../workload/workload.js';

/** A workload with its history: begun, then settled or abandoned. */
export class Load {
  readonly recorder: Recorder;
  private readonly file: HistoryFile;
  private readonly workload: Workload;

  constructor(
    history: string,
    readonly options: Omit<WorkloadOptions, 'recorder'>,
  ) {
    this.file = new HistoryFile(history);
    this.recorder = new Recorder(this.file);
    this.workload = new Workload({ ...options, recorder: this.recorder });
  }

  start(): Promise<void> {
    return this.workload.start();
  }

  /** Everything is answered, synced and read back; the history is complete. */
  async settle(options: SettleOptions): Promise<void> {
    try {
      await this.workload.settle(options);
    } finally {
      this.file.close();
    }
  }

  async abandon(): Promise<void> {
    await this.workload.abandon();
    this.file.close();
  }
}
