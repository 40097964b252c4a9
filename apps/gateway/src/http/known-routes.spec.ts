import fastify from 'fastify';
import { KnownRoutes } from './known-routes.js';

it('knows the methods of a path by the patterns of the routes', async () => {
  const server = fastify();
  const routes = new KnownRoutes();
  routes.watch(server);
  server.get('/v1/users/:userId', () => 'x');
  server.put('/v1/users/:userId', () => 'x');
  server.post('/v1/users::batch', () => 'x');
  server.options('*', () => 'x');
  await server.ready();
  expect(routes.methodsOf('/v1/users/alice?x=1')).toEqual(['GET', 'HEAD', 'PUT']);
  expect(routes.methodsOf('/v1/users:batch')).toEqual(['POST']);
  expect(routes.methodsOf('/v1/users/alice/more')).toEqual([]);
  expect(routes.methodsOf('/v1/nothing')).toEqual([]);
  await server.close();
});
