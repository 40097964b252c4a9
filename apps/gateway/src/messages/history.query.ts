import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, Max, Min } from 'class-validator';
import { IsSeq, LIMITS, problem, type Seq } from '#contracts';
import { FromDigits } from '../input/from.decorator.js';
import { Optional } from '../input/optional.decorator.js';

/** A page before or after a seq, both exclusive; or all from one seq to another, both inclusive; without any, the latest page. */
export class HistoryQuery {
  @ApiPropertyOptional({ type: 'integer', minimum: 0, description: 'The messages before this seq.' })
  @Optional()
  @FromDigits()
  @IsSeq()
  beforeSeq?: Seq;

  @ApiPropertyOptional({ type: 'integer', minimum: 0, description: 'The messages after this seq.' })
  @Optional()
  @FromDigits()
  @IsSeq()
  afterSeq?: Seq;

  @ApiPropertyOptional({ type: 'integer', minimum: 0, description: 'With `toSeq`: the messages from this seq on.' })
  @Optional()
  @FromDigits()
  @IsSeq()
  fromSeq?: Seq;

  @ApiPropertyOptional({ type: 'integer', minimum: 0, description: 'With `fromSeq`: the messages up to this seq.' })
  @Optional()
  @FromDigits()
  @IsSeq()
  toSeq?: Seq;

  @ApiPropertyOptional({ type: 'integer', default: LIMITS.maxPageMessages, minimum: 1, maximum: LIMITS.maxPageMessages })
  @FromDigits()
  @IsInt()
  @Min(1)
  @Max(LIMITS.maxPageMessages)
  limit: number = LIMITS.maxPageMessages;
}

export type HistoryAsk =
  { kind: 'range'; fromSeq: Seq; toSeq: Seq } | { kind: 'page'; limit: number; beforeSeq?: Seq | undefined; afterSeq?: Seq | undefined };

/** What the query asks for; throws `invalid_request` for a mixture. */
export function historyAsk({ beforeSeq, afterSeq, fromSeq, toSeq, limit }: HistoryQuery): HistoryAsk {
  const ways = [beforeSeq, afterSeq, fromSeq ?? toSeq].filter((way) => way !== undefined);
  if (ways.length > 1) throw wrong('/beforeSeq', 'ask by beforeSeq, by afterSeq, or by fromSeq and toSeq');
  if (fromSeq === undefined && toSeq === undefined) return { kind: 'page', limit, beforeSeq, afterSeq };
  if (fromSeq === undefined || toSeq === undefined || fromSeq > toSeq)
    throw wrong('/fromSeq', 'fromSeq and toSeq go together, the lower first');
  return { kind: 'range', fromSeq, toSeq };
}

function wrong(pointer: string, detail: string): Error {
  return problem('invalid_request', detail, { errors: [{ pointer, code: 'not_allowed', detail }] });
}
