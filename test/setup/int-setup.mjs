export { setUpServers as default } from './servers.mjs';
