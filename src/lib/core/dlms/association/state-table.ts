/**
 * What an APDU does in each state of an association (IEC 62056-5-3, 7.1): one table, both roles. An
 * APDU without an entry is unexpected: a client fails the request, a meter answers with an exception.
 */
import type { Apdu } from '../apdu/apdu.ts';
import type { Role } from '../hdlc/llc.ts';

export type AssociationState =
	| 'idle'
	/** Client: AARQ sent. */
	| 'associating'
	/** HLS: pass 3 is on its way, or awaited; nothing else is served. */
	| 'proving'
	| 'associated'
	/** Client: RLRQ sent. */
	| 'releasing';

export type AssociationAction =
	/** AARE: see whether it is accepted. */
	| 'established'
	/** The answer to pass 3. */
	| 'proof'
	/** An answer to the request under way. */
	| 'answer'
	| 'released'
	/** The meter cannot or will not: exception or service error. */
	| 'failure'
	/** AARQ: decide. */
	| 'associate'
	/** RLRQ. */
	| 'release'
	/** Pass 3 comes in an action; nothing else may. */
	| 'check-proof'
	| 'serve'
	| 'notify';

type Row = Readonly<Partial<Record<Apdu['apdu'], AssociationAction>>>;

const UNASKED: Row = { 'data-notification': 'notify', 'event-notification': 'notify' };
const FAILURES: Row = { 'exception-response': 'failure', 'confirmed-service-error': 'failure' };

export const ASSOCIATION_TABLE: Readonly<Record<Role, Readonly<Record<AssociationState, Row>>>> = {
	client: {
		idle: UNASKED,
		associating: { ...UNASKED, ...FAILURES, AARE: 'established' },
		proving: { ...UNASKED, ...FAILURES, 'action-response': 'proof' },
		associated: {
			...UNASKED,
			...FAILURES,
			'get-response': 'answer',
			'set-response': 'answer',
			'action-response': 'answer',
			'access-response': 'answer',
		},
		releasing: { ...UNASKED, ...FAILURES, RLRE: 'released' },
	},
	meter: {
		idle: { AARQ: 'associate', RLRQ: 'release' },
		associating: {},
		proving: { AARQ: 'associate', RLRQ: 'release', 'action-request': 'check-proof' },
		associated: {
			AARQ: 'associate',
			RLRQ: 'release',
			'get-request': 'serve',
			'set-request': 'serve',
			'action-request': 'serve',
			'access-request': 'serve',
		},
		releasing: {},
	},
};
