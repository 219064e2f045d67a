/**
 * What the payer may let happen on the sandbox provider's page: the endings that real mobile money has, the
 * unpleasant ones too. Each is one row: what it does to the charge, and which messages the provider sends.
 */
import type { SandboxChargeRow } from '../database/schema.ts';

interface Outcome {
	/** On its button. */
	readonly label: string;
	/** What follows, under the label; empty where the label says it all. */
	readonly note: string;
	readonly state: 'approved' | 'declined';
	/** From the tap until it takes effect. */
	readonly delayMs: number;
	readonly failure?: 'no-funds' | 'expired';
	/** The provider takes its no back this long after it. */
	readonly turnsApprovedMs?: number;
	/** Paid by so many minor units more or less than was asked for. */
	readonly offByMinor?: 1 | -1;
	/** Paid in another currency than was asked for. */
	readonly isForeign?: true;
	/** Paid a second time this long after the tap. */
	readonly againMs?: number;
	/** Taken back by the provider this long after the tap. */
	readonly takenBackMs?: number;
	/** The provider's messages, each this long after the tap. */
	readonly noticesMs: readonly number[];
}

const plain = { delayMs: 0, note: '', noticesMs: [0] } as const;

export const OUTCOMES = {
	approved: { ...plain, state: 'approved', label: 'Approve' },
	declined: { ...plain, state: 'declined', label: 'Decline' },
	'no-funds': {
		...plain,
		state: 'declined',
		label: 'Not enough money',
		note: 'Refused: the balance is too small.',
		failure: 'no-funds',
	},
	'approved-10-s': {
		state: 'approved',
		label: 'Approve, slowly',
		note: 'The money moves in 10 seconds.',
		delayMs: 10_000,
		noticesMs: [10_000],
	},
	'approved-1-min': {
		state: 'approved',
		label: 'Approve, very slowly',
		note: 'The money moves in one minute.',
		delayMs: 60_000,
		noticesMs: [60_000],
	},
	'approved-untold': {
		...plain,
		state: 'approved',
		label: 'Approve, tell nobody',
		note: 'The message to the shop is lost; the shop finds out by asking.',
		noticesMs: [],
	},
	'approved-twice': {
		...plain,
		state: 'approved',
		label: 'Approve, tell twice',
		note: 'The shop hears of one payment two times.',
		noticesMs: [0, 0],
	},
	'approved-late': {
		state: 'declined',
		label: 'Decline, then pay after all',
		note: 'The provider says no, and 20 seconds later yes. Too late for a token.',
		delayMs: 0,
		turnsApprovedMs: 20_000,
		noticesMs: [0, 20_000],
	},
	'approved-after-expiry': {
		state: 'declined',
		label: 'Let it expire, then pay',
		note: 'The time runs out, and 20 seconds later the money comes.',
		delayMs: 0,
		failure: 'expired',
		turnsApprovedMs: 20_000,
		noticesMs: [0, 20_000],
	},
	'approved-again': {
		...plain,
		state: 'approved',
		label: 'Pay two times',
		note: 'Ten seconds later the provider takes the same amount once more.',
		againMs: 10_000,
		noticesMs: [0, 10_000],
	},
	'approved-taken-back': {
		...plain,
		state: 'approved',
		label: 'Pay, then take it back',
		note: 'The provider says paid, and 20 seconds later takes the money back.',
		takenBackMs: 20_000,
		noticesMs: [0, 20_000],
	},
	'approved-short': {
		...plain,
		state: 'approved',
		label: 'Pay too little',
		note: 'One hundredth less arrives than was asked for.',
		offByMinor: -1,
	},
	'approved-over': {
		...plain,
		state: 'approved',
		label: 'Pay too much',
		note: 'One hundredth more arrives than was asked for.',
		offByMinor: 1,
	},
	'approved-foreign': {
		...plain,
		state: 'approved',
		label: 'Pay in another currency',
		note: 'The number is right, the currency is not.',
		isForeign: true,
	},
} as const satisfies Record<string, Outcome>;

export type SandboxOutcome = keyof typeof OUTCOMES;

export function isOutcome(text: string): text is SandboxOutcome {
	return Object.hasOwn(OUTCOMES, text);
}

/** What a tap decides of a charge. */
type Tapped =
	| ('state' | 'effective_at_ms' | 'failure' | 'turns_approved_at_ms' | 'taken_back_at_ms')
	| ('paid_minor' | 'paid_currency' | 'paid_again_at_ms');

/** What the payer's tap makes of a charge at an instant, and when the provider speaks of it. */
export function decideTap(
	charge: SandboxChargeRow,
	outcome: SandboxOutcome,
	nowMs: number,
): {
	readonly change: Pick<SandboxChargeRow, Tapped>;
	readonly notices: readonly { readonly eventId: string; readonly dueAtMs: number }[];
} {
	const row: Outcome = OUTCOMES[outcome];
	const after = (ms: number | undefined) => (ms === undefined ? null : nowMs + ms);
	return {
		change: {
			state: row.state,
			effective_at_ms: nowMs + row.delayMs,
			failure: row.state === 'declined' ? (row.failure ?? 'declined') : null,
			turns_approved_at_ms: after(row.turnsApprovedMs),
			paid_minor: row.offByMinor === undefined ? null : charge.amount_minor + row.offByMinor,
			paid_currency: row.isForeign ? otherThan(charge.currency) : null,
			paid_again_at_ms: after(row.againMs),
			taken_back_at_ms: after(row.takenBackMs),
		},
		notices: row.noticesMs.map((afterMs, place) => ({
			eventId: `${charge.reference}:${place + 1}`,
			dueAtMs: nowMs + afterMs,
		})),
	};
}

const otherThan = (currency: string): string => (currency === 'USD' ? 'EUR' : 'USD');
