import { Catch, type RpcExceptionFilter } from '@nestjs/common';
import { throwError, type Observable } from 'rxjs';
import { storageProblem } from '#storage';

/** Hands what a handler throws to the transport as it is, Nest's own filter would leave a string of it; but a MongoDB that is away is `unavailable`. */
@Catch()
export class HandlerErrors implements RpcExceptionFilter<unknown> {
  catch(error: unknown): Observable<never> {
    return throwError(() => storageProblem(error) ?? error);
  }
}
