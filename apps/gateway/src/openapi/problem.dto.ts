import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

export class FieldErrorDto {
  @ApiProperty({ example: '/content', description: 'An RFC 6901 JSON pointer into the input.' })
  pointer: string;

  @ApiProperty({ example: 'required' })
  code: string;

  @ApiPropertyOptional({ example: 'content is required' })
  detail?: string;

  @ApiPropertyOptional({ type: 'integer' })
  limit?: number;
}

/** RFC 9457. */
export class ProblemDto {
  @ApiProperty({ format: 'uri', description: "The error's page." })
  type: string;

  @ApiProperty()
  title: string;

  @ApiProperty({ type: 'integer' })
  status: number;

  @ApiProperty({ description: 'What happened, naming the thing it happened to.' })
  detail: string;

  @ApiProperty({ description: 'Stable; its status never changes.' })
  code: string;

  @ApiProperty({ description: 'Whether the same call, repeated unchanged, may succeed.' })
  retryable: boolean;

  @ApiProperty()
  requestId: string;

  @ApiPropertyOptional({ type: 'integer' })
  retryAfterMs?: number;

  @ApiPropertyOptional({ type: [FieldErrorDto] })
  errors?: FieldErrorDto[];
}
