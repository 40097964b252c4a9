import fc from 'fast-check';
import type { LogMachine } from './log-machine.suite.js';
import { faultOf, type LogModel } from './log-model.suite.js';

type Command = fc.AsyncCommand<LogModel, LogMachine>;

const KEYS = ['a', 'b', 'c', 'd', 'e'];
const MAX_MEMBERS = 3;

class Append implements Command {
  constructor(private readonly keys: readonly string[]) {}
  check = () => true;
  run = (model: LogModel, machine: LogMachine) => machine.append(this.keys, model);
  toString = () => `append ${this.keys.join(' ')}`;
}

class Join implements Command {
  check = ({ members }: Readonly<LogModel>) => members < MAX_MEMBERS;
  run = async (model: LogModel, machine: LogMachine) => {
    await machine.join();
    model.members += 1;
  };
  toString = () => 'join';
}

class Leave implements Command {
  constructor(private readonly which: number) {}
  check = ({ members }: Readonly<LogModel>) => members > 0;
  run = async (model: LogModel, machine: LogMachine) => {
    await machine.leave(this.which);
    model.members -= 1;
  };
  toString = () => `leave ${String(this.which)}`;
}

class RefuseATrain implements Command {
  check = () => true;
  run = (_: LogModel, machine: LogMachine) => {
    machine.refuseNext = true;
    return Promise.resolve();
  };
  toString = () => 'refuse a train';
}

class CatchUp implements Command {
  check = ({ members }: Readonly<LogModel>) => members > 0;
  run = (model: LogModel, machine: LogMachine) => machine.caughtUp(model.owed);
  toString = () => 'catch up';
}

class CrashAndRestart implements Command {
  constructor(
    private readonly keys: readonly string[],
    private readonly maxCrashes: number,
  ) {}
  check = ({ crashes }: Readonly<LogModel>) => crashes < this.maxCrashes;
  run = async (model: LogModel, machine: LogMachine) => {
    await machine.crash(this.keys, model);
    model.crashes += 1;
    model.members = 0;
  };
  toString = () => `crash while appending ${this.keys.join(' ') || 'nothing'}`;
}

/** After whatever came before: somebody takes over, and nothing is missing. */
export async function settle(model: LogModel, machine: LogMachine): Promise<string | undefined> {
  if (model.members === 0) await machine.join();
  await machine.caughtUp(model.owed);
  return faultOf(model, machine.handled);
}

export function logCommands({ maxCommands, maxCrashes }: { maxCommands: number; maxCrashes: number }): fc.Arbitrary<Iterable<Command>> {
  const keys = fc.array(fc.constantFrom(...KEYS), { minLength: 1, maxLength: 12 });
  return fc.commands(
    [
      keys.map((some) => new Append(some)),
      keys.map((some) => new Append(some)),
      fc.constant(new Join()),
      fc.nat(MAX_MEMBERS).map((which) => new Leave(which)),
      fc.constant(new RefuseATrain()),
      fc.constant(new CatchUp()),
      fc.array(fc.constantFrom(...KEYS), { maxLength: 6 }).map((some) => new CrashAndRestart(some, maxCrashes)),
    ],
    { maxCommands, size: 'max' },
  );
}
