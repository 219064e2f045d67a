/**
 * Every endpoint of the API as one table: its method and path, the capability it needs, what it takes and
 * what it answers. Routes run by it (`operation.ts`), the OpenAPI document is made from it, and the tests of
 * authority and of bad input walk over it; an endpoint that is not here cannot answer.
 */
import { agentOperations } from './operations/agents.ts';
import { accessOperations } from './operations/access.ts';
import { approvalOperations } from './operations/approvals.ts';
import { fieldOperations } from './operations/field.ts';
import { fetchOperations } from './operations/fetch.ts';
import { messageOperations } from './operations/messages.ts';
import { officeOperations } from './operations/office.ts';
import { peopleOperations } from './operations/people.ts';
import { reminderOperations } from './operations/reminders.ts';
import { reserveOperations } from './operations/reserves.ts';
import { tillTermsOperations } from './operations/till-terms.ts';
import { tillOperations } from './operations/till.ts';
import { utilityOperations } from './operations/utility.ts';
import { vendingOperations } from './operations/vending.ts';

export const OPERATIONS = {
	...vendingOperations,
	...agentOperations,
	...peopleOperations,
	...accessOperations,
	...approvalOperations,
	...officeOperations,
	...fieldOperations,
	...tillOperations,
	...messageOperations,
	...tillTermsOperations,
	...reserveOperations,
	...fetchOperations,
	...reminderOperations,
	...utilityOperations,
};

export type OperationName = keyof typeof OPERATIONS;
