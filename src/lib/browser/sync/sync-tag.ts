/** The tags under which the browser wakes the service worker: to drain the consumer's outbox, and the till's. */
export const SYNC_TAG = 'tokenline-outbox';
export const TILL_SYNC_TAG = 'tokenline-till-outbox';
