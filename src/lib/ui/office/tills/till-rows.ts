/** A till as its row shows it. */
import type { TerminalAnswer } from '#lib/core/sync/wire-terminals.ts';
import type { VendorAnswer } from '#lib/core/sync/wire-vendors.ts';
import type { Tone } from '#lib/ui/view/tones.ts';
import { tillWords as own } from '../words.ts';

export interface TillRow {
	readonly id: string;
	readonly name: string;
	readonly agent: string;
	readonly state: string;
	readonly tone: Tone;
	/** A code that is out. */
	readonly note: string | undefined;
	readonly enrolled: string;
	/** Whether there is anything to switch off. */
	readonly canRevoke: boolean;
	/** Whether a device is on it, whose place a new one would take. */
	readonly hasDevice: boolean;
}

const TONES = {
	'awaiting-enrolment': 'wait',
	active: 'good',
	revoked: 'bad',
} as const satisfies Record<TerminalAnswer['state'], Tone>;

/** @param moment formats an instant */
export function tillRow(
	till: TerminalAnswer,
	vendors: readonly VendorAnswer[],
	nowMs: number,
	moment: (atMs: number) => string,
): TillRow {
	const { id, name, vendorId, state, enrolledAtMs, codeExpiresAtMs } = till;
	return {
		...{ id, name, state: own.states[state], tone: TONES[state] },
		agent: vendors.find((vendor) => vendor.id === vendorId)?.name ?? vendorId,
		note:
			codeExpiresAtMs !== null && codeExpiresAtMs > nowMs
				? own.codeUntil(moment(codeExpiresAtMs))
				: undefined,
		enrolled: enrolledAtMs === null ? own.never : moment(enrolledAtMs),
		canRevoke: state !== 'revoked',
		hasDevice: state === 'active',
	};
}
