import { AppError } from '#kernel';

/** How metrics name an error: by its code, never by what it says. */
export function outcomeOf(error: unknown): string {
  return error instanceof AppError ? error.code : 'internal';
}
