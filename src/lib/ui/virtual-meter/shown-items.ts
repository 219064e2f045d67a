/** What the meter shows of itself when asked by a test token or a short code, as text for its display. */
import type { DisplayItem } from '#lib/core/meter/display-items.ts';
import { readKwh } from './reading.ts';
import { words } from './words.ts';

export interface ShownItem {
	readonly label: string;
	readonly value: string;
}

/** One item as the display writes it. */
export function shownItem({ name, value }: DisplayItem): ShownItem {
	return { label: words.items[name], value: writeValue(name, value) };
}

function writeValue(name: DisplayItem['name'], value: DisplayItem['value']): string {
	if (value === null) return words.notSet;
	switch (name) {
		case 'credit':
		case 'total-registers':
		case 'total-credited':
			return `${readKwh(Number(value))} kWh`;
		case 'power-limit':
		case 'phase-unbalance-limit':
		case 'active-power':
			return `${value} W`;
		case 'tamper-status':
		case 'last-token-taken':
			return value === 1 ? words.yes : words.no;
		case 'load-switch':
			return value === 'closed' ? words.closed : words.open;
		case 'last-token':
			return words.results[value as keyof typeof words.results].display;
		case 'encryption-algorithm':
			return `EA${String(value).padStart(2, '0')}`;
		default:
			return String(value);
	}
}
