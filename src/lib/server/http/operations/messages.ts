/** Endpoints of message and payment providers. */
import { rows } from './row.ts';

export const messageOperations = rows({});
