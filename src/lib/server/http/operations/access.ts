/** Endpoints of signing in, terminals, operators and approvals. */
import { rows } from './row.ts';

export const accessOperations = rows({});
