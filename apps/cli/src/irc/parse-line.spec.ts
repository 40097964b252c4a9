import * as fc from 'fast-check';
import { parseLine as parse } from './parse-line.js';

const parseLine = (line: string) => parse(line, '#ubuntu');

const nicknames = fc.stringMatching(/^[A-Za-z[\]\\`_^{|}][A-Za-z0-9[\]\\`_^{|}-]{0,14}$/);
const texts = fc.string({ unit: 'grapheme', maxLength: 60 }).filter((text) => !text.includes('\n'));
const times = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
/** What the logger made of a name until 2007. */
const spaced = (name: string) => name.replaceAll(']', '] ');

describe('a line of an IRC log', () => {
  it.each([
    ['[03:41] <LinuxJones> hello  there ', { manner: 'said', nickname: 'LinuxJones', text: 'hello  there ', time: '03:41' }],
    ['[09:43] <drcode>', { manner: 'said', nickname: 'drcode', text: '', time: '09:43' }],
    ['[09:43] <drcode> ', { manner: 'said', nickname: 'drcode', text: '', time: '09:43' }],
    ['[10:07] <bur[n] er> Scooter: nope', { manner: 'said', nickname: 'bur[n]er', text: 'Scooter: nope', time: '10:07' }],
    ['[07:15] <[optik] > hola', { manner: 'said', nickname: '[optik]', text: 'hola', time: '07:15' }],
    ['[16:01] <a> b> [c] ', { manner: 'said', nickname: 'a', text: 'b> [c] ', time: '16:01' }],
    ['[13:56]  * genii sips', { manner: 'action', nickname: 'genii', text: 'sips', time: '13:56' }],
    ['[11:27]  * TheHawk', { manner: 'action', nickname: 'TheHawk', text: '', time: '11:27' }],
    ['[05:12] -yqitx:#ubuntu- happy', { manner: 'notice', nickname: 'yqitx', text: 'happy', time: '05:12' }],
    ['=== Tsjoklate changes subject', { manner: 'action', nickname: 'Tsjoklate', text: 'changes subject' }],
    ['=== bur[n] er wonders if', { manner: 'action', nickname: 'bur[n]er', text: 'wonders if' }],
    ['=== zcat[1]  uses nvidia', { manner: 'action', nickname: 'zcat[1]', text: 'uses nvidia' }],
    [
      '=== el was kicked off #ubuntu by LoRez (LoRez)',
      { manner: 'action', nickname: 'el', text: 'was kicked off #ubuntu by LoRez (LoRez)' },
    ],
    ['=== joe is now known as the king', { manner: 'action', nickname: 'joe', text: 'is now known as the king' }],
    ['=== joe has joined #kubuntu', { manner: 'action', nickname: 'joe', text: 'has joined #kubuntu' }],
  ])('%s is a message', (line, message) => {
    expect(parseLine(line)).toEqual({ kind: 'message', ...message });
  });

  it.each([
    ['=== spiv [~andrew@213.151.107.243]  has joined #ubuntu', { kind: 'join', nickname: 'spiv' }],
    ['=== PORDO [n=BROKEN@h-67.dynamic.covad.net]  has joined #UBUNTU', { kind: 'join', nickname: 'PORDO' }],
    ['=== [miles]  [n=sysadm@unaffiliated/miles/x-1]  has joined #ubuntu', { kind: 'join', nickname: '[miles]' }],
    ['=== [A] [B] xe_ [n=[x] y@host]  has joined #ubuntu', { kind: 'join', nickname: '[A][B]xe_' }],
    ['=== spiv has joined #ubuntu', { kind: 'join', nickname: 'spiv' }],
    ['=== jonx [~Jonx@adelphia.net]  has left #ubuntu ["Leaving"]', { kind: 'leave', nickname: 'jonx' }],
    ['=== trygvebw [n=t@bkkb.no]  has left #ubuntu ["GAAAH!!!"] ', { kind: 'leave', nickname: 'trygvebw' }],
    ['=== eren_ [n=eren@88.226.109.72]  has left #ubuntu ["Konversation]', { kind: 'leave', nickname: 'eren_' }],
    ['=== eren_ has left #ubuntu', { kind: 'leave', nickname: 'eren_' }],
    ['=== lub is now known as lub`afk', { kind: 'rename', from: 'lub', to: 'lub`afk' }],
    ['=== Cre[a] tiveEmb[a]  is now known as CreativeEmbassy', { kind: 'rename', from: 'Cre[a]tiveEmb[a]', to: 'CreativeEmbassy' }],
    ['=== server_ is now known as Bart] ', { kind: 'rename', from: 'server_', to: 'Bart]' }],
    ['=== WaterRatj[A] is now known as WaterRatj', { kind: 'rename', from: 'WaterRatj[A]', to: 'WaterRatj' }],
  ])('%s is membership', (line, expected) => {
    expect(parseLine(line)).toEqual(expected);
  });

  it.each([
    '=== mode/#ubuntu [+o Seveas]  by ChanServ',
    '=== ..[topic/#ubuntu:Seveas] : Happy Dapper Day',
    '=== netjoined: irc.freenode.net -> kornbluth.freenode.net',
    'what is this?',
    '[25:00] <late> x',
    `[10:00] <${'['.repeat(30)}> too long`,
  ])('%s is kept whole, as said by the log', (line) => {
    expect(parseLine(line)).toEqual({ kind: 'message', manner: 'log', text: line, ...(line.startsWith('[10:00]') && { time: '10:00' }) });
  });

  it('keeps who said what, and when, whatever the nickname', () => {
    fc.assert(
      fc.property(times, nicknames, texts, fc.constantFrom('old', 'new'), (time, nickname, text, era) => {
        const name = era === 'old' ? spaced(nickname) : nickname;
        const said = { kind: 'message', nickname, text, time } as const;
        expect(parseLine(`[${time}] <${name}> ${text}`)).toEqual({ ...said, manner: 'said' });
        if (era === 'new') expect(parseLine(`[${time}]  * ${name} ${text}`)).toEqual({ ...said, manner: 'action' });
      }),
    );
  });

  it('keeps who came, went and changed names, whatever the nickname', () => {
    fc.assert(
      fc.property(nicknames, nicknames, fc.constantFrom('old', 'new'), (nickname, other, era) => {
        const [name, to] = era === 'old' ? [spaced(nickname), spaced(other)] : [nickname, other];
        expect(parseLine(`=== ${name} is now known as ${to}`)).toEqual({ kind: 'rename', from: nickname, to: other });
        const host = era === 'old' ? ' [n=x@host] ' : '';
        expect(parseLine(`=== ${name}${host} has joined #ubuntu`)).toEqual({ kind: 'join', nickname });
        expect(parseLine(`=== ${name}${host} has left #ubuntu []`)).toEqual({ kind: 'leave', nickname });
      }),
    );
  });

  it('never throws, and loses no line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), fc.constantFrom('', '=== ', '[03:41] <', '[03:41]  * '), (rest, start) => {
        const parsed = parseLine(start + rest);
        if (parsed.kind === 'blank') expect((start + rest).trim()).toBe('');
        if (parsed.kind === 'message' && parsed.manner === 'log') expect(parsed.text).toBe(start + rest);
        if (parsed.kind === 'message') expect((start + rest).endsWith(parsed.text)).toBe(true);
      }),
    );
  });
});
