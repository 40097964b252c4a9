import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { firstThatWorks } from '../first-that-works.js';
import { requireOnPath } from '../on-path.js';
import { runCommand } from '../run-command.js';

const KAFKA_VERSION = '4.1.1';
/** Kafka brings the interface of its log alone; without one behind it a broker says nothing of what goes wrong. */
const SLF4J_VERSION = '1.7.36';
/** Maven prints little while it downloads 43 MB; the folder that grows is not ours to watch. */
const IDLE_MS = 120_000;
const OLDEST_JAVA = 17;
const ADVICE = [
  'What to do, any one of these:',
  '  - set HECTO_KAFKA_BROKERS to a Kafka that runs, e.g. 127.0.0.1:9092',
  `  - install Java ${OLDEST_JAVA} or newer and Maven (Debian, Ubuntu: apt-get install openjdk-17-jre-headless maven), and start again`,
].join('\n');

export interface KafkaProgram {
  java: string;
  /** A classpath with Kafka and all it needs. */
  classpath: string;
}

/** Kafka's jars, fetched by Maven into `cacheDir` the first time. */
export function findKafka(cacheDir: string, say: (line: string) => void = () => undefined): Promise<KafkaProgram> {
  const name = `Maven's org.apache.kafka:kafka_2.13:${KAFKA_VERSION} on Java ${OLDEST_JAVA} or newer`;
  return firstThatWorks('Kafka', [{ name, find: () => fromMaven(resolve(cacheDir, 'kafka'), say) }], ADVICE);
}

async function fromMaven(folder: string, say: (line: string) => void): Promise<KafkaProgram> {
  const java = requireOnPath('java');
  await requireJava(java);
  const jars = join(folder, `${KAFKA_VERSION}-slf4j-${SLF4J_VERSION}`);
  if (!existsSync(jars)) {
    say(`Fetching Kafka ${KAFKA_VERSION} with Maven …`);
    await fetch(folder, jars);
  }
  return { java, classpath: join(jars, '*') };
}

async function requireJava(java: string): Promise<void> {
  const settings = await runCommand(java, ['--version'], { idleMs: IDLE_MS });
  const version = Number(/\b(\d+)[.\d]*/.exec(settings)?.[1]);
  if (!(version >= OLDEST_JAVA)) throw new Error(`${java} is Java ${version}, and Kafka needs ${OLDEST_JAVA} or newer`);
}

/** Renamed in one step: a second process that fetches at the same time finds all of the jars or none. */
async function fetch(folder: string, jars: string): Promise<void> {
  const maven = requireOnPath('mvn');
  mkdirSync(folder, { recursive: true });
  const work = mkdtempSync(join(folder, 'fetch-'));
  try {
    writeFileSync(join(work, 'pom.xml'), pom());
    const goal = ['-B', 'dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${join(work, 'jars')}`];
    await runCommand(maven, goal, { cwd: work, idleMs: IDLE_MS });
    if (!existsSync(jars)) renameSync(join(work, 'jars'), jars);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function pom(): string {
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>hecto</groupId><artifactId>kafka</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>${KAFKA_VERSION}</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-simple</artifactId><version>${SLF4J_VERSION}</version></dependency>
  </dependencies>
</project>
`;
}
