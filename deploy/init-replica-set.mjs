// Makes the one mongod of docker-compose.yml a replica set: transactions need one. Runs before every start; done already is done.
import { setTimeout as sleep } from 'node:timers/promises';
import { MongoClient } from 'mongodb';

const ALREADY_INITIALIZED = 23;
const WITHIN_MS = 60_000;
const [host = 'mongo:27017', name = 'rs0'] = process.argv.slice(2);

const client = new MongoClient(`mongodb://${host}/?directConnection=true`, { serverSelectionTimeoutMS: 20_000 });
try {
  const admin = client.db('admin');
  await admin.command({ replSetInitiate: { _id: name, members: [{ _id: 0, host }] } }).catch((error) => {
    if (error.code !== ALREADY_INITIALIZED) throw error;
  });
  const deadline = performance.now() + WITHIN_MS;
  while (!(await admin.command({ hello: 1 })).isWritablePrimary) {
    if (performance.now() > deadline) throw new Error(`${host} has not become the primary of ${name} within ${WITHIN_MS / 1000} s`);
    await sleep(100);
  }
  console.log(`${host} is the primary of ${name}`);
} finally {
  await client.close();
}
