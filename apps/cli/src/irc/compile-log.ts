import type { ClientMsgId, UserId } from '#contracts';
import { LOG_USER, type ChannelLog, type LineCounts, type Step } from './channel-log.js';
import type { FileNames } from './file-names.js';
import { userIdOfNickname } from './nickname.js';
import { parseLine, type LogLine } from './parse-line.js';

/** What importing these lines does; a pure function of the lines and of the file's name. */
export function compileLog(names: FileNames, lines: readonly string[], channel: string): ChannelLog {
  const compiler = new LogCompiler(names);
  lines.forEach((line, index) => compiler.add(index + 1, parseLine(line, channel)));
  const { founders, nicknames, counts } = compiler;
  const steps = [...founders.map((userId): Step => ({ kind: 'join', line: 1, userId })), ...compiler.steps];
  const { file, groupId, messagePrefix } = names;
  return { file, groupId, messagePrefix, steps, nicknames, counts };
}

class LogCompiler {
  readonly steps: Step[] = [];
  readonly nicknames = new Map<UserId, string>([[LOG_USER, 'IRC log']]);
  readonly counts: LineCounts = { lines: 0, messages: 0, memberships: 0, blank: 0 };
  /** Who speaks without having been seen to come or go: he was there before the log began. */
  readonly founders: UserId[] = [];
  private readonly members = new Set<UserId>([LOG_USER]);
  /** Events carry no time: theirs is the one before. */
  private time = '00:00';

  constructor(private readonly names: FileNames) {}

  add(line: number, parsed: LogLine): void {
    this.counts.lines += 1;
    switch (parsed.kind) {
      case 'blank':
        this.counts.blank += 1;
        return;
      case 'message':
        this.counts.messages += 1;
        this.say(line, parsed);
        return;
      case 'rename':
        this.counts.memberships += 1;
        this.leave(line, parsed.from);
        this.join(line, parsed.to);
        return;
      case 'join':
      case 'leave':
        this.counts.memberships += 1;
        this[parsed.kind](line, parsed.nickname);
    }
  }

  private say(line: number, { nickname, manner, text, time }: Extract<LogLine, { kind: 'message' }>): void {
    this.time = time ?? this.time;
    if (nickname !== undefined) this.letSpeak(line, nickname);
    this.steps.push({
      kind: 'send',
      line,
      clientMsgId: `${this.names.messagePrefix}${line}` as ClientMsgId,
      userId: nickname === undefined ? LOG_USER : this.userOf(nickname),
      manner,
      text,
      createdAt: `${this.names.day}T${this.time}:00.000Z`,
    });
  }

  private letSpeak(line: number, nickname: string): void {
    const seen = this.nicknames.size;
    const userId = this.userOf(nickname);
    if (this.nicknames.size === seen) this.join(line, nickname);
    else {
      this.members.add(userId);
      this.founders.push(userId);
    }
  }

  /** Whoever is in stays as he is. */
  private join(line: number, nickname: string): void {
    const userId = this.userOf(nickname);
    if (this.members.has(userId)) return;
    this.members.add(userId);
    this.steps.push({ kind: 'join', line, userId });
  }

  /** Whoever is out stays out. */
  private leave(line: number, nickname: string): void {
    const userId = this.userOf(nickname);
    if (!this.members.delete(userId)) return;
    this.steps.push({ kind: 'leave', line, userId });
  }

  private userOf(nickname: string): UserId {
    const userId = userIdOfNickname(nickname);
    if (userId === undefined) throw new Error(`the nickname ${nickname} can't become a user id`);
    this.nicknames.set(userId, nickname);
    return userId;
  }
}
