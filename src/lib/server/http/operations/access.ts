/** Endpoints of signing in, terminals, operators and approvals. */
import {
	EnrolmentAnswer,
	EnrolmentCode,
	EnrolmentRequest,
	TerminalAnswer,
	TerminalList,
	TerminalRequest,
} from '#lib/core/sync/wire-terminals.ts';
import { rows } from './row.ts';

export const accessOperations = rows({
	putTerminal: {
		method: 'PUT',
		path: '/api/v1/terminals/{terminal}',
		summary: 'Makes a till of a vendor, or names it anew.',
		capability: 'terminal.manage',
		body: TerminalRequest,
		answers: { 200: TerminalAnswer },
		refusals: ['id-reused'],
	},
	listTerminals: {
		method: 'GET',
		path: '/api/v1/terminals',
		summary: 'All tills of the utility.',
		capability: 'terminal.manage',
		answers: { 200: TerminalList },
		refusals: [],
	},
	makeEnrolmentCode: {
		method: 'POST',
		path: '/api/v1/terminals/{terminal}/enrolment-codes',
		summary: 'A new one-time code with which one device becomes this till; shown once.',
		capability: 'terminal.manage',
		answers: { 200: EnrolmentCode },
		refusals: [],
	},
	revokeTerminal: {
		method: 'POST',
		path: '/api/v1/terminals/{terminal}/revocations',
		summary: 'Switches a till off, on all nodes at once.',
		capability: 'terminal.manage',
		answers: { 200: TerminalAnswer },
		refusals: [],
	},
	enrolTerminal: {
		method: 'POST',
		path: '/api/v1/terminal-enrolments',
		summary: 'A device becomes a till, by the code of the office and a key of its own.',
		capability: 'terminal.enrol',
		body: EnrolmentRequest,
		answers: { 200: EnrolmentAnswer },
		refusals: ['enrolment-code', 'signature-wrong'],
		rate: 'sign-in',
	},
});
