import { isUtf8 } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import type { ChannelLog } from './channel-log.js';
import { compileLog } from './compile-log.js';
import { namesOfFile } from './file-names.js';

const LINE_FEED = 0x0a;
const BYTE_ORDER_MARK = '\uFEFF';

export async function readLogFile(file: string, channel: string): Promise<ChannelLog> {
  return compileLog(namesOfFile(file), linesOf(await readFile(file)), channel);
}

/** The lines without their ends. IRC knows no encoding: a line that is no UTF-8 is read as Latin-1, so that no byte is lost. */
export function linesOf(bytes: Buffer): string[] {
  const lines: string[] = [];
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(LINE_FEED, start);
    const line = bytes.subarray(start, end < 0 ? bytes.length : end);
    const text = line.toString(isUtf8(line) ? 'utf8' : 'latin1').replace(/\r$/, '');
    lines.push(lines.length === 0 && text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text);
    start = end < 0 ? bytes.length : end + 1;
  }
  return lines;
}
