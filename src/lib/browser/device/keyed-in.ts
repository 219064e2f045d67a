/**
 * How many tokens of a purchase the person has keyed in, so that the place is found again. A convenience of
 * this device: where nothing can be kept, it starts from the first.
 */
const KEY = 'tokenline-keyed-in:';

export function readKeyedIn(id: string): number {
	try {
		const kept = Number(localStorage.getItem(KEY + id));
		return Number.isInteger(kept) && kept > 0 ? kept : 0;
	} catch {
		return 0;
	}
}

export function writeKeyedIn(id: string, place: number): void {
	try {
		localStorage.setItem(KEY + id, String(place));
	} catch {
		// Full or forbidden: the place is not remembered.
	}
}
