/** Endpoints of vendors: floats, deposits, batches, statements. */
import { rows } from './row.ts';

export const agentOperations = rows({});
