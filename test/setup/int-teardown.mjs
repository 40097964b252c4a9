export { tearDownServers as default } from './servers.mjs';
