/**
 * Signs of life to an idle meter, which forgets a silent client (class 23, inactivity time-out: 120 s by
 * default). A setting, because what counts as a sign of life differs: most meters count any frame, some
 * only a question.
 */
import type { Wish } from '#lib/core/dlms/association/wish.ts';
import { obis } from '#lib/core/dlms/cosem/obis.ts';

export interface KeepAlive {
	/** Silence after which the meter hears from us. */
	readonly afterMs: number;
	/** `receive-ready`: an empty HDLC frame (RR). `question`: a name that changes nothing is read. */
	readonly by: 'receive-ready' | 'question';
}

/** Half of a short inactivity time-out, so that one lost sign of life costs nothing. */
export const KEEP_ALIVE_MS = 25_000;

/** The name of the association we are in (class 15, attribute 1): every meter has it and it says nothing. */
export const STILL_HERE: Wish = {
	kind: 'get',
	target: { classId: 15, logicalName: obis('0.0.40.0.0.255'), attribute: 1 },
};

/** When the next sign of life is due. */
export function nextKeepAlive({ afterMs }: KeepAlive, quietSinceMs: number): number {
	return quietSinceMs + afterMs;
}
