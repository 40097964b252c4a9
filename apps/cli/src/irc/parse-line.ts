import { userIdOfNickname } from './nickname.js';

/** How a line was said: by speaking, as an action (`/me`), as a notice; `log`: by the log itself, as a mode or a topic. */
export type Manner = 'said' | 'action' | 'notice' | 'log';

export type LogLine =
  | { kind: 'message'; manner: Exclude<Manner, 'log'>; nickname: string; text: string; time?: string }
  /** What is none of the others is kept whole. */
  | { kind: 'message'; manner: 'log'; nickname?: undefined; text: string; time?: string }
  | { kind: 'join' | 'leave'; nickname: string }
  | { kind: 'rename'; from: string; to: string }
  | { kind: 'blank' };

const STAMP = String.raw`\[(?<time>(?:[01]\d|2[0-3]):[0-5]\d)\] `;
/**
 * Until 2007 the logger put a space after each `]` of a name or a host, also when more of it followed: `bur[n] er`, `[optik] `. No
 * nickname holds a space, so the spaces are its doing.
 */
const SPACED = String.raw`(?:[^\s\]]|\] )+`;
const HOST = String.raw`\[.*\] `;

const SAID = new RegExp(String.raw`^${STAMP}<(?<nickname>[^<>]+)>(?: (?<text>[^]*))?$`);
const ACTION = new RegExp(String.raw`^${STAMP} \* (?<nickname>\S+)(?: (?<text>[^]*))?$`);
const NOTICE = new RegExp(String.raw`^${STAMP}-(?<nickname>[^\s:]+):\S+-(?: (?<text>[^]*))?$`);
const TIMED = new RegExp(`^${STAMP}`);
const EVENT_JOIN = new RegExp(String.raw`^=== (?:(?<masked>${SPACED}) ${HOST}|(?<plain>\S+)) has joined (?<channel>#\S+) ?$`);
const EVENT_LEFT = new RegExp(
  String.raw`^=== (?:(?<masked>${SPACED}) ${HOST} has left (?<channel>#\S+)(?: .*)?|(?<plain>\S+) has left (?<plainChannel>#\S+)(?: [[(].*)?) ?$`,
);
const RENAME = /^=== (?<from>.+) is now known as (?<to>.+)$/;
const EVENT_ACTION = new RegExp(String.raw`^=== (?:(?<spaced>${SPACED})|(?<plain>\S+))(?: (?<text>[^]*))?$`);
/** Where nothing but the form of the word says that it is a name: not `mode/#ubuntu`, not `netjoined:`. */
const LIKE_A_NICKNAME = /^[\p{L}\p{N}[\]\\`_^{|}-]+$/u;

/** One line of a channel's log, without its line end. `channel` is the one that the log is of; joining another is no membership. */
export function parseLine(line: string, channel: string): LogLine {
  if (line.trim() === '') return { kind: 'blank' };
  return (
    (line.startsWith('=== ') ? parseEvent(line, channel) : parseSpeech(line)) ?? {
      kind: 'message',
      manner: 'log',
      text: line,
      ...timeOf(line),
    }
  );
}

function parseSpeech(line: string): LogLine | undefined {
  return (
    spoken('said', SAID.exec(line)?.groups) ?? spoken('action', ACTION.exec(line)?.groups) ?? spoken('notice', NOTICE.exec(line)?.groups)
  );
}

function spoken(manner: 'said' | 'action' | 'notice', groups: Groups): LogLine | undefined {
  const nickname = nicknameIn(groups?.['nickname']);
  if (nickname === undefined) return undefined;
  return { kind: 'message', manner, nickname, text: groups?.['text'] ?? '', ...(groups?.['time'] && { time: groups['time'] }) };
}

function parseEvent(line: string, channel: string): LogLine | undefined {
  return (
    membership('join', EVENT_JOIN.exec(line)?.groups, channel) ??
    membership('leave', EVENT_LEFT.exec(line)?.groups, channel) ??
    rename(line) ??
    action(line)
  );
}

function membership(kind: 'join' | 'leave', groups: Groups, channel: string): LogLine | undefined {
  const nickname = nicknameIn(groups?.['masked'] ?? groups?.['plain']);
  const where = groups?.['channel'] ?? groups?.['plainChannel'];
  return nickname !== undefined && where?.toLowerCase() === channel.toLowerCase() ? { kind, nickname } : undefined;
}

function rename(line: string): LogLine | undefined {
  const groups = RENAME.exec(line)?.groups;
  const from = nicknameIn(groups?.['from']);
  const to = nicknameIn(groups?.['to']);
  return from !== undefined && to !== undefined ? { kind: 'rename', from, to } : undefined;
}

function action(line: string): LogLine | undefined {
  const groups = EVENT_ACTION.exec(line)?.groups;
  const nickname = nicknameIn(groups?.['spaced'] ?? groups?.['plain']);
  if (nickname === undefined || !LIKE_A_NICKNAME.test(nickname)) return undefined;
  return { kind: 'message', manner: 'action', nickname, text: groups?.['text'] ?? '' };
}

type Groups = Record<string, string | undefined> | undefined;

/** Without the logger's spaces; undefined for what can't be a nickname, or can't become a user id. */
function nicknameIn(text: string | undefined): string | undefined {
  const nickname = text?.replaceAll('] ', ']');
  return nickname === undefined || /\s/.test(nickname) || userIdOfNickname(nickname) === undefined ? undefined : nickname;
}

function timeOf(line: string): { time?: string } {
  const time = TIMED.exec(line)?.groups?.['time'];
  return time === undefined ? {} : { time };
}
