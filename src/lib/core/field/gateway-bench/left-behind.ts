/** What a run has not brought back, told by name. */
import type { Bench } from './bench.ts';

export interface LeftBehind {
	/** The meter has the bench's key, or sections of a change to it. The next run puts that right first. */
	readonly key: boolean;
	/** Watts of a limit that is in force and was not before; null where there is none. */
	readonly limitW: number | null;
	/** The limit is another than before, and its token was not taken. */
	readonly limitChanged: boolean;
	/** Credit that was wiped and not given back, in 0.1 kWh. */
	readonly creditUnits: number;
	/** Tokens that were used before may be taken again. */
	readonly storeCleared: boolean;
}

export function leftBehind(bench: Bench): LeftBehind {
	return {
		key: bench.place === 'away' || bench.underWay !== undefined,
		limitW: bench.limitLeftW ?? null,
		limitChanged: bench.limitChanged,
		creditUnits: bench.owedUnits,
		storeCleared: bench.storeCleared,
	};
}

/** Whether there is anything that a person must know before they walk away. */
export const isClean = ({ key, limitChanged, creditUnits, storeCleared }: LeftBehind): boolean =>
	!key && !limitChanged && creditUnits === 0 && !storeCleared;
