import { Timestamp, type CommandStartedEvent, type ReadConcern } from 'mongodb';
import type { AppError } from '#kernel';
import { replaceAddresses, startMongo, TcpLink, waitFor, type MongoServer } from '#testing';
import { Database, type CollectionSpec } from './index.js';

interface Thing {
  _id: string;
  n: number;
}

const things: CollectionSpec<Thing> = { name: 'thing', owner: 'user', version: 1, indexes: [] };
const READERS = 20;
const MINUTE = 60_000;

function commandsOf(database: Database): CommandStartedEvent[] {
  const commands: CommandStartedEvent[] = [];
  database.client.on('commandStarted', (event) => {
    if (event.commandName === 'find') commands.push(event);
  });
  return commands;
}

describe('ReadBarrier', () => {
  it('asks nothing of a member that is alone', async () => {
    const database = new Database({ url: process.env['HECTO_MONGO_URL']!, appName: 'test', monitorCommands: true });
    await database.ping(5000);
    const commands = commandsOf(database);
    await database.readBarrier.pass();
    expect(commands).toEqual([]);
    await database.close();
  });

  it('says unavailable when nobody confirms', async () => {
    const nobody = new Database({ url: 'mongodb://127.0.0.1:1,127.0.0.1:2/?replicaSet=x', appName: 'test', serverSelectionTimeoutMs: 300 });
    await expect(nobody.readBarrier.pass()).rejects.toMatchObject({ code: 'unavailable', retryable: true });
    await nobody.close();
  });

  describe('of three members', () => {
    let mongo: MongoServer;
    /** The ways on which the others reach each member. */
    const between: TcpLink[] = [];
    const links: TcpLink[] = [];

    /** A database whose way to each member is a link of its own. */
    async function linkedDatabase(): Promise<Database> {
      const replacements: Record<string, string> = {};
      for (const [index, port] of mongo.ports.entries()) {
        const link = await TcpLink.open({ target: port, translate: () => replaceAddresses(replacements) });
        replacements[`127.0.0.1:${mongo.knownPorts[index]}`] = `127.0.0.1:${link.port}`;
        links.push(link);
      }
      const url = Object.entries(replacements).reduce((text, [from, to]) => text.replace(from, to), mongo.url);
      return new Database({ url, appName: 'test', serverSelectionTimeoutMs: 3000, monitorCommands: true });
    }

    /** Which of these takes writes; undefined while none does. */
    async function writableOf(ports: readonly number[]): Promise<number | undefined> {
      const takesWrites = await Promise.all(
        ports.map(async (port) => {
          const member = direct(port);
          const { isWritablePrimary } = await member.db.admin().command({ hello: 1 });
          await member.close();
          return isWritablePrimary === true;
        }),
      );
      return ports[takesWrites.indexOf(true)];
    }

    const direct = (port: number) => new Database({ url: `mongodb://127.0.0.1:${port}/?directConnection=true`, appName: 'test' });

    async function write(n: number, primary: number): Promise<void> {
      const writer = direct(primary);
      await writer.collection(things).updateOne({ _id: 'x' }, { $set: { n } }, { upsert: true });
      await writer.close();
    }

    beforeAll(async () => {
      const peers = async (target: number) => {
        const link = await TcpLink.open({ target });
        between.push(link);
        return link.port;
      };
      mongo = await startMongo({ members: 3, peers });
      await write(1, (await writableOf(mongo.ports))!);
    }, MINUTE);
    afterAll(async () => {
      await mongo.stop();
      await Promise.all([...between, ...links].map((link) => link.close()));
    });

    it('is passed in rounds that whoever waits shares, and reads wait for what they saw', async () => {
      const database = await linkedDatabase();
      const commands = commandsOf(database);
      await Promise.all(Array.from({ length: READERS }, () => database.readBarrier.pass()));
      const rounds = commands.splice(0);
      expect(rounds.map(({ command }) => (command.readConcern as ReadConcern).level)).toEqual(['linearizable']);
      const first = database.readBarrier.pass();
      await Promise.resolve();
      await Promise.all([first, ...Array.from({ length: READERS }, () => database.readBarrier.pass())]);
      expect(commands.splice(0)).toHaveLength(2);

      await database.collection(things).findOne({ _id: 'x' });
      const { readConcern } = commands[0]!.command;
      expect(readConcern).toMatchObject({ level: 'majority', afterClusterTime: expect.any(Timestamp) });
      await database.close();
    });

    it(
      'lets no read that it is passed before be answered by a primary that was replaced',
      async () => {
        const reader = await linkedDatabase();
        const read = async () => {
          await reader.readBarrier.pass();
          return (await reader.collection(things).findOne({ _id: 'x' }))?.n;
        };
        // Connections enough, so that no read waits for one.
        expect(await Promise.all(Array.from({ length: READERS }, read))).toEqual(Array.from({ length: READERS }, () => 1));
        const before = await writableOf(mongo.ports);
        const place = mongo.ports.indexOf(before!);
        const others = mongo.ports.filter((port) => port !== before);
        const own = links.slice(-mongo.ports.length);
        await Promise.all(own.filter((_, index) => index !== place).map((link) => link.refuse()));

        // Who replicates from it looks elsewhere at once.
        await between[place]!.refuse();
        const replaced = mongo.members[place]!;
        replaced.signal('SIGSTOP');
        try {
          const next = await waitFor(() => writableOf(others), { withinMs: 20_000, what: 'another primary' });
          await write(2, next);
          const asked = commandsOf(reader);
          const reads = Promise.allSettled(Array.from({ length: READERS }, read));
          // What waits in the socket of a primary that sleeps is the first thing that it answers when it wakes.
          await waitFor(() => asked.length > 0, { withinMs: 5000, what: 'a question on its way' });
          replaced.signal('SIGCONT');
          const answers = (await reads).map((answer) => (answer.status === 'fulfilled' ? answer.value : (answer.reason as AppError).code));
          expect(answers.filter((answer) => answer !== 2 && answer !== 'unavailable')).toEqual([]);
        } finally {
          replaced.signal('SIGCONT');
        }
        await Promise.all([...between, ...own].map((link) => link.heal()));
        await waitFor(async () => (await read()) === 2, { withinMs: 20_000, what: 'a read of the next primary' });
        await reader.close();
      },
      2 * MINUTE,
    );
  });
});
