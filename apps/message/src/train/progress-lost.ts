/** Someone else has decided records of these partitions, or may have: what this process knows of them is no longer true. */
export class ProgressLost extends Error {
  constructor() {
    super('the progress of a partition is not where this process left it');
    this.name = 'ProgressLost';
  }
}
