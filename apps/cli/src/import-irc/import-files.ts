import pLimit from 'p-limit';
import type { UserId } from '#contracts';
import { HttpApi } from '../client/http-api.js';
import type { Patience } from '../client/patiently.js';
import { requireServer } from '../client/require-server.js';
import { ApiSocket } from '../client/api-socket.js';
import type { Target } from '../client/target.js';
import type { ChannelLog } from '../irc/channel-log.js';
import { createUsers } from './create-users.js';
import { GroupChat } from './group-chat.js';
import { importLog } from './import-log.js';

export interface ImportPlan {
  target: Target;
  logs: readonly ChannelLog[];
  /** Files at a time. */
  parallel: number;
  /** Lines done, over all files. */
  onProgress: (lines: number) => void;
  onRetry: (error: Error) => void;
}

export interface FailedFile {
  file: string;
  reason: string;
}

/** Imports files side by side; one that fails leaves the others alone. */
export async function importFiles({ target, logs, parallel, onProgress, onRetry }: ImportPlan): Promise<FailedFile[]> {
  const api = new HttpApi(target);
  const patience = { onRetry };
  const done = new Map<string, number>();
  const report = (file: string, line: number) => {
    done.set(file, line);
    onProgress([...done.values()].reduce((sum, lines) => sum + lines, 0));
  };
  try {
    await requireServer(api, target.url, onRetry);
    await createUsers(api, nicknamesOf(logs), patience);
    const limit = pLimit(parallel);
    const imports = logs.map((log) => limit(() => importOne(log, { target, api, patience, report })));
    return (await Promise.all(imports)).filter((failed) => failed !== undefined);
  } finally {
    api.close();
  }
}

interface Setting {
  target: Target;
  api: HttpApi;
  patience: Patience;
  report: (file: string, line: number) => void;
}

async function importOne(log: ChannelLog, { target, api, patience, report }: Setting): Promise<FailedFile | undefined> {
  const { file, groupId } = log;
  const chat = new GroupChat({ api, groupId, patience, openSocket: () => ApiSocket.open(target) });
  try {
    await importLog(log, chat, { onProgress: (line) => report(file, line) });
    return undefined;
  } catch (error) {
    return { file, reason: error instanceof Error ? error.message : String(error) };
  } finally {
    chat.close();
  }
}

function nicknamesOf(logs: readonly ChannelLog[]): Map<UserId, string> {
  return new Map(logs.flatMap(({ nicknames }) => [...nicknames]));
}
