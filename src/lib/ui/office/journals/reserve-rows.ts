/** A sealed token that is out, as its row shows it. */
import type { Reserve } from '#lib/core/sync/wire-reserves.ts';
import { money } from '#lib/ui/state/language.ts';
import type { Tone } from '#lib/ui/view/tones.ts';
import { journalWords } from '../words.ts';

const own = journalWords.reserves;

export interface ReserveRow {
	/** The vend's. */
	readonly id: string;
	readonly meter: string;
	readonly value: string;
	readonly till: string;
	readonly state: string;
	readonly tone: Tone;
	readonly issued: string;
	readonly expires: string;
	readonly ended: string | undefined;
	/** Whether its money may be asked back; of one still sealed only with the device gone, which the backend knows. */
	readonly canReturn: boolean;
}

const TONES = {
	unfetched: 'wait',
	sealed: 'action',
	revealed: 'good',
	expired: 'wait',
	returned: 'neutral',
} as const satisfies Record<Reserve['state'], Tone>;

/** @param moment formats an instant */
export function reserveRow(reserve: Reserve, moment: (atMs: number) => string): ReserveRow {
	const { vendId, drn, denominationMinor, currency, terminalId, state } = reserve;
	const { issuedAtMs, expiresAtMs, endedAtMs } = reserve;
	return {
		...{ id: vendId, meter: drn, till: terminalId },
		...{ value: money(denominationMinor, currency), state: own.states[state], tone: TONES[state] },
		...{ issued: moment(issuedAtMs), expires: moment(expiresAtMs) },
		canReturn: state === 'unfetched' || state === 'sealed' || state === 'expired',
		ended: endedAtMs === null ? undefined : moment(endedAtMs),
	};
}
