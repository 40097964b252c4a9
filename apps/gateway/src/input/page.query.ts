import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsString, Max, MaxLength, Min } from 'class-validator';
import { LIMITS } from '#contracts';
import { FromDigits } from './from.decorator.js';
import { Optional } from './optional.decorator.js';

const DEFAULT_LIMIT = 50;

/** Where a list goes on, and how much of it. */
export class PageQuery {
  @ApiPropertyOptional({ type: 'integer', default: DEFAULT_LIMIT, minimum: 1, maximum: LIMITS.maxPageItems })
  @FromDigits()
  @IsInt()
  @Min(1)
  @Max(LIMITS.maxPageItems)
  limit: number = DEFAULT_LIMIT;

  @ApiPropertyOptional({ description: 'The `nextCursor` of the page before.' })
  @Optional()
  @IsString()
  @MaxLength(512)
  cursor?: string;
}
