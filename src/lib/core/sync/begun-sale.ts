/**
 * A purchase that was begun and not stored: what a person finds again who closed the page. It is no wish: nothing
 * of it is ever sent, and it is forgotten after a day or with the tap. Pure.
 */
import type { ServiceTime } from '../units/service-time.ts';

export interface BegunSale {
	/** As typed, in groups; empty once the meter was confirmed. */
	readonly meterText: string;
	/** The meter whose amount was being chosen; null while the number is typed. */
	readonly drn: string | null;
	/** As typed. */
	readonly amountText: string;
	readonly atMs: number;
}

const KEPT_MS = 86_400_000;
/** Longer than either field takes. */
const LONGEST = 40;

/** What was kept, where it is of our shape and not of another day; a time that cannot be told forgets it. */
export function readBegunSale(json: string | null, now: ServiceTime): BegunSale | null {
	const kept = parsed(json);
	if (kept === null || typeof kept !== 'object') return null;
	const { meterText, drn, amountText, atMs } = kept as Partial<Record<keyof BegunSale, unknown>>;
	if (!isShort(meterText) || !isShort(amountText) || typeof atMs !== 'number') return null;
	if (drn !== null && !(typeof drn === 'string' && /^(?:\d{11}|\d{13})$/.test(drn))) return null;
	const age = now.ms - atMs;
	const isOfToday = now.isSure && age >= -KEPT_MS && age < KEPT_MS;
	return isOfToday ? { meterText, drn, amountText, atMs } : null;
}

const isShort = (value: unknown): value is string =>
	typeof value === 'string' && value.length <= LONGEST;

function parsed(json: string | null): unknown {
	try {
		return JSON.parse(json ?? 'null');
	} catch {
		return null;
	}
}
