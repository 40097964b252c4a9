import { InvalidArgumentError, Option } from 'commander';

export function channelOption(): Option {
  return new Option('--channel <name>', 'the channel that the logs are of').default('#ubuntu');
}

export function positiveOption(flags: string, about: string, value: number): Option {
  return new Option(flags, about).default(value).argParser(positive);
}

function positive(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) throw new InvalidArgumentError('It must be a whole number from 1.');
  return number;
}
