/** Free loopback ports. */
export { freePort } from '../../src/cli/free-port.ts';
