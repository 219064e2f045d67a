/** A key run as a table of a person: each part before, as wanted, and after. Pure. */
import type { KeyRun, KeyVerdict } from '#lib/core/field/engineering/key-run.ts';
import type { Tone } from '#lib/ui/view/tones.ts';
import { words } from '../words.ts';

const own = words.technicianTokens.key;

const PARTS = ['sgc', 'krn', 'ti', 'kt', 'ken', 'ea'] as const;

export interface KeyRow {
	readonly label: string;
	readonly before: string;
	readonly wanted: string;
	readonly after: string;
	/** It is not what it was. */
	readonly moved: boolean;
}

/** What the meter does not tell is said so; a new key's expiry number stands in its tokens only. */
export function keyRows({ before, wanted, after }: KeyRun): KeyRow[] {
	return PARTS.map((part) => {
		const [was, is] = [before?.[part], after?.[part]];
		return {
			label: own.names[part],
			before: before ? text(was) : own.notRead,
			wanted: part === 'ken' ? '–' : text(wanted[part]),
			after: after ? text(is) : own.notRead,
			moved: is !== undefined && was !== undefined && is !== was,
		};
	});
}

const text = (value: string | number | undefined): string =>
	value === undefined ? own.notTold : String(value);

const TONES: Readonly<Record<KeyVerdict, Tone>> = {
	'changed-as-wanted': 'good',
	unchanged: 'neutral',
	'other-than-wanted': 'bad',
	unknown: 'wait',
};
export const keyTone = (verdict: KeyVerdict): Tone => TONES[verdict];
