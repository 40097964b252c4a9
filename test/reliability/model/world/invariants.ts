import { canonical } from '../canonical.js';
import type { Documents } from '../mongo/documents.js';
import type { GivenAnswer } from '../process/calls.js';
import { emptyView, mergedView } from '../truth/partition-view.js';
import type { PartitionTruth } from '../truth/partition-truth.js';
import { answerText } from '../truth/signatures.js';
import { progressOf, storedView } from '../truth/stored-view.js';

/** What must hold in every state. Each method says what is broken, or undefined. */
export class Invariants {
  constructor(private readonly truths: readonly PartitionTruth[]) {}

  /** What is stored is what the log up to the progress decides: each send once, dense, in the log's order, and nothing refused. */
  stored(documents: Documents): string | undefined {
    const progress = this.progress(documents);
    const expected = canonical(mergedView(progress.map((offset, p) => this.truth(p).views[offset] ?? emptyView())));
    let actual: string;
    try {
      actual = canonical(storedView(documents));
    } catch (error) {
      return `the documents are not laid out as they must be: ${String(error)}`;
    }
    return actual === expected ? undefined : `decided up to ${progress.join()}, MongoDB holds ${actual} in place of ${expected}`;
  }

  /** Progress and cursors only go forward. */
  changed(before: Documents, after: Documents): string | undefined {
    const [from, to] = [this.progress(before), this.progress(after)];
    if (to.some((offset, partition) => offset < (from[partition] ?? 0)))
      return `the progress goes back from ${from.join()} to ${to.join()}`;
    for (const [id, window] of Object.entries(before.seq_user ?? {})) {
      const [was, is] = [Number(window.read_seq), Number(after.seq_user?.[id]?.read_seq)];
      const maxSeq = Number(after.seq?.[window.conversation_id as string]?.max_seq);
      if (!(is >= was && is <= maxSeq)) return `the cursor of ${id} goes from ${was} to ${is}, of ${maxSeq}`;
    }
    return undefined;
  }

  /** An answer is the one its record must get, and says nothing that MongoDB's majority does not hold. */
  answered(answer: GivenAnswer, documents: Documents): string | undefined {
    const [partition = 0, offset = 0] = answer.to.split('/').map(Number);
    const due = this.truth(partition).answers[offset];
    const text = answerText(answer);
    if (text !== due) return `record ${answer.to} is answered "${text}" where "${due}" is due`;
    if ((this.progress(documents)[partition] ?? 0) > offset) return undefined;
    return `record ${answer.to} is answered "${text}" before MongoDB's majority has decided it`;
  }

  /** Nothing is published that is not durable. */
  published(partition: number, offset: number, documents: Documents): string | undefined {
    if ((this.progress(documents)[partition] ?? 0) > offset) return undefined;
    return `record ${partition}/${offset} is published before MongoDB's majority has decided it`;
  }

  /** Only what can't be decided is set aside. */
  setAside(origin: string): string | undefined {
    const [, partition = 0, offset = 0] = origin.split('/').map(Number);
    return this.truth(partition).setAside.includes(offset) ? undefined : `${origin} goes to the dead letters, and is a good record`;
  }

  truth(partition: number): PartitionTruth {
    const truth = this.truths[partition];
    if (!truth) throw new Error(`there is no partition ${partition}`);
    return truth;
  }

  progress(documents: Documents): number[] {
    return progressOf(documents, this.truths.length);
  }
}
