/** Every refusal that an operation may answer with: its own, and those of the rim around every endpoint. */
import { REFUSALS, type RefusalCode } from '#lib/core/vending/refusals.ts';
import { CAPABILITIES, ROLES } from '../../access/roles.ts';
import type { OperationRow } from '../operations/row.ts';

interface DocumentedRefusal {
	readonly code: RefusalCode;
	readonly again: 'later' | 'never';
}

/** HTTP status → codes, both in rising order. */
export function refusalsOf(row: OperationRow): Map<number, DocumentedRefusal[]> {
	const codes = [...new Set([...rimRefusals(row), ...row.refusals])].sort();
	const byStatus = new Map<number, DocumentedRefusal[]>();
	for (const code of codes) {
		const { status, again } = REFUSALS[code];
		byStatus.set(status, [...(byStatus.get(status) ?? []), { code, again }]);
	}
	return new Map([...byStatus].sort(([one], [other]) => one - other));
}

/** In the order in which `operation` gives them. */
function rimRefusals(row: OperationRow): RefusalCode[] {
	const codes: RefusalCode[] = ['body-too-large', 'internal-error', 'database-unavailable'];
	if (row.standalone) return codes;
	codes.push(...IDENTITY, 'too-many-requests', 'security-module-unavailable');
	if (CAPABILITIES[row.capability].length < ROLES.length)
		codes.push('sign-in-needed', 'not-allowed');
	if (row.path.includes('{id}')) codes.push('id-not-uuid');
	if (row.path.includes('{')) codes.push('not-found');
	if (row.query !== undefined || row.body !== undefined) codes.push('body-shape');
	if (row.body !== undefined) codes.push('body-not-json');
	return codes;
}

/** Of a signature or a session that is not in order, whatever was asked for with it. */
const IDENTITY: readonly RefusalCode[] = [
	'terminal-unknown',
	'terminal-revoked',
	'signature-missing',
	'signature-wrong',
	'signature-old',
	'signature-repeated',
	'cross-site',
	'session-ended',
	'other-utility',
	'not-allowed',
];
