import { stat } from 'node:fs/promises';
import { adminKeyFile } from '#config';
import { fine, trouble, type Finding } from './finding.js';

const OTHERS = 0o077;

/** The data folder of a standalone server. Its topics and collections it checks, and mends, by itself at each start. */
export async function checkData(dataDir: string): Promise<Finding[]> {
  const folder = await stat(dataDir).catch(() => undefined);
  if (!folder) return [trouble('data', `there is no ${dataDir}`, 'run `npm start` once, or name the folder by --data')];
  const findings = [fine('data', `${dataDir} is there; a standalone server keeps its log, MongoDB and keys in it`)];
  const key = await stat(adminKeyFile(dataDir)).catch(() => undefined);
  if (key && process.platform !== 'win32' && (key.mode & OTHERS) !== 0) {
    findings.push(trouble('admin key', `others on this machine can read ${adminKeyFile(dataDir)}`, `chmod 600 ${adminKeyFile(dataDir)}`));
  }
  return findings;
}
