/**
 * What a person was about when the page was closed: the purchase being put together, and the last one whose end
 * they have not seen. Beside the store, so that a keystroke costs no transaction; losing it loses no money.
 */
import { readBegunSale, type BegunSale } from '#lib/core/sync/begun-sale.ts';
import { serviceNow } from '../sync/service-clock.ts';

const BEGUN = 'tokenline-begun';
const FOLLOWED = 'tokenline-followed';

export function begunSale(): BegunSale | null {
	return readBegunSale(read(BEGUN), serviceNow());
}

/** @param begun null: nothing is */
export function keepBegunSale(begun: Omit<BegunSale, 'atMs'> | null): void {
	const isEmpty = begun === null || (begun.meterText === '' && begun.amountText === '');
	write(BEGUN, isEmpty ? null : JSON.stringify({ ...begun, atMs: serviceNow().ms }));
}

/** The id of the sale whose end was not seen yet; null: there is none. */
export const followedSale = (): string | null => read(FOLLOWED);

export function followSale(id: string | null): void {
	write(FOLLOWED, id);
}

function read(key: string): string | null {
	try {
		return localStorage.getItem(key);
	} catch {
		return null;
	}
}

function write(key: string, value: string | null): void {
	try {
		if (value === null) localStorage.removeItem(key);
		else localStorage.setItem(key, value);
	} catch {
		// A full or closed storage: it is forgotten with the page.
	}
}
