/** A state of the search: everything outside of the processes, and the number of what each process is. Never changed in place. */
export interface World {
  /** By partition: how much of the small log is there. */
  appended: readonly number[];
  /** What MongoDB's majority holds. */
  database: number;
  /** By partition: what the consumer group has committed; −1: nothing yet. */
  committed: readonly number[];
  processes: readonly ProcessAt[];
  /** What dead processes, and those that gave up waiting, have sent: it may arrive at any time, or never. */
  flights: readonly number[];
  /** By partition: how many events a gateway has let through. */
  heard: readonly number[];
  /** Numbers of the records in the dead letters. */
  setAside: readonly string[];
  /** How much may go wrong still. */
  troubles: number;
  /** Only of logs with a restore. */
  history: History | undefined;
}

export interface ProcessAt {
  state: number;
  /** How many records of its running publication have arrived. */
  landed: number;
}

export interface History {
  /** By partition: the records of the stored topic, by number. */
  topic: readonly (readonly number[])[];
  readModel: ReadModelAt;
  /** By partition: where the read model's consumer group stands. */
  readModelCommitted: readonly number[];
  backup: { database: number; readModel: ReadModelAt } | undefined;
  restored: boolean;
}

/** What a read model keeps in its own store, by partition: its place in the stored topic, and how many events it has applied. */
export interface ReadModelAt {
  next: readonly number[];
  applied: readonly number[];
}

/** Equal for equal states, and for those that differ only in which process is which. */
export function keyOf(world: World): string {
  const { appended, database, committed, processes, flights, heard, setAside, troubles, history } = world;
  const owners = processes.map(({ state, landed }) => `${state}.${landed}`).sort();
  const key = `${owners.join(' ')}|${database}|${appended.join()}|${committed.join()}|${flights.join()}|${heard.join()}|${setAside.join()}|${troubles}`;
  if (!history) return key;
  const { topic, readModel, readModelCommitted, backup, restored } = history;
  const kept = backup ? `${backup.database};${placeText(backup.readModel)}` : '';
  return `${key}|${topic.map((records) => records.join()).join(';')}|${placeText(readModel)}|${readModelCommitted.join()}|${kept}|${restored}`;
}

function placeText({ next, applied }: ReadModelAt): string {
  return `${next.join()}:${applied.join()}`;
}

export function replaced<T>(list: readonly T[], index: number, value: T): T[] {
  return list.map((item, at) => (at === index ? value : item));
}

export function trouble(world: World): World {
  return { ...world, troubles: world.troubles - 1 };
}

export function withFlight(world: World, ...flights: number[]): World {
  return { ...world, flights: [...world.flights, ...flights].sort((a, b) => a - b) };
}
