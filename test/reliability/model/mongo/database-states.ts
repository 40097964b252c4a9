import { canonical } from '../canonical.js';
import { Interner } from '../interner.js';
import type { Documents } from './documents.js';
import { DocumentStore } from './document-store.js';

/** Every content that MongoDB has had in a search, by number. */
export class DatabaseStates {
  private readonly states = new Interner<Documents>(canonical);
  readonly empty = this.states.idOf({});

  /** A copy, to be changed at will. */
  open(id: number): DocumentStore {
    return new DocumentStore(structuredClone(this.states.get(id)));
  }

  /** What is there, to be read only. */
  read(id: number): Documents {
    return this.states.get(id);
  }

  /** The number of what a store holds now. */
  keep({ documents }: DocumentStore): number {
    return this.states.idOf(documents);
  }

  get size(): number {
    return this.states.size;
  }
}
