import { contextOfRecord } from './record-context.js';

it('goes on with the request that the record was written for', () => {
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  expect(contextOfRecord({ headers: { 'request-id': 'abc', traceparent } })).toEqual({ requestId: 'abc', traceparent });
});

it('begins a request for a record of none', () => {
  expect(contextOfRecord({ headers: {} }).requestId).toMatch(/^.{26}$/);
  expect(contextOfRecord(undefined).requestId).toMatch(/^.{26}$/);
});
