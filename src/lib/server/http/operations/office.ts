/** Endpoints of the office: closes, refunds, tariffs, keys, audit, operation. */
import { rows } from './row.ts';

export const officeOperations = rows({});
