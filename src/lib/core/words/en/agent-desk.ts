/** What an agent is told of the till itself: enrolling, signing in, packs, stops. One row per code. */
import type {
	EnrolRefusal,
	OperatorRefusal,
	TariffPackRefusal,
	TillStop,
} from '#lib/core/vending/till-refusals.ts';

const enrolRefusals: Record<EnrolRefusal, string> = {
	'code-mistyped': 'The code is mistyped. Compare it with the office’s, group by group.',
	'rows-wait':
		'This till has sales that have not arrived. Wait for the network until they have, then enrol it again.',
};

const operatorRefusals: Record<OperatorRefusal, string> = {
	'not-enrolled': 'This device is not enrolled as a till. Ask the office for a code.',
	'not-an-agent': 'You do not sell for anybody. Ask the office to make you an agent.',
	'other-utility': 'You work for another utility than this till. Use one of yours.',
	'other-vendor': 'This till belongs to another vendor. Use one of yours.',
};

const packRefusals: Record<TariffPackRefusal, string> = {
	'other-utility':
		'The prices that came are another utility’s. They were not kept. Call the office.',
	'other-terminal': 'The prices that came are for another till. They were not kept. Try again.',
	expired:
		'The prices that came are too old to sell by. They were not kept. Look at this device’s clock.',
};

const stops: Record<TillStop, string> = {
	revoked:
		'The office has revoked this till. What it had not handed in can be saved as a file and given to the office.',
	suspended:
		'The journal of this till contradicts what the office has. Nothing more is sold from here until it is enrolled again. Save what was not handed in as a file.',
	unknown: 'The office does not know this till. Enrol it again.',
	'keys-missing':
		'The browser has thrown this till’s keys away. Save what was not handed in as a file, and enrol it again.',
};

export const agentDesk = { enrolRefusals, operatorRefusals, packRefusals, stops };
